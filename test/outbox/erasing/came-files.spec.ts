// A file that came with a deleted message goes with it. Where others use it, whoever deleted is asked first.
import { expect } from 'chai';
import { RUN_SPEC } from '../../../src/agents/runs/record.ts';
import { type SessionDoc, sessionId, type TurnDoc } from '../../../src/agents/sessions/session.ts';
import { SESSION_SPECS } from '../../../src/agents/specs.ts';
import { NO_LINKS } from '../../../src/digest/facts.ts';
import { LOG_SPECS } from '../../../src/log/fold.ts';
import type { ParticipantId } from '../../../src/log/participant.ts';
import { makeReader } from '../../../src/log/read.ts';
import { ERASURE_SPEC } from '../../../src/outbox/erasing/plan.ts';
import { erase } from '../../../src/outbox/kinds/erase.ts';
import type { Parts } from '../../../src/outbox/parts.ts';
import { noticeRows } from '../../../src/outbox/slack/notices/rows.ts';
import { WORDING_SPEC } from '../../../src/outbox/wordings.ts';
import type { Delivery } from '../../../src/pods/deliveries.ts';
import { FILES } from '../../../src/pods/files/file.ts';
import { fileId } from '../../../src/pods/files/files.ts';
import { VIEW_SPECS } from '../../../src/pods/kinds.ts';
import { PEOPLE, type PersonDoc } from '../../../src/pods/people/person.ts';
import { aWorld, type Json, type World } from '../../pods/build.ts';
import { memoryStore } from '../../store/memory.ts';
import { texts } from '../../texts/words.ts';

type Erase = Extract<Delivery, { kind: 'erase' }>;

const NAME = 'harbour plan.txt';

