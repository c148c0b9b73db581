// What agents made from an erased text without quoting it is shown to whoever erased it, who says whether it goes too.
import { expect } from 'chai';
import { RUN_SPEC } from '../../../src/agents/runs/record.ts';
import { type SessionDoc, sessionId, type TurnDoc } from '../../../src/agents/sessions/session.ts';
import { SESSION_SPECS } from '../../../src/agents/specs.ts';
import { NO_LINKS } from '../../../src/digest/facts.ts';
import { LOG_SPECS } from '../../../src/log/fold.ts';
import { makeReader } from '../../../src/log/read.ts';
import { ERASURE_SPEC } from '../../../src/outbox/erasing/quotes.ts';
import { erase } from '../../../src/outbox/kinds/erase.ts';
import type { Parts } from '../../../src/outbox/parts.ts';
import { noticeRows } from '../../../src/outbox/slack/notices/rows.ts';
import { WORDING_SPEC } from '../../../src/outbox/wordings.ts';
import type { Delivery } from '../../../src/pods/deliveries.ts';
import { VIEW_SPECS } from '../../../src/pods/kinds.ts';
import { NEEDS } from '../../../src/pods/needs/need.ts';
import { PEOPLE, type PersonDoc } from '../../../src/pods/people/person.ts';
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

  beforeEach(async () => {
    const specs = [...LOG_SPECS, ...VIEW_SPECS, ...SESSION_SPECS, RUN_SPEC, WORDING_SPEC, ERASURE_SPEC];
    world = await aWorld({ store: memoryStore(specs) });
    const { store, act, ben, scribe, pod, clock } = world;
    parts = { store, act, read: makeReader(store) } as unknown as Parts;
    const text = '@Scribe the supplier is Zanzibar Crates of Harbour Street, keep it to yourselves.';
    said = (await world.acts(ben, 'start_conversation', { title: 'Crates', text })).result;
    session = sessionId(scribe, said.conversation.id);
    const doc = { id: session, rev: 1, pod, conversation: said.conversation.id, agent: scribe, epoch: 1, model: 'm' };
    await store
      .collection<SessionDoc>('sessions')
      .insert([{ ...doc, prefix: 'x', agentVersion: 1, stoppedAt: 0, loaded: [] }]);
    const turn = { rev: 1, epoch: 1, n: 1, role: 'user', position: 1, run: 'r', at: clock.now } as const;
    const content = JSON.stringify([{ type: 'text', text }]);
    await store.collection<TurnDoc>('turns').insert([{ ...turn, id: `${session}:1:1`, session, content }]);
  });

  const calls = (action: string, input: object) =>
    world.does(world.scribe, action, input, { key: `${session}:1:${++n}:0`, via: 'model' });
  const erasures = () => world.delivered.filter(({ kind }) => kind === 'erase') as Erase[];
  async function carried() {
    for (const one of erasures()) await erase.carry(parts, one, new AbortController().signal);
  }
  /** Scribe answers, keeps a note, makes a task and a file without a word of Ben’s; then Ben deletes his message. */
  async function offered(): Promise<Json[]> {
    const conversation = said.conversation.id;
    const answer = { conversation, text: 'An island firm delivers. Noted.' };
    await world.does(world.scribe, 'post_message', answer, { key: 'r:answer:1:2', via: 'model' });
    await calls('record_learning', { learning: 'The boxes come from an island firm.' });
    await calls('create_task', { title: 'Write to the island firm' });
    await calls('put_file', { name: 'plan.md', text: 'Ask the island firm.' });
    await world.does(world.ben, 'delete_message', { message: said.message.id });
    await carried();
    return waiting();
  }
  const waiting = async (who = world.ben): Promise<Json[]> =>
    (await world.does(who, 'list_waiting', { limit: 50 })).waiting.filter(({ why }: Json) => why === 'made_from');
  const rows = async () => {
    const read = makeReader(world.store);
    const person = (await read.get(PEOPLE, world.ben)) as PersonDoc;
    const items = (await read.find(NEEDS, { where: { who: world.ben } })).filter(
      ({ reason }) => reason === 'made_from',
    );
    const shown = items.map(({ id: need, pod }) => ({ need, pod }));
    return noticeRows({ read, texts, links: NO_LINKS, clock: () => world.clock.now }, person, shown);
  };
  const settles = (trace: string, input: object = {}, who = world.ben) =>
    world.does(who, 'settle_traces', { trace, ...input });

  it('is shown to them alone: what, by whom and where, with a button for each and one for all', async () => {
    expect(await offered()).to.have.length(4);
    expect(await waiting(world.ada)).to.deep.equal([]);
    const shown = await rows();
    expect(shown.map(({ line }) => line).sort()).to.deep.equal([
      '**Scribe** had read what you erased, and then made this file in Launch: “plan.md” Does it have to go too?',
      '**Scribe** had read what you erased, and then made this message in Launch: “An island firm delivers. Noted.” Does it have to go too?',
      '**Scribe** had read what you erased, and then made this note in Launch: “The boxes come from an island firm.” Does it have to go too?',
      '**Scribe** had read what you erased, and then made this task in Launch: “Write to the island firm” Does it have to go too?',
    ]);
    expect(shown.filter(({ can }) => can.includes('forget_all'))).to.have.length(1);
    for (const { can } of shown) expect(can).to.include.members(['forget', 'keep', 'tomorrow']);
    await carried();
    expect(await waiting(), 'offered once').to.have.length(4);
  });

  it('is nothing that a later run answers: “Done.” was not made from it', async () => {
    const input = { conversation: said.conversation.id, text: 'Done.' };
    await world.does(world.scribe, 'post_message', input, { key: 'later:answer:1:9', via: 'model' });
    expect((await offered()).map(({ text = '' }: Json) => text)).to.have.length(4);
    expect(JSON.stringify(await waiting())).not.to.include('Done.');
  });

  it('goes one by one, or stays, and a thing that was settled is not asked about again', async () => {
    const [first, second] = await offered();
    await settles(first?.trace);
    await settles(second?.trace, { answer: 'keep' });
    await carried();
    expect(await waiting()).to.have.length(2);
    expect(await refusal(settles(first?.trace))).to.have.property('message', 'This was forgotten already.');
    const lines = (await rows()).map(({ line, can }) => (can.length ? '' : line)).filter(Boolean);
    expect(lines.map((line) => line.split(' ')[0]).sort()).to.deep.equal(['Forgotten', 'Kept']);
  });

  it('goes all at once, and nothing of it is left in what the store has', async () => {
    const [first] = await offered();
    expect(await settles(first?.trace, { all: true })).to.include({ forgotten: 4 });
    await carried();
    expect(await waiting()).to.deep.equal([]);
    const { store, pod } = world;
    const refs = JSON.stringify(await store.collection('commits').find({ where: {} })).match(/b_[a-z0-9]{25}/g) ?? [];
    const left = JSON.stringify([...(await store.bodies.get([...new Set(refs)])).values()]);
    expect(left).not.to.include('island');
    expect(await store.search.query(pod, 'island', 10)).to.deep.equal([]);
  });

  it('is nobody else’s to forget, and what a person has written in stays theirs', async () => {
    const [file] = (await offered()).slice(-1);
    expect((await refusal(settles(file?.trace, {}, world.gil))).message).to.include('Only who erased the text');
    await world.does(world.ada, 'put_file', { name: 'plan.md', text: 'Ask them by Friday.', base: 1 });
    const traces = await waiting();
    const left = await Promise.all(traces.map(({ trace }) => settles(trace).catch((error: Error) => error.message)));
    expect(left.filter((one) => typeof one === 'string')).to.deep.equal([
      'People have written in it meanwhile. Ask them, or an owner of the pod, to erase it.',
    ]);
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
