// What agents made from an erased text without quoting it is shown to whoever erased it, who says whether it goes too.
import { expect } from 'chai';
import { RUN_SPEC } from '../../../src/agents/runs/record.ts';
import { type SessionDoc, sessionId, type TurnDoc } from '../../../src/agents/sessions/session.ts';
import { SESSION_SPECS } from '../../../src/agents/specs.ts';
import { NO_LINKS } from '../../../src/digest/facts.ts';
import { waitingLine } from '../../../src/doors/waiting-line.ts';
import { LOG_SPECS } from '../../../src/log/fold.ts';
import { makeReader } from '../../../src/log/read.ts';
import { ERASURE_SPEC } from '../../../src/outbox/erasing/plan.ts';
import { erase } from '../../../src/outbox/kinds/erase.ts';
import type { Parts } from '../../../src/outbox/parts.ts';
import { noticeRows } from '../../../src/outbox/slack/notices/rows.ts';
import { WORDING_SPEC } from '../../../src/outbox/wordings.ts';
import { MESSAGES } from '../../../src/pods/conversations/message.ts';
import type { Delivery } from '../../../src/pods/deliveries.ts';
import { VIEW_SPECS } from '../../../src/pods/kinds.ts';
import { NEEDS } from '../../../src/pods/needs/need.ts';
import { PEOPLE, type PersonDoc } from '../../../src/pods/people/person.ts';
import { stillOpen } from '../../../src/pods/telling/still-open.ts';
import { aWorld, type Json, refusal, type World } from '../../pods/build.ts';
import { memoryStore } from '../../store/memory.ts';
import { texts } from '../../texts/words.ts';

type Erase = Extract<Delivery, { kind: 'erase' }>;

