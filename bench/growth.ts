// Measures what grows with what a pod and its organisation have gathered: the real code on the embedded store, at two sizes.
// A test counts the same for every action (test/pods/growth/actions.spec.ts).
import { membersHere } from '../src/agents/sessions/opening/members-here.ts';
import type { AgentId, ParticipantId } from '../src/log/participant.ts';
import { memberId } from '../src/pods/members/member.ts';
import { memberNamed } from '../src/pods/people/directory.ts';
import { PODS } from '../src/pods/pod/pod.ts';
import { digests } from '../src/pods/subscriptions/due.ts';
import type { Doc } from '../src/store/port.ts';
import { grow } from './grow.ts';
import { inTurns, median, taken } from './measure.ts';
import { atMost, line, title } from './print.ts';
import { type BenchPod, makePod, openStage, type Stage } from './stage.ts';

const [SMALL, LARGE] = [1000, 10_000];
const ROUNDS = 9;
const TIMES = 5;
const BATCH = 2000;

/** Ten times as much may cost a third more: log 10,000 / log 1,000 is 1.33. A cost below this many milliseconds is noise. */
const MOST_RATIO = 1.34;
const NOISE_MS = 0.3;

interface Place {
  stage: Stage;
  pod: BenchPod;
  now: { at: number };
}

type Work = (place: Place) => Promise<unknown>;

const AGENT: AgentId = 'agent:scribe';
let keys = 0;

const acts =
  (action: string, input: object = {}, own = false): Work =>
  ({ stage: { core, ada }, pod: { pod } }) =>
    core.act({ pod: own ? 'org' : pod, actor: ada, via: 'cli', action, input, key: `growth:${++keys}` });

/** What is driven. Each is done once to warm up and then by turns in both sizes. */
const WORKS: Readonly<Record<string, Work>> = {
  'opening a session': ({ stage, pod }) => membersHere(stage.core.read, pod.pod, AGENT),
  'nobody by that name': ({ stage, pod }) => memberNamed(stage.core.read, pod.pod, 'Nobody').catch(() => undefined),
  "the digests' timer, after a change": timer(),
  'search: a rare word': acts('search_pod', { query: 'xyzzy' }),
  'search: a common word': acts('search_pod', { query: 'box' }),
  'search: two common words': acts('search_pod', { query: 'box flour' }),
  read_pod: acts('read_pod'),
  list_tasks: acts('list_tasks'),
  'list_tasks, all': acts('list_tasks', { state: 'all' }),
  list_files: acts('list_files'),
  list_pods: acts('list_pods'),
  list_runs: acts('list_runs'),
  list_waiting: acts('list_waiting'),
  list_awaited: acts('list_awaited'),
  list_questions: acts('list_questions'),
  list_repeats: acts('list_repeats'),
  pod_history: acts('pod_history'),
  create_task: acts('create_task', { title: 'Order boxes', assignee: 'ada' }),
  start_conversation: acts('start_conversation', { title: 'Boxes', text: 'Which boxes?' }),
  put_file: ({ stage, pod }) =>
    acts('put_file', { name: `f${keys}.md`, text: '# Boxes' })({ stage, pod, now: { at: 0 } }),
  record_learning: acts('record_learning', { learning: 'The small boxes hold 12.' }),
  set_digest: acts('set_digest', { time: '08:30' }, true),
  'remove_member and add_member': async (place) => {
    await acts('add_member', { who: 'pilot' })(place).catch(() => undefined);
    await acts('remove_member', { who: 'pilot' })(place).catch(() => undefined);
  },
};

export async function growth(): Promise<void> {
  title(`13. Growth, embedded store: ${LARGE} of each kind of thing against ${SMALL}; CPU`);
  const small = await placeOf(SMALL);
  const large = await placeOf(LARGE);
  try {
    for (const [name, work] of Object.entries(WORKS)) {
      const side = (place: Place) => async () => {
        const { cpuMs } = await taken(async () => {
          for (let each = 0; each < TIMES; each++) await work(place);
        });
        return { cpu: cpuMs / TIMES };
      };
      const sides = { small: side(small), large: side(large) };
      for (const warm of Object.values(sides)) await warm();
      const found = await inTurns(ROUNDS, sides);
      const [few, many] = [median(found('small', 'cpu')), median(found('large', 'cpu'))];
      const ratio = many - few < NOISE_MS ? Math.min(1, many / few) : many / few;
      const shown = `${name}: ${few.toFixed(2)} -> ${many.toFixed(2)} ms`;
      line(shown, [ratio], '', atMost(MOST_RATIO));
    }
  } finally {
    await small.stage.stop();
    await large.stage.stop();
  }
}

/** A look after somebody has changed a setting, as after every commit of the organisation. */
function timer(): Work {
  const watches = new WeakMap<Stage, ReturnType<NonNullable<typeof digests.watch>>>();
  return async (place) => {
    const watch = watches.get(place.stage) ?? digests.watch?.();
    if (!watch) throw new Error('The digests have no watch.');
    watches.set(place.stage, watch);
    await acts('set_digest', { time: keys % 2 ? '08:15' : '08:45' }, true)(place);
    place.now.at += 30_000;
    await watch(place.stage.core.read, place.now.at);
  };
}

async function placeOf(size: number): Promise<Place> {
  const stage = await openStage();
  const pod = await makePod(stage, 1);
  const place = { stage, pod, now: { at: Date.now() } };
  for (const each of ['create_task', 'put_file', 'record_learning'] as const) await WORKS[each]?.(place);
  await fill(stage, pod, size);
  await grow(stage, pod, size);
  return place;
}

/** Copies of the real documents of each kind. */
async function fill({ core, ada }: Stage, { pod }: BenchPod, size: number): Promise<void> {
  const numbers = Array.from({ length: size }, (_, n) => n + 1);
  const copies = async (name: string, where: object, copy: (n: number, model: Doc) => object) => {
    const [model] = await core.store.collection<Doc>(name).find({ where, limit: 1 } as never);
    if (!model) throw new Error(`There is nothing in ${name}.`);
    for (let from = 0; from < numbers.length; from += BATCH) {
      const docs = numbers
        .slice(from, from + BATCH)
        .map((n) => ({ ...model, id: `${model.id}-${n}`, rev: 1, ...copy(n, model) }));
      await core.store.collection<Doc>(name).insert(docs);
    }
  };
  const person = (n: number): ParticipantId => `person:g${n}`;
  await copies('people', { id: ada }, (n) => ({
    ...{ id: person(n), handle: `g${n}`, name: `Grown ${n}`, names: [`g${n}`, `grown ${n}`] },
    accounts: [`slack:T0:G${n}`],
  }));
  await copies('members', { id: memberId(pod, ada) }, (n) => ({
    ...{ id: memberId(pod, person(n)), who: person(n), role: 'member', since: n },
  }));
  await copies('tasks', { pod }, (n) => ({ number: 1000 + n, state: n % 2 ? 'done' : 'open' }));
  await copies('files', { pod }, (n) => ({ at: n }));
  await copies('notes', { pod }, (n) => ({ posted: n }));
  await copies(PODS.name, { id: pod }, (n) => ({ id: `p${n}`, pod: `p${n}`, name: `Pod ${n}`, placeKey: `p${n}` }));
  await copies('members', { id: memberId(pod, ada) }, (n) => ({
    id: memberId(`p${n}`, ada),
    pod: `p${n}`,
    role: 'member',
    since: n,
  }));
}