describe('a file that came with an erased message', () => {
  let world: World;
  let parts: Parts;
  let said: Json;

  beforeEach(async () => {
    const specs = [...LOG_SPECS, ...VIEW_SPECS, ...SESSION_SPECS, RUN_SPEC, WORDING_SPEC, ERASURE_SPEC];
    world = await aWorld({ store: memoryStore(specs) });
    const { store, act, ben } = world;
    parts = { store, act, read: makeReader(store) } as unknown as Parts;
    await world.does(ben, 'put_file', { name: NAME, text: 'Zanzibar Crates' });
    const origin = { kind: 'slack', team: 'T1', channel: 'C1', ts: '1.1', thread: '1.1', files: [NAME] } as const;
    said = (await world.acts(ben, 'start_conversation', { title: 'Crates', text: 'Here it is.' }, { origin })).result;
  });

  const carried = async () => {
    for (let n = 0; n < world.delivered.length; n++) {
      const one = world.delivered[n] as Delivery;
      if (one.kind === 'erase') await erase.carry(parts, one as Erase, new AbortController().signal);
    }
  };
  const deletes = async (who: ParticipantId = world.ben, action = 'delete_message', input = 'message') => {
    await world.does(who, action, { [input]: said.message.id });
    await carried();
  };
  const stands = async (name = NAME) => !(await world.doc(FILES, fileId(world.pod, name)))?.erased;
  const waiting = async (who = world.ben): Promise<Json[]> =>
    (await world.does(who, 'list_waiting', { limit: 50 })).waiting.filter(({ why }: Json) => why === 'made_from');
  const attached = async () => {
    const { task } = await world.does(world.ada, 'create_task', { title: 'Order' });
    await world.does(world.ada, 'attach_file', { task: task.id, file: NAME });
    return task.id as string;
  };

  /** Scribe’s session has read the file. */
  const hasRead = async () => {
    const { store, scribe, pod, clock } = world;
    const session = sessionId(scribe, said.conversation.id);
    const doc = { id: session, rev: 1, pod, conversation: said.conversation.id, agent: scribe, epoch: 1, model: 'm' };
    await store
      .collection<SessionDoc>('sessions')
      .insert([{ ...doc, prefix: 'x', agentVersion: 1, stoppedAt: 0, loaded: [] }]);
    const turn = { rev: 1, epoch: 1, n: 1, role: 'user', position: 99, run: 'r', at: clock.now } as const;
    const held = [{ kind: FILES.name, id: fileId(pod, NAME), seq: 1 }];
    await store
      .collection<TurnDoc>('turns')
      .insert([
        { ...turn, id: `${session}:1:1`, session, held, content: JSON.stringify([{ type: 'text', text: 'x' }]) },
      ]);
  };

  for (const [action, input] of [
    ['delete_message', 'message'],
    ['redact', 'what'],
  ] as const)
    it(`goes with it, by ${action}, and nobody is asked`, async () => {
      await deletes(world.ben, action, input);
      expect(await stands()).to.equal(false);
      expect(await waiting()).to.deep.equal([]);
      const { history } = await world.does(world.ada, 'pod_history', { limit: 1 });
      expect(history[0]).to.include({ who: 'Ben Okafor', did: 'erased a file' });
    });

  it('goes with it if an owner erases the message', async () => {
    await deletes(world.ada);
    expect(await stands()).to.equal(false);
  });

  it('stays where a task has it, until whoever erased the message answers', async () => {
    const task = await attached();
    await deletes();
    expect(await stands()).to.equal(true);
    const [asked] = await waiting();
    expect(asked.made).to.deep.equal([{ number: 1, what: 'file', came: true, text: NAME }]);
    const read = makeReader(world.store);
    const person = (await read.get(PEOPLE, world.ben)) as PersonDoc;
    const [row] = await noticeRows({ read, texts, links: NO_LINKS, clock: () => world.clock.now }, person, [
      { need: asked.item, pod: world.pod },
    ]);
    expect(row?.line).to.match(/^The file “harbour plan\.txt” in .* came with the message that you erased/);
    expect(row?.can).to.include.members(['forget', 'keep']);
    expect(await waiting(world.ada), 'nobody else is asked').to.deep.equal([]);

    await world.does(world.ben, 'settle_traces', { trace: asked.trace });
    await carried();
    expect(await stands()).to.equal(false);
    const { tasks } = await world.does(world.ada, 'list_tasks', {});
    expect(tasks.find(({ id }: Json) => id === task)).to.not.have.property('files');
  });

  it('stays for good if they keep it, and they are not asked again', async () => {
    await attached();
    await deletes();
    const [asked] = await waiting();
    await world.does(world.ben, 'settle_traces', { trace: asked.trace, answer: 'keep' });
    await carried();
    expect(await stands()).to.equal(true);
    expect(await waiting()).to.deep.equal([]);
  });

  it('stays where another message names it', async () => {
    await world.does(world.ada, 'post_message', {
      conversation: said.conversation.id,
      text: 'The Harbour Plan.txt is right.',
    });
    await deletes();
    expect(await stands()).to.equal(true);
    expect(await waiting()).to.have.length(1);
  });

  it('stays where an agent has read it', async () => {
    await hasRead();
    await deletes();
    expect(await stands()).to.equal(true);
    expect(await waiting()).to.have.length(1);
  });

  it('stays where others wrote in it: an owner is asked, and its author is not', async () => {
    await world.does(world.ada, 'put_file', { name: NAME, text: 'Zanzibar Crates, by ship', base: 1 });
    await deletes();
    expect(await stands()).to.equal(true);
    expect(await waiting()).to.deep.equal([]);
  });

  it('stays where the message that names it is found behind a hundred others', async () => {
    const conversation = said.conversation.id;
    const post = (text: string) => world.does(world.ada, 'post_message', { conversation, text });
    await post('Long ago we agreed on this, that and yet another thing, as the harbour plan.txt says.');
    for (let n = 0; n < 110; n++) await post(`The harbour has a plan for txt no. ${n}.`);
    await deletes();
    expect(await stands()).to.equal(true);
    expect(await waiting()).to.have.length(1);
  });

  it('is asked about in one thing with what agents made, to forget alone or with all', async () => {
    await attached();
    await deletes();
    const [asked] = await waiting();
    const { note } = await world.does(world.scribe, 'record_learning', { learning: 'The boxes are of cedar.' });
    const from = { on: 'messages', id: said.message.id };
    const input = { who: world.ben, from, things: [{ on: 'notes', id: note.id }], joins: true };
    const offer = { pod: world.pod, actor: 'skein', via: 'skein', action: 'offer_traces', key: 'offered' } as const;
    await world.act({ ...offer, input });
    const [all, ...more] = await waiting();
    expect(more).to.deep.equal([]);
    expect(all).to.include({ trace: asked.trace });
    expect(all.made).to.deep.equal([
      { number: 1, what: 'file', came: true, text: NAME },
      { number: 2, what: 'note', by: 'Scribe', text: 'The boxes are of cedar.' },
    ]);
    const read = makeReader(world.store);
    const person = (await read.get(PEOPLE, world.ben)) as PersonDoc;
    const [row] = await noticeRows({ read, texts, links: NO_LINKS, clock: () => world.clock.now }, person, [
      { need: all.item, pod: world.pod },
    ]);
    expect(row?.line).to.equal(
      '2 things in Launch were made from what you erased, or came with it. Do they have to go too?',
    );
    expect(row?.left?.map(({ line }) => line)).to.deep.equal([
      '1. a file that came with it, and that others use: “harbour plan.txt”',
      '2. a note by Scribe: “The boxes are of cedar.”',
    ]);
    expect(await world.does(world.ben, 'settle_traces', { trace: all.trace, only: '1' })).to.include({ forgotten: 1 });
    await carried();
    expect(await stands()).to.equal(false);
    expect((await waiting())[0]?.made.map(({ number }: Json) => number)).to.deep.equal([2]);
  });

  it('stays where an agent had read it, also if Skein crashes once the agent has forgotten it', async () => {
    await hasRead();
    await world.does(world.ben, 'delete_message', { message: said.message.id });
    const [one] = world.delivered.filter(({ kind }) => kind === 'erase') as Erase[];
    const crash = new Error('crashed');
    const crashes = async (asked: Json) => {
      if (asked.action === 'offer_came') throw crash;
      return world.act(asked as never);
    };
    const crashing = { ...parts, act: crashes } as unknown as Parts;
    const failed = await erase.carry(crashing, one as Erase, new AbortController().signal).catch((error) => error);
    expect(failed).to.equal(crash);
    await carried();
    expect(await stands()).to.equal(true);
    expect(await waiting()).to.have.length(1);
  });
});
