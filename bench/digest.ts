// Measures a morning of a big organisation: closes and renders all digests, compared with only reading the same commits.

import type { DigestDelivery } from '../src/digest/gather.ts';
import { makePoll } from '../src/due/poll.ts';
import type { ParticipantId } from '../src/log/participant.ts';
import { slackPodId } from '../src/log/place.ts';
import { deliveryOf } from '../src/outbox/carry.ts';
import { carryDigest, type DigestDeps } from '../src/outbox/kinds/digest.ts';
import { slackLinks } from '../src/outbox/link.ts';
import type { WordingDoc } from '../src/outbox/wordings.ts';
import { digests } from '../src/pods/subscriptions/due.ts';
import { readTexts } from '../src/texts/read-texts.ts';
import { sentence } from './grow.ts';
import { ratios, taken } from './measure.ts';
import { line, title } from './print.ts';
import { benchLog, HOME, openStage, type Stage, TEAM, tsOf } from './stage.ts';

const PEOPLE = 1000;
const PODS = 200;
/** Pods per person. */
const EACH = 20;
const DAYS = 3;
const DAY_MS = 86_400_000;
/** Messages per pod and day, besides a decision and two tasks. */
const MESSAGES = 12;

export async function digest(): Promise<void> {
  title(
    `5. The digests of ${PEOPLE} people with ${EACH} pods each, embedded store; ${MESSAGES + 3} commits a day in each of ${PODS} pods`,
  );
  const clock = { ahead: 0 };
  const now = () => Date.now() + clock.ahead;
  const stage = await openStage(undefined, now);
  try {
    const people = await organise(stage);
    const closing: { wallMs: number; cpuMs: number }[] = [];
    const rendering: typeof closing = [];
    const reading: typeof closing = [];
    for (let day = 0; day <= DAYS; day++) {
      await aDay(stage, people, day);
      // Moves the clock to when nine o'clock has passed for everybody.
      clock.ahead += DAY_MS - 3_600_000;
      const { act, read: reader } = stage.core;
      const poll = makePoll({ things: [digests], act, read: reader, clock: now, logger: benchLog });
      const known = await sentSoFar(stage);
      const closed = await taken(() => poll(new AbortController().signal));
      const deliveries = (await sentSoFar(stage)).slice(known.length);
      // The sides alternate, since the first one warms the caches.
      const sides = [() => render(stage, deliveries, now), () => read(stage, deliveries)];
      const found: { wallMs: number; cpuMs: number }[] = [];
      for (const side of day % 2 ? sides.toReversed() : sides) found.push(await taken(side));
      const [rendered, alone] = day % 2 ? found.toReversed() : found;
      if (day === 0 || !rendered || !alone) continue;
      if (deliveries.length !== PEOPLE) throw new Error(`${deliveries.length} digests instead of ${PEOPLE}.`);
      closing.push(closed);
      rendering.push(rendered);
      reading.push(alone);
    }
    const each = (all: typeof closing, figure: 'wallMs' | 'cpuMs') => all.map((one) => one[figure] / PEOPLE);
    line(
      'closing all, seconds on the clock',
      closing.map(({ wallMs }) => wallMs / 1000),
      's',
    );
    line('closing, CPU per person', each(closing, 'cpuMs'), 'ms');
    line(
      'rendering all, seconds on the clock',
      rendering.map(({ wallMs }) => wallMs / 1000),
      's',
    );
    line('rendering, CPU per person', each(rendering, 'cpuMs'), 'ms');
    line('reading the same commits alone, CPU per person', each(reading, 'cpuMs'), 'ms');
    line(
      'closing and rendering / reading alone, CPU',
      ratios(sum(each(closing, 'cpuMs'), each(rendering, 'cpuMs')), each(reading, 'cpuMs')),
    );
  } finally {
    await stage.stop();
  }
}

const sum = (a: readonly number[], b: readonly number[]) => a.map((value, n) => value + (b[n] ?? 0));

const podOf = (n: number) => slackPodId(TEAM, `C0DIGEST${n}`);

/** Person p is in the pods p, p + 1 … */
async function organise({ core }: Stage): Promise<ParticipantId[]> {
  const people: ParticipantId[] = [];
  for (let n = 0; n < PEOPLE; n++) {
    const input = { account: `slack:${TEAM}:U${n}`, name: `Person${n} Example`, handle: `person${n}`, timeZone: 'UTC' };
    const { result } = await core.act<{ person: { id: ParticipantId } }>({
      ...{ pod: 'org', actor: 'skein', via: 'skein', action: 'register_person', input, key: `bench:${n}` },
    });
    people.push(result.person.id);
  }
  for (let n = 0; n < PODS; n++) {
    const inside = people.filter((_, p) => (n - (p % PODS) + PODS) % PODS < EACH);
    await core.act({
      pod: podOf(n),
      actor: inside[0] as ParticipantId,
      via: 'slack',
      action: 'create_pod',
      input: { name: `Pod ${n}`, agents: ['scribe'], members: inside.slice(1) },
      key: 'create',
      origin: { kind: 'slack', team: TEAM, channel: `C0DIGEST${n}` },
    });
  }
  return people;
}

async function aDay({ core }: Stage, people: readonly ParticipantId[], day: number): Promise<void> {
  const doing = async (n: number) => {
    const actor = people[n] as ParticipantId;
    const act = (action: string, input: object, key: string, ts?: number, thread = ts) =>
      core.act({
        ...{ pod: podOf(n), actor, via: 'slack', action, input, key: `${key}:${day}` },
        ...(ts === undefined
          ? {}
          : {
              origin: { kind: 'slack', team: TEAM, channel: `C0DIGEST${n}`, ts: tsOf(ts), thread: tsOf(thread ?? ts) },
            }),
      });
    for (let message = 0; message < MESSAGES; message++) {
      const ts = day * 1000 + message;
      await act('post_message', { text: sentence(ts + n) }, `m${message}`, ts, ts - (message % 4));
    }
    await act('create_task', { title: sentence(n), assignee: people[(n + 3 * PODS) % PEOPLE] }, 'assigned');
    await act('create_task', { title: sentence(n + 1) }, 'open');
    await act('record_decision', { decision: sentence(n + 2) }, 'decision');
  };
  await Promise.all(Array.from({ length: PODS }, (_, n) => doing(n)));
}

/** The digests in the outbox. No worker delivers them here. */
async function sentSoFar({ core }: Stage): Promise<DigestDelivery[]> {
  const items = await core.outbox.items.find({ where: { state: 'waiting' }, sort: [['at', 'asc']] });
  return items.map(deliveryOf).filter((one): one is DigestDelivery => one.kind === 'digest');
}

async function render({ core }: Stage, deliveries: readonly DigestDelivery[], clock: () => number): Promise<void> {
  let lines = 0;
  const deps: DigestDeps = {
    act: core.act,
    texts: (await readTexts(HOME)).texts,
    read: core.read,
    clock,
    wordings: core.store.collection<WordingDoc>('wordings'),
    links: slackLinks({ teamId: TEAM, teamUrl: 'https://bench.slack.com/' }),
    slack: async ({ sections }) => {
      lines += sections.length;
    },
  };
  for (const delivery of deliveries) await carryDigest(deps, delivery, new AbortController().signal);
  if (lines < deliveries.length) throw new Error('There was nothing in the digests.');
}

async function read({ core }: Stage, deliveries: readonly DigestDelivery[]): Promise<void> {
  for (const { from, to } of deliveries)
    for (const [pod, last] of Object.entries(to)) await core.read.commits(pod, (from[pod] ?? 0) + 1, last);
}
