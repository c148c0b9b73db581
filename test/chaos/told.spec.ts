// kill -9 between the commit that needs somebody and the message that says so: after a restart they are told once, of a
// task, a question, what a digest lists, and by mail.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type PracticeMail, startPracticeMail } from '../../src/practice/mail/server.ts';
import { silent } from '../logs.ts';
import type { Child } from './child.ts';
import { aFleet, doorOf, expectClean, laidAside, queuesEmpty } from './fleet.ts';
import { type KillAt, named, seeded, type Tapped, when } from './moments.ts';
import { type SmtpTap, smtpTap } from './smtp-tap.ts';
import type { Moment } from './tap.ts';
import { aWorld, until, type World } from './world.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;
const DOMAIN = 'pods.wildgoose.example';
const GUEST = 'maja@mill.example';

type What = 'a task' | 'a question' | 'a digest' | 'a mail';

interface Kill {
  what: What;
  at: KillAt | 'at once';
}

const posted = (moment: Moment): KillAt => ({
  ...{ kind: 'call', tap: 'slackTap', call: 'chat.postMessage', nth: 1 },
  moment,
});
const mailed = (moment: Moment): KillAt => ({ kind: 'call', tap: 'outTap', call: 'mail', nth: 1, moment });
const of = (what: What, ...moments: Kill['at'][]): Kill[] => moments.map((at) => ({ what, at }));

/** Told two minutes after the commit, so a kill at once is before anybody was told of anything. */
const ALWAYS = of('a task', 'at once', posted('reached'));
const OTHERS: readonly Kill[] = [
  ...of('a task', posted('done'), posted('answered')),
  ...of('a question', 'at once', posted('reached'), posted('done'), posted('answered')),
  ...of('a digest', 'at once', posted('reached'), posted('done'), posted('answered')),
  ...of('a mail', 'at once', mailed('reached'), mailed('done'), mailed('answered')),
];
/** The first two always, and others that the seed draws, one of each kind at first; .ci/run takes all. */
const DRAWN = Math.min(OTHERS.length, Number(process.env.SKEIN_KILLS ?? 3));

function drawn(random: () => number): Kill[] {
  const shuffled = OTHERS.map((kill) => ({ kill, lot: random() }))
    .sort((a, b) => a.lot - b.lot)
    .map(({ kill }) => kill);
  const kinds = (['a question', 'a digest', 'a mail'] as const).map((what) =>
    shuffled.find((one) => one.what === what),
  );
  const first = kinds.filter((one) => one !== undefined);
  return [...first, ...shuffled.filter((one) => !first.includes(one))].slice(0, DRAWN);
}

const seed = Number(process.env.CHAOS_SEED ?? Math.floor(Math.random() * 1e6));

