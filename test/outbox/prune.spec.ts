// Old records are deleted, unless something may still need them.
import { expect } from 'chai';
import { turnId } from '../../src/agents/sessions/session.ts';
import { SESSION_SPECS } from '../../src/agents/specs.ts';
import { laneSpecs } from '../../src/lanes/item.ts';
import { makeQueue } from '../../src/lanes/queue.ts';
import { REPLY_RETENTION_MS, REPLY_SPEC } from '../../src/outbox/mail/reply-address.ts';
import { pruneJournals } from '../../src/outbox/prune.ts';
import { MARK_SPEC } from '../../src/outbox/slack/marks/mark-record.ts';
import { SENDING_SPEC } from '../../src/outbox/slack/send-once.ts';
import type { Doc, Store } from '../../src/store/port.ts';
import { anOffice, never, type Office, wakeOf } from '../agents/office.ts';
import { item } from '../lanes/build.ts';
import { memoryStore } from '../store/memory.ts';

const LONG_AGO = 1000;
const BEFORE = 2000;
const NOW = 3000;

describe('forgetting what is over', () => {
  let store: Store;
  beforeEach(() => {
    store = memoryStore([...laneSpecs('outbox', 'trail'), ...SESSION_SPECS, SENDING_SPEC, REPLY_SPEC, MARK_SPEC]);
  });
  const put = (name: string, ...docs: object[]) =>
    store.collection(name).insert(docs.map((doc) => ({ rev: 1, at: LONG_AGO, ...doc }) as unknown as Doc));
  const left = async (name: string) =>
    (await store.collection(name).find({ where: {}, sort: [['id', 'asc']] })).map(({ id }) => id);

  it('keeps the mark of a post or a mail as long as its delivery may be tried again', async () => {
    const queue = makeQueue(store, 'outbox', () => NOW);
    await queue.save(['p:1:0', 'p:2:0', 'p:3:0'].map((id) => item(id, { lane: id })));
    const [waits, aside, done] = await Promise.all(['p:1:0', 'p:2:0', 'p:3:0'].map((id) => queue.items.get(id)));
    if (!waits || !aside || !done) throw new Error('They were not saved.');
    await queue.items.replace({ ...aside, state: 'aside' }, 1);
    await queue.items.replace({ ...done, state: 'done' }, 1);
    const marks = ['p:1:0', 'mail:p:2:0', 'p:2:0:person:ada', 'p:3:0', 'p:3:0:rest', 'mail:p:3:0', 'p:9:0'];
    await put('sending', ...marks.map((id) => ({ id })), { id: 'p:8:0', at: NOW });
    await pruneJournals(store, BEFORE);
    expect(await left('sending')).to.deep.equal(['mail:p:2:0', 'p:1:0', 'p:2:0:person:ada', 'p:8:0']);
  });

  it('keeps the mark of what is sent from a log whose id has a colon, such as a person’s own', async () => {
    const queue = makeQueue(store, 'outbox', () => NOW);
    await queue.save(['person:ada:1:0', 'person:ada:2:0'].map((id) => item(id, { lane: id })));
    const done = await queue.items.get('person:ada:2:0');
    if (!done) throw new Error('It was not saved.');
    await queue.items.replace({ ...done, state: 'done' }, 1);
    const marks = [
      'person:ada:1:0',
      'mail:person:ada:1:0',
      'person:ada:1:0:rest',
      'person:ada:2:0',
      'mail:person:ada:2:0',
    ];
    await put('sending', ...marks.map((id) => ({ id })));
    await pruneJournals(store, BEFORE);
    expect(await left('sending')).to.have.members(marks.slice(0, 3));
  });

  it('keeps the mark on a message while a run has not ended', async () => {
    const mark = (stands: string, run?: string) => ({
      id: `${stands} ${run}`,
      ...{ stands, begun: [stands], agents: [{ agent: 'agent:scribe', ...(run ? { run } : {}) }] },
    });
    await put('runs', { id: 'r_on', state: 'working' }, { id: 'r_asks', state: 'waiting' });
    await put('runs', { id: 'r_over', state: 'ended' });
    await put('marks', mark('eyes', 'r_on'), mark('question', 'r_asks'), mark('white_check_mark', 'r_on'));
    // Their runs ended and were forgotten, or never began.
    await put('marks', mark('eyes', 'r_over'), mark('question', 'r_gone'), mark('hourglass_flowing_sand'));
    await put('marks', { ...mark('eyes', 'r_none'), at: NOW });
    await pruneJournals(store, BEFORE);
    expect(await left('marks')).to.deep.equal(['eyes r_none', 'eyes r_on', 'question r_asks']);
  });

  it('keeps an address to answer to for as long as it leads somewhere', async () => {
    const before = REPLY_RETENTION_MS + BEFORE;
    await put('replyAddresses', { id: 'old', at: BEFORE }, { id: 'young', at: BEFORE + 1 });
    await pruneJournals(store, before);
    expect(await left('replyAddresses')).to.deep.equal(['young']);
  });

  it('keeps the mark by which a file is removed when its message is erased', async () => {
    await put('sending', { id: 'file:m_1', file: { channel: 'C', oldest: '1', file: 'F1' } }, { id: 'p:1:0:file' });
    await pruneJournals(store, BEFORE);
    expect(await left('sending')).to.deep.equal(['file:m_1']);
  });

  it('forgets a run when no budget counts it any more', async () => {
    await put('runs', { id: 'p:1:0', state: 'ended' }, { id: 'p:2:0', state: 'ended', at: NOW });
    await pruneJournals(store, BEFORE);
    expect(await left('runs')).to.deep.equal(['p:2:0']);
  });

  it('keeps what came of a tool call until the turn with its answer stands', async () => {
    await put('sessions', { id: 's_1', epoch: 2 });
    await put('turns', { id: turnId('s_1', 2, 2), session: 's_1', epoch: 2, n: 2 });
    const calls = ['s_1:1:7:0', 's_1:2:1:0', 's_1:2:2:0', 's_0:1:1:0'];
    await put('outcomes', ...calls.map((id) => ({ id, session: id.slice(0, 3) })), {
      ...{ id: 's_1:2:1:1', session: 's_1', at: NOW },
    });
    await pruneJournals(store, BEFORE);
    expect(await left('outcomes')).to.deep.equal(['s_1:2:1:1', 's_1:2:2:0']);
  });

  it('keeps instructions that a session has, and those that were just taken up', async () => {
    await put('sessions', { id: 's_1', prefix: 'had', epoch: 1 });
    await put('prefixes', { id: 'had' }, { id: 'nobodys' }, { id: 'new', at: NOW });
    await pruneJournals(store, BEFORE);
    expect(await left('prefixes')).to.deep.equal(['had', 'new']);
  });

  it('goes through any number of them', async () => {
    await put(
      'sending',
      ...Array.from({ length: 450 }, (_, n) => ({
        id: n % 3 ? `p:${n}:0` : `file:${n}`,
        ...(n % 3 ? {} : { file: {} }),
      })),
    );
    await pruneJournals(store, BEFORE);
    expect(await left('sending')).to.have.length(150);
  });

  describe('in the moment when a session takes it up', () => {
    let office: Office;
    it('leaves the session to begin afresh', async () => {
      office = await anOffice();
      const [wake] = await office.says(office.world.ada, '@scribe work');
      const { runner, store: here } = office.process();
      await runner.halt({
        pod: office.world.pod,
        conversation: office.conversation,
        agent: office.world.scribe,
        seq: 0,
      });
      await here.collection('prefixes').delete((await office.session()).prefix);
      await runner.wake(wakeOf(wake), never);
      expect((await office.thread()).at(-1)).to.equal('Scribe: Done.');
    });
  });
});
