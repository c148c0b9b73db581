// All that becomes due, as the start joins it: one store, one clock that is moved, and every thing on the lists fires.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type IgnoredMailDoc, ignoredMails } from '../../src/inbox/ignored-mails.ts';
import { type LeftOutDoc, leftOutEvents } from '../../src/inbox/left-out.ts';
import type { ParticipantId } from '../../src/log/participant.ts';
import { QUARANTINED_MAILS } from '../../src/pods/mail/quarantined-mail.ts';
import { SUBSCRIPTIONS } from '../../src/pods/subscriptions/subscription.ts';
import { type Core, startCore } from '../../src/start/core.ts';
import { startDue } from '../../src/start/due.ts';
import { silent } from '../logs.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const START = Date.UTC(2026, 10, 2, 12, 0);
const POD = 'p_launch';

describe('all that becomes due', () => {
  let dir: string;
  let core: Core;
  let ada: ParticipantId;
  const clock = { now: START };
  const undo: (() => Promise<unknown>)[] = [];
  beforeEach(async () => {
    clock.now = START;
    dir = await mkdtemp(join(tmpdir(), 'skein-due-'));
    core = await startCore({ dataDir: dir }, () => clock.now, silent);
    undo.push(core.stop);
    const person = { account: 'mail:ada@x.example', name: 'Ada', handle: 'ada' };
    const skein = { actor: 'skein', via: 'skein', pod: 'org' } as const;
    const made = await core.act<{ person: { id: ParticipantId } }>({
      ...{ ...skein, action: 'register_person', input: person, key: 'ada' },
    });
    ada = made.result.person.id;
    const origin = { kind: 'email', messageId: '' } as const;
    await core.act({ pod: POD, actor: ada, via: 'cli', action: 'create_pod', input: { name: 'L' }, key: 'c', origin });
  });
  afterEach(async () => {
    for (const step of undo.splice(0).reverse()) await step();
    await rm(dir, { recursive: true });
  });

  async function hold(n: number): Promise<void> {
    const raw = Buffer.from(`mail ${n}`).toString('base64');
    const input = { from: 'x@evil.test', subject: 'Hi', excerpt: 'Hi', reason: 'It waits.', raw, sender: `x${n}` };
    await core.act({ pod: POD, actor: 'skein', via: 'email', action: 'hold_mail', input, key: `hold:${n}` });
  }
  const mails = () => core.read.find(QUARANTINED_MAILS, { where: { pod: POD } });
  const held = async () => (await mails()).map(({ state }) => state).sort();
  const until = async (holds: () => Promise<boolean>) => {
    for (const end = Date.now() + 60_000; !(await holds()); await new Promise((done) => setTimeout(done, 5)))
      if (Date.now() > end) throw new Error(`not in time: ${await held()}`);
  };

  it('fires when the clock is moved over it, once, though two processes look', async () => {
    const all = [await startDue(core, undefined, silent), await startDue(core, undefined, silent)];
    for (const timers of all) undo.push(timers.stop);
    const move = (ms: number) => {
      clock.now += ms;
      for (const timers of all) timers.poke();
    };
    await hold(1);
    // In the hour after that: its owners hear of it later.
    await hold(2);
    await core.outbox.save([{ id: 'p:9:0', lane: 'a', kind: 'act', payload: {}, done: true }]);
    const ignored = core.store.collection<IgnoredMailDoc>('ignoredMails');
    await ignored.insert([{ id: 'i', rev: 1, at: clock.now, from: 'bot', subject: 'Hi', reason: 'A machine.' }]);
    const events = core.store.collection<LeftOutDoc>('leftOutEvents');
    await events.insert([{ id: 'r', rev: 1, reason: 'r', count: 1, since: clock.now, at: clock.now, event: 'Ev1' }]);
    move(DAY_MS);
    await until(async () => (await core.read.get(SUBSCRIPTIONS, ada))?.lastDay === '2026-11-03');
    await until(async () => (await mails()).every(({ told }) => told));
    expect(await held()).to.deep.equal(['held', 'held']);
    move(15 * DAY_MS);
    await until(async () => (await core.outbox.items.get('p:9:0')) === undefined);
    await hold(3);
    move(15 * DAY_MS);
    await until(async () => (await held()).filter((state) => state === 'expired').length === 2);
    await until(async () => (await ignoredMails(ignored)).mails.length === 0);
    await until(async () => (await leftOutEvents(events)).length === 0);
    await until(async () => (await core.read.get(SUBSCRIPTIONS, ada))?.lastDay === '2026-12-03');
    // Waits for open work: a head is raised after the views.
    for (const timers of all) await timers.stop();
    expect(await held()).to.deep.equal(['expired', 'expired', 'held']);
    const commits = await core.read.commits(POD, 1, await core.read.head(POD));
    const times = (name: string) => commits.filter(({ action }) => action === name).length;
    expect([times('expire_mail'), times('tell_held_mails')]).to.deep.equal([2, 1]);
    const days = (await core.read.commits('org', 1, await core.read.head('org'))).filter(
      ({ action }) => action === 'close_digest',
    );
    expect(days.map(({ key }) => key)).to.deep.equal([
      `digest:${ada}:2026-11-03`,
      `digest:${ada}:2026-11-18`,
      `digest:${ada}:2026-12-03`,
    ]);
  });
});