describe(`killed before somebody was told (CHAOS_SEED=${seed})`, () => {
  const fleet = aFleet();
  let world: World;
  let mail: PracticeMail;
  let outTap: SmtpTap;
  let tapped: Tapped;
  let dir: string;
  let env: Record<string, string>;
  let living: Child;
  let ahead = 0;

  before(async () => {
    // Slack's clock is that of Skein, which looks up what it may have posted from a time on.
    world = await aWorld(() => Date.now() + ahead);
    dir = await mkdtemp(join(tmpdir(), 'skein-told-'));
    mail = await startPracticeMail({
      dir: join(dir, 'mail'),
      domain: DOMAIN,
      clock: () => Date.now() + ahead,
      logger: silent,
    });
    const outgoing = Number(new URL(mail.smtpUrl).port);
    outTap = await smtpTap(() => outgoing);
    tapped = { ...world, outTap };
    env = {
      ...world.env(),
      CHAOS_CLOCK: join(dir, 'clock'),
      CHAOS_SMTP_URL: `smtp://127.0.0.1:${outTap.port}`,
      CHAOS_MAIL_DOMAIN: DOMAIN,
    };
    await moveTo(nextTuesday());
    living = await fleet.spawn(env);
    await living.go();
    await world.ask('/skein pod new');
    await acts('ada', 'invite_person', { email: GUEST, name: 'Maja' });
    await acts('ada', 'add_member', { who: 'Maja' });
  });
  after(async () => {
    await fleet.stop();
    await mail.stop();
    await outTap.stop();
    await world.stop();
    await rm(dir, { recursive: true, force: true });
  });

  async function moveTo(time: number): Promise<void> {
    ahead = time - Date.now();
    await writeFile(env.CHAOS_CLOCK ?? '', String(ahead));
  }

  async function acts<R>(as: string, action: string, input: object): Promise<R> {
    const pod = action === 'invite_person' || action === 'send_digest' ? {} : { pod: 'launch' };
    const door = await doorOf(env);
    return (await door.post<{ result: R }>('/cli/act', { as, ...pod, action, input })).result;
  }

  /** Every message in Slack, in channels and direct messages, and every mail, with this title. */
  const withTitle = (title: string): string[] => {
    const { messages } = world.slack.surfaces.workspace.state;
    const posts = [...messages.values()].flatMap((channel) => [...channel.values()]).map((one) => JSON.stringify(one));
    // A mail that comes again with the same bytes is one mail to its reader.
    const mails = new Set(mail.mails().map(({ raw }) => raw.toString('utf8')));
    return [...posts, ...mails].filter((text) => text.includes(title));
  };

  /** It is heard of, what comes together has come (two minutes in Slack, ten by mail), and nothing of it is due any more. */
  const whenHeard = async () => {
    await until(() => queuesEmpty(env), 'empty queues', fleet.told);
    await moveTo(Date.now() + ahead + 11 * MINUTE_MS);
    await living.look();
  };

  /** Does what has to be there before, and returns the act that needs somebody. */
  const prepared = async (what: What, title: string): Promise<() => Promise<unknown>> => {
    switch (what) {
      case 'a task':
      case 'a mail':
        return () => acts('ada', 'create_task', { title, assignee: what === 'a mail' ? 'Maja' : 'ben' });
      case 'a question': {
        const begun = { title: 'Ovens', text: 'About the ovens.' };
        const { conversation } = await acts<{ conversation: { id: string } }>('ada', 'start_conversation', begun);
        await until(() => queuesEmpty(env), 'empty queues', fleet.told);
        return () => acts('ada', 'ask', { to: ['ben'], question: title, conversation: conversation.id });
      }
      case 'a digest':
        await acts('ada', 'create_task', { title, assignee: 'ben' });
        await until(() => queuesEmpty(env), 'empty queues', fleet.told);
        return () => acts('ben', 'send_digest', {});
      default:
        return what satisfies never;
    }
  };
  const waits = (what: What) => what === 'a task' || what === 'a mail';

  for (const [n, { what, at }] of [...ALWAYS, ...drawn(seeded(seed))].entries())
    it(`${what}, ${at === 'at once' ? 'right after the commit' : named(at)}: told once`, async () => {
      const title = `oven number ${n + 100}`;
      const act = await prepared(what, title);
      const killed = at === 'at once' ? undefined : when(tapped, at, 0, () => living.kill());
      // The kill may come before the answer, and the commit stands all the same.
      const answered = act().catch((error: unknown) => error);
      if (killed && waits(what)) {
        await answered;
        await whenHeard();
      }
      if (!killed) expect(await answered).not.to.be.instanceOf(Error);
      if (!killed) living.kill();
      await killed;
      expect((await living.exited).signal).to.equal('SIGKILL');
      living = await fleet.spawn(env);
      await living.go();
      if (!killed && waits(what)) await whenHeard();
      await until(() => withTitle(title).length > 0, 'a notice', fleet.told);
      await whenHeard();
      await until(() => queuesEmpty(env), 'empty queues', fleet.told);
      expect(withTitle(title), fleet.told()).to.have.length(1);
      expect(await laidAside(env)).to.deep.equal([]);
    });

  it('says nothing of bugs, and no secret', () => {
    expectClean(fleet.lines(), env);
  });
});

/** At noon by UTC, when people in Europe work. */
function nextTuesday(): number {
  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const days = (2 - new Date(today).getUTCDay() + 7) % 7 || 7;
  return today + days * DAY_MS + 720 * MINUTE_MS;
}
