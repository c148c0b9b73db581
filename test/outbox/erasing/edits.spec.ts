// Whoever edits words away is offered to have them forgotten everywhere, with what agents made from them.
import { expect } from 'chai';
import { RUN_SPEC } from '../../../src/agents/runs/record.ts';
import { type SessionDoc, sessionId, type TurnDoc } from '../../../src/agents/sessions/session.ts';
import { SESSION_SPECS } from '../../../src/agents/specs.ts';
import { NO_LINKS } from '../../../src/digest/facts.ts';
import { LOG_SPECS } from '../../../src/log/fold.ts';
import { makeReader } from '../../../src/log/read.ts';
import { ERASURE_SPEC } from '../../../src/outbox/erasing/plan.ts';
import { DELIVERY_KINDS } from '../../../src/outbox/kinds.ts';
import type { Parts } from '../../../src/outbox/parts.ts';
import { noticeRows } from '../../../src/outbox/slack/notices/rows.ts';
import { WORDING_SPEC } from '../../../src/outbox/wordings.ts';
import { MESSAGES } from '../../../src/pods/conversations/message.ts';
import type { Delivery } from '../../../src/pods/deliveries.ts';
import { VIEW_SPECS } from '../../../src/pods/kinds.ts';
import { NOTES } from '../../../src/pods/notes/note.ts';
import { PEOPLE, type PersonDoc } from '../../../src/pods/people/person.ts';
import { aWorld, type Json, type World } from '../../pods/build.ts';
import { memoryStore } from '../../store/memory.ts';
import { texts } from '../../texts/words.ts';

const SECRET = /zanzibar|harbour/i;