describe('what was made from an erased text', () => {
  let world: World;
  let parts: Parts;
  let said: Json;
  let session: string;
  let n = 1;
  let run: string;
  let posted: number;

  beforeEach(async () => {
    const specs = [...LOG_SPECS, ...VIEW_SPECS, ...SESSION_SPECS, RUN_SPEC, WORDING_SPEC, ERASURE_SPEC];
    world = await aWorld({ store: memoryStore(specs) });
    const { store, act, ben, scribe, pod } = world;
    parts = { store, act, read: makeReader(store) } as unknown as Parts;
    const text = '@Scribe the supplier is Zanzibar Crates of Harbour Street, keep it to yourselves.';
    said = (await world.acts(ben, 'start_conversation', { title: 'Crates', text })).result;
    session = sessionId(scribe, said.conversation.id);
    const doc = { id: session, rev: 1, pod, conversation: said.conversation.id, agent: scribe, epoch: 1, model: 'm' };
    await store
      .collection<SessionDoc>('sessions')
      .insert([{ ...doc, prefix: 'x', agentVersion: 1, stoppedAt: 0, loaded: [] }]);
    posted = (await world.doc(MESSAGES, said.message.id))?.posted ?? 0;
    run = (world.delivered.find(({ kind }) => kind === 'wake') as Json).id;
    await turns([[1, 'user', run, posted, JSON.stringify([{ type: 'text', text }])]]);
    n = 1;
  });

  const turns = (all: [number, 'user' | 'assistant', string, number, string?][]) =>
    world.store.collection<TurnDoc>('turns').insert(
      all.map(([at, role, by, position, content = '[]']) => ({
        ...{ id: `${session}:1:${at}`, rev: 1, session, epoch: 1, n: at, role, position, run: by, content },
        at: world.clock.now,
      })),
    );

  const calls = async (action: string, input: object, by = run) => {
    await turns([[++n, 'assistant', by, posted]]);
    return world.does(world.scribe, action, input, { key: `${session}:1:${n}:0`, via: 'model' });
  };
  const answers = async (text: string, by = run) => {
    await turns([[++n, 'assistant', by, posted]]);
    const input = { conversation: said.conversation.id, text };
    return world.does(world.scribe, 'post_message', input, { key: `${by}:answer:1:${n}`, via: 'model' });
  };
  const erasures = () => world.delivered.filter(({ kind }) => kind === 'erase') as Erase[];
  async function carried() {
    for (const one of erasures()) await erase.carry(parts, one, new AbortController().signal);
  }
  /** Scribe answers, keeps a note, makes a task and a file without a word of Ben’s. */
  async function made(): Promise<void> {
    await calls('record_learning', { learning: 'The boxes come from an island firm.' });
    await calls('create_task', { title: 'Write to the island firm' });
    await calls('put_file', { name: 'plan.md', text: 'Ask the island firm.' });
    await answers('An island firm delivers. Noted.');
  }
  async function deleted(): Promise<Json[]> {
    await world.does(world.ben, 'delete_message', { message: said.message.id });
    await carried();
    return waiting();
  }
  const offered = async () => {
    await made();
    return deleted();
  };
  const waiting = async (who = world.ben): Promise<Json[]> =>
    (await world.does(who, 'list_waiting', { limit: 50 })).waiting.filter(({ why }: Json) => why === 'made_from');
  const items = async () =>
    (await makeReader(world.store).find(NEEDS, { where: { who: world.ben } })).filter(
      ({ reason }) => reason === 'made_from',
    );
  const rows = async () => {
    const read = makeReader(world.store);
    const person = (await read.get(PEOPLE, world.ben)) as PersonDoc;
    const shown = (await items()).map(({ id: need, pod }) => ({ need, pod }));
    return noticeRows({ read, texts, links: NO_LINKS, clock: () => world.clock.now }, person, shown);
  };
  const settles = (trace: string, input: object = {}, who = world.ben) =>
    world.does(who, 'settle_traces', { trace, ...input });

  it('is one thing that waits for them alone: who made what, to forget one by one or all, or to keep', async () => {
    const [item, ...more] = await offered();
    expect(more).to.deep.equal([]);
    expect(item?.made).to.deep.equal([
      { number: 1, what: 'note', by: 'Scribe', text: 'The boxes come from an island firm.' },
      { number: 2, what: 'task', by: 'Scribe', text: 'Write to the island firm' },
      { number: 3, what: 'file', by: 'Scribe', text: 'plan.md' },
      { number: 4, what: 'message', by: 'Scribe', text: 'An island firm delivers. Noted.' },
    ]);
    expect(await waiting(world.ada)).to.deep.equal([]);
    const shown = await rows();
    expect(shown[0]?.left?.map(({ line }) => line)).to.deep.equal([
      '1. a note by Scribe: “The boxes come from an island firm.”',
      '2. a task by Scribe: “Write to the island firm”',
      '3. a file by Scribe: “plan.md”',
      '4. a message by Scribe: “An island firm delivers. Noted.”',
    ]);
    expect(shown.map(({ line, can }) => [line, can])).to.deep.equal([
      [
        '**Scribe** made 4 things from what you erased in Launch. Do they have to go too?',
        ['forget', 'keep', 'tomorrow', 'later'],
      ],
    ]);
    await carried();
    expect((await waiting())[0]?.made, 'offered once').to.have.length(4);
  });

  it('is no message of its own after a deletion: it waits for the next notice or the digest', async () => {
    await offered();
    const [item] = await items();
    expect(item).to.include({ state: 'open', joins: true });
  });

  it('is told like all else to whoever erased by command', async () => {
    await made();
    await world.does(world.ben, 'redact', { what: said.message.id });
    await carried();
    const [item] = await items();
    expect(item).to.include({ state: 'open' }).and.not.to.have.property('joins');
  });

  it('is not what answers something else, later in the same thread', async () => {
    await answers('We have two of them.', 'p_x:99:0');
    await calls('record_learning', { learning: 'The hall has two doors.' }, 'p_x:99:0');
    expect(await deleted()).to.deep.equal([]);
  });

  it('is what a later run made, if it has words of the text', async () => {
    await calls('record_learning', { learning: 'The supplier sits near the harbour.' }, 'p_x:99:0');
    await answers('The supplier sits near the harbour.', 'p_x:99:0');
    expect((await deleted())[0]?.made).to.deep.equal([
      { number: 1, what: 'note', by: 'Scribe', text: 'The supplier sits near the harbour.' },
    ]);
    expect((await rows()).map(({ line, can }) => [line, can])).to.deep.equal([
      [
        'From what you erased, **Scribe** made a note in Launch: “The supplier sits near the harbour.” Does it have to go too?',
        ['forget', 'keep', 'tomorrow', 'later'],
      ],
    ]);
  });

  it('goes in part, or stays, and waits until all is settled', async () => {
    const [item] = await offered();
    expect(await settles(item?.trace, { only: '1 and 3' })).to.deep.equal({ forgotten: 2, left: 2 });
    await carried();
    expect((await waiting())[0]?.made.map(({ number }: Json) => number)).to.deep.equal([2, 4]);
    expect((await refusal(settles(item?.trace, { only: '1' }))).message).to.equal('That was forgotten already.');
    expect((await refusal(settles(item?.trace, { only: '9' }))).message).to.equal(
      'There is no thing “9” here: they have the numbers 1 to 4.',
    );
    expect(await settles(item?.trace, { answer: 'keep' })).to.deep.equal({ kept: 2 });
    expect(await waiting()).to.deep.equal([]);
    expect((await refusal(settles(item?.trace))).message).to.equal('This was forgotten already.');
    expect((await rows())[0]?.line).to.match(/^Forgotten too by you, .*: 2 of 4 things in Launch\.$/);
  });

  it('is still known when the session has forgotten another text before: here, and where it was only read', async () => {
    const { store, ben } = world;
    const { conversation } = said;
    const later = await world.does(ben, 'post_message', {
      conversation: conversation.id,
      text: 'The berth is number 9.',
    });
    const at = (await world.doc(MESSAGES, later.message.id))?.posted ?? 0;
    const other = await world.does(ben, 'start_conversation', { title: 'Tea', text: 'The tea comes from Ceylon.' });
    const took = { role: 'user' as const, epoch: 1, session, rev: 1, at: world.clock.now };
    await store.collection<TurnDoc>('turns').insert([
      { ...took, id: `${session}:1:2`, n: 2, run: 'p_2:1:0', position: at, content: '[]', took: [later.message.id] },
      { ...took, id: `${session}:1:3`, n: 3, run: 'p_2:1:0', position: at, content: `[{"id":"${other.message.id}"}]` },
    ]);
    n = 3;
    await calls('record_learning', { learning: 'Ships lie in the east.' }, 'p_2:1:0');
    await world.does(ben, 'redact', { what: said.message.id });
    await carried();
    world.delivered.length = 0;
    expect(await store.collection<TurnDoc>('turns').find({ where: { session } }), 'it has forgotten').to.deep.equal([]);
    const kept = JSON.stringify(await store.collection('pastEpochs').find({ where: { session } } as never));
    expect(kept)
      .to.include(later.message.id)
      .and.not.to.match(/zanzibar|harbour|berth|ceylon/i);
    for (const message of [later.message.id, other.message.id]) {
      await world.does(ben, 'delete_message', { message });
      await carried();
      world.delivered.length = 0;
      expect((await waiting()).map(({ made: of }) => of)).to.deep.include([
        { number: 1, what: 'note', by: 'Scribe', text: 'Ships lie in the east.' },
      ]);
      for (const { trace } of await waiting()) await settles(trace, { answer: 'keep' });
    }
  });

  it('says so when all of it went in some other way, and is told to nobody any more', async () => {
    const { note } = await calls('record_learning', { learning: 'The boxes come from an island firm.' });
    const [item] = await deleted();
    const read = makeReader(world.store);
    const toTell = async () => stillOpen(read, (await items())[0], world.ben);
    expect(await toTell()).to.include({ reason: 'made_from' });
    await world.does(world.ada, 'redact', { what: note.id });
    expect((await rows()).map(({ line, can }) => [line, can])).to.deep.equal([
      [
        'What was left in Launch of a text that you erased or changed has gone since. Nothing is left to forget.',
        ['keep'],
      ],
    ]);
    const listed = waitingLine(texts.fill, (await waiting())[0] as never, '', { zone: 'UTC', now: 0 });
    expect(listed).to.equal(
      'What was left in Launch of a text that you erased or changed has gone since: nothing is left to forget.',
    );
    expect(await toTell()).to.equal(undefined);
    await settles(item?.trace, { answer: 'keep' });
    expect(await waiting()).to.deep.equal([]);
    expect((await rows())[0]?.line).to.match(/^Forgotten too by you, .*: a note in Launch\.$/);
  });

  it('waits for nobody any more once all of it went in some other way, and is asked about in part while some is left', async () => {
    const { note } = await calls('record_learning', { learning: 'The boxes come from an island firm.' });
    const { task } = await calls('create_task', { title: 'Write to the island firm' });
    expect((await deleted())[0]?.made).to.have.length(2);
    await world.does(world.ada, 'redact', { what: note.id });
    await carried();
    expect((await waiting())[0]?.made.map(({ number }: Json) => number)).to.deep.equal([2]);
    expect((await items())[0]).to.include({ state: 'open', count: 1 });
    await world.does(world.ada, 'redact', { what: task.id });
    await carried();
    await carried();
    expect(await waiting()).to.deep.equal([]);
    expect((await items())[0]).to.include({ state: 'withdrawn' });
    expect((await rows())[0]?.can).to.deep.equal([]);
    const closed = (await world.commits()).filter(({ action }) => action === 'close_traces');
    expect(closed).to.have.length(2);
  });

  it('goes all at once, and nothing of it is left in what the store has', async () => {
    const [item] = await offered();
    expect(await settles(item?.trace)).to.include({ forgotten: 4 });
    await carried();
    expect(await waiting()).to.deep.equal([]);
    const { store, pod } = world;
    const refs = JSON.stringify(await store.collection('commits').find({ where: {} })).match(/b_[a-z0-9]{25}/g) ?? [];
    const left = JSON.stringify([...(await store.bodies.get([...new Set(refs)])).values()]);
    expect(left).not.to.include('island');
    expect(await store.search.query(pod, 'island', 10)).to.deep.equal([]);
  });

  it('is nobody else’s to forget, and what a person has written in stays theirs', async () => {
    const [item] = await offered();
    expect((await refusal(settles(item?.trace, {}, world.gil))).message).to.include('Only who erased the text');
    await world.does(world.ada, 'put_file', { name: 'plan.md', text: 'Ask them by Friday.', base: 1 });
    expect(await settles(item?.trace)).to.deep.equal({ forgotten: 3, left: 1 });
    expect((await refusal(settles(item?.trace))).message).to.equal(
      'People have written in it meanwhile. Ask them, or an owner of the pod, to erase it.',
    );
  });

  it('is not asked about where no agent had read the text, or a person made it', async () => {
    const { message } = await world.does(world.ben, 'start_conversation', {
      title: 'Pens',
      text: 'A slip of the pen.',
    });
    await world.does(world.ada, 'record_learning', { learning: 'People slip.' });
    await world.does(world.ben, 'delete_message', { message: message.id });
    await carried();
    expect(await waiting()).to.deep.equal([]);
  });
});