describe('a message whose words are edited away', () => {
  let world: World;
  let parts: Parts;
  let said: Json;
  let session: string;
  let run: string;
  let n = 1;

  beforeEach(async () => {
    const specs = [...LOG_SPECS, ...VIEW_SPECS, ...SESSION_SPECS, RUN_SPEC, WORDING_SPEC, ERASURE_SPEC];
    world = await aWorld({ store: memoryStore(specs) });
    const { store, act, ben, scribe, pod } = world;
    parts = { store, act, read: makeReader(store) } as unknown as Parts;
    const text = '@Scribe the supplier is Zanzibar Crates of Harbour Street, write it down.';
    said = (await world.acts(ben, 'start_conversation', { title: 'Crates', text })).result;
    session = sessionId(scribe, said.conversation.id);
    const doc = { id: session, rev: 1, pod, conversation: said.conversation.id, agent: scribe, epoch: 1, model: 'm' };
    await store
      .collection<SessionDoc>('sessions')
      .insert([{ ...doc, prefix: 'x', agentVersion: 1, stoppedAt: 0, loaded: [] }]);
    run = (world.delivered.find(({ kind }) => kind === 'wake') as Json).id;
    n = 0;
  });

  const turn = (role: 'user' | 'assistant', position: number, content = '[]') =>
    world.store.collection<TurnDoc>('turns').insert([
      {
        ...{ id: `${session}:1:${++n}`, rev: 1, session, epoch: 1, n, role, position, run, content },
        at: world.clock.now,
      },
    ]);
  const posted = async () => (await world.doc(MESSAGES, said.message.id))?.posted ?? 0;
  const hears = async () =>
    turn('user', await posted(), JSON.stringify([{ type: 'text', text: 'Zanzibar Crates of Harbour Street' }]));
  const calls = async (action: string, input: object, position?: number) => {
    await turn('assistant', position ?? (await posted()));
    return world.does(world.scribe, action, input, { key: `${session}:1:${n}:0`, via: 'model' });
  };
  const edits = (text: string, who = world.ben) => world.does(who, 'edit_message', { message: said.message.id, text });
  const carried = async () => {
    for (let at = 0; at < world.delivered.length; at++) {
      const one = world.delivered[at] as Delivery;
      if (one.kind === 'erase' || one.kind === 'earlier')
        await DELIVERY_KINDS[one.kind].carry(parts, one as never, new AbortController().signal);
    }
  };
  const waiting = async (who = world.ben): Promise<Json[]> =>
    (await world.does(who, 'list_waiting', { limit: 50 })).waiting.filter(({ why }: Json) => why === 'made_from');
  const settles = (trace: string, input: object = {}) => world.does(world.ben, 'settle_traces', { trace, ...input });
  const history = async () => JSON.stringify(await world.does(world.ada, 'pod_history', { limit: 50 }));
  const row = async (item: string) => {
    const read = makeReader(world.store);
    const person = (await read.get(PEOPLE, world.ben)) as PersonDoc;
    return (
      await noticeRows({ read, texts, links: NO_LINKS, clock: () => world.clock.now }, person, [
        { need: item, pod: world.pod },
      ])
    )[0];
  };
  const stored = async () => {
    const bodies = await world.store.bodies.get((await world.doc(MESSAGES, said.message.id))?.earlier ?? []);
    return [...bodies.values()].map(({ text }) => text).join();
  };

  it('is offered to its author alone, with what was made from it, and no earlier word', async () => {
    await hears();
    await calls('record_learning', { learning: 'The boxes come from an island firm.' });
    await edits('@Scribe the supplier is a secret.');
    await carried();
    const [item, ...more] = await waiting();
    expect(more).to.deep.equal([]);
    expect(item?.made).to.deep.equal([
      { number: 1, what: 'message', earlier: true, text: '@Scribe the supplier is a secret.' },
      { number: 2, what: 'note', by: 'Scribe', text: 'The boxes come from an island firm.' },
    ]);
    expect(await waiting(world.ada)).to.deep.equal([]);
    expect(await row(item?.item)).to.deep.include({
      line: 'You changed your message in Launch. Do the words that stood there before have to be forgotten, with what agents made from them (1)?',
      left: [
        { number: 1, line: '1. what your message said before; it says now: “@Scribe the supplier is a secret.”' },
        { number: 2, line: '2. a note by Scribe: “The boxes come from an island firm.”' },
      ],
    });
  });

  it('loses them everywhere if its author says so, and keeps the new ones', async () => {
    await hears();
    const { note } = await calls('record_learning', { learning: 'Zanzibar Crates of Harbour Street is the supplier.' });
    await edits('@Scribe the supplier is a secret.');
    await carried();
    const [item] = await waiting();
    expect(await settles(item?.trace)).to.deep.equal({ forgotten: 1 });
    await carried();
    expect(await waiting()).to.deep.equal([]);
    const doc = await world.doc(MESSAGES, said.message.id);
    expect(doc).to.not.have.any.keys('earlier', 'erased');
    const { messages } = await world.does(world.ada, 'read_conversation', { conversation: said.conversation.id });
    expect(JSON.stringify(messages)).to.include('the supplier is a secret');
    const { found } = await world.does(world.ada, 'search_pod', { query: 'supplier secret' });
    expect(found.map(({ id }: Json) => id)).to.include(said.message.id);
    const { body } = (await world.doc(NOTES, note.id)) ?? {};
    expect([...(await makeReader(world.store).texts([body as never])).values()]).to.deep.equal([
      '(erased) is the supplier.',
    ]);
    expect(await history())
      .to.include('what a message said before it was edited')
      .and.not.to.match(SECRET);
    expect(await world.store.collection<TurnDoc>('turns').find({ where: { session } })).to.deep.equal([]);
    expect((await row(item?.item))?.line).to.match(
      /^Forgotten too by you, .*: what a message said before in Launch\.$/,
    );
  });

  it('keeps them stored if its author keeps them, or says nothing: the history tells only that it was edited', async () => {
    await hears();
    await edits('@Scribe the supplier is a secret.');
    await carried();
    expect(await history())
      .to.include('a message that was edited since')
      .and.not.to.match(SECRET);
    const [item] = await waiting();
    await settles(item?.trace, { answer: 'keep' });
    await carried();
    expect(await waiting()).to.deep.equal([]);
    expect(await history()).not.to.match(SECRET);
    expect(await stored()).to.match(SECRET);
  });

  it('is offered again once it is edited again, and not once it is deleted', async () => {
    await hears();
    await edits('@Scribe the supplier is a secret.');
    await carried();
    const [item] = await waiting();
    await settles(item?.trace, { answer: 'keep' });
    await edits('@Scribe it is unknown.');
    await carried();
    expect((await waiting())[0]?.made).to.have.length(1);
    await settles(item?.trace);
    await carried();
    expect(await stored()).to.equal('');
    await edits('@Scribe leave that.');
    await world.does(world.ben, 'delete_message', { message: said.message.id });
    await carried();
    expect(await waiting()).to.deep.equal([]);
  });

  it('is not offered where nothing was taken away, nobody had read it, or an agent wrote it', async () => {
    await hears();
    await edits('@Scribe the supplier is Zanzibar Crates of Harbour Street — write it down, please.');
    await carried();
    expect(await waiting()).to.deep.equal([]);
    const own = await world.does(world.ada, 'start_conversation', { title: 'Else', text: 'Zanzibar Crates is dear.' });
    await world.does(world.ada, 'edit_message', { message: own.message.id, text: 'It is dear.' });
    const { message } = await calls('post_message', { conversation: said.conversation.id, text: 'Zanzibar is noted.' });
    await world.does(world.scribe, 'edit_message', { message: message.id, text: 'Noted.' });
    await carried();
    expect([...(await waiting()), ...(await waiting(world.ada))]).to.deep.equal([]);
  });

  it('does not take along what an agent made once it had heard the edit', async () => {
    await edits('@Scribe the supplier is a secret.');
    const { editedIn = 0 } = (await world.doc(MESSAGES, said.message.id)) ?? {};
    await turn('user', editedIn, JSON.stringify([{ type: 'text', text: 'the supplier is a secret' }]));
    await calls('record_learning', { learning: 'Suppliers are secret.' }, editedIn);
    await carried();
    expect(JSON.stringify(await waiting())).not.to.include('Suppliers are secret');
  });
});
