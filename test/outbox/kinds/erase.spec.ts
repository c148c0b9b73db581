import { expect } from 'chai';
import { outcomesOf } from '../../../src/agents/sessions/outcomes.ts';
import { type SessionDoc, sessionId, type TurnDoc, turnsOf } from '../../../src/agents/sessions/session.ts';
import { SESSION_SPECS } from '../../../src/agents/specs.ts';
import { LOG_SPECS } from '../../../src/log/fold.ts';
import { sha256 } from '../../../src/log/ids.ts';
import type { AgentId } from '../../../src/log/participant.ts';
import { eraseAll } from '../../../src/outbox/kinds/erase.ts';
import { WORDING_SPEC } from '../../../src/outbox/wordings.ts';
import type { Delivery } from '../../../src/pods/deliveries.ts';
import { VIEW_SPECS } from '../../../src/pods/kinds.ts';
import { PERMITS } from '../../../src/pods/permits/permit.ts';
import type { RunDoc } from '../../../src/pods/runs/run.ts';
import { aWorld, type World } from '../../pods/build.ts';
import { memoryStore } from '../../store/memory.ts';

type Erase = Extract<Delivery, { kind: 'erase' }>;

describe('erasing', () => {
  let world: World;
  beforeEach(async () => {
    world = await aWorld({ store: memoryStore([...LOG_SPECS, ...VIEW_SPECS, ...SESSION_SPECS, WORDING_SPEC]) });
  });
  const erased = () => world.delivered.find(({ kind }) => kind === 'erase') as Erase;
  const hash = sha256(new TextEncoder().encode('the same'));

  it('takes the content of a file that nothing else shows, twice without complaint', async () => {
    const { file } = await world.does(world.ada, 'put_file', { name: 'a.txt', text: 'the same' });
    await world.does(world.ada, 'redact', { what: file.id, reason: 'wrong' });
    await eraseAll(world.store, erased());
    await eraseAll(world.store, erased());
    expect(await world.store.blobs.open(world.pod, hash)).to.equal(undefined);
  });

  it('keeps a content that another file has come to show since it was decided', async () => {
    const { file } = await world.does(world.ada, 'put_file', { name: 'a.txt', text: 'the same' });
    await world.does(world.ada, 'redact', { what: file.id, reason: 'wrong' });
    await world.does(world.ben, 'put_file', { name: 'b.txt', text: 'the same' });
    expect(erased().blobs).to.deep.equal([hash]);
    await eraseAll(world.store, erased());
    expect(await world.store.blobs.open(world.pod, hash)).not.to.equal(undefined);
  });

  it('takes the texts of a message and what search knows of it', async () => {
    const { message, conversation } = await world.does(world.ada, 'start_conversation', {
      title: 'T',
      text: 'zanzibar',
    });
    await world.does(world.ada, 'edit_message', { message: message.id, text: 'zanzibar again' });
    expect(await world.store.search.query(world.pod, 'zanzibar', 10)).not.to.deep.equal([]);
    await world.does(world.ada, 'delete_message', { message: message.id });
    await eraseAll(world.store, erased());
    expect((await world.store.bodies.get(erased().bodies)).size).to.equal(0);
    expect(erased().bodies).to.have.length(2);
    const found = await world.store.search.query(world.pod, 'zanzibar', 10);
    expect(found.filter(({ id }) => id !== conversation.id)).to.deep.equal([]);
  });

  describe('what an agent has read', () => {
    const HOUR = 3_600_000;
    const origin = (at: number) => ({ kind: 'slack', team: 'T1', channel: 'C1', ts: '1.0', at }) as const;
    const session = { rev: 1, epoch: 1, model: 'm', prefix: 'x', agentVersion: 1, stoppedAt: 0, loaded: [] };

    async function hasRead(pod: string, position: number, at: number, id = `s_${pod}`, conversation = 'c_1') {
      const { store, scribe } = world;
      const sessions = store.collection<SessionDoc>('sessions');
      await sessions.insert([{ ...session, id, pod, agent: scribe, conversation }]);
      const turn = { rev: 1, epoch: 1, n: 1, role: 'user', content: '["zanzibar"]', position, run: 'r', at } as const;
      await store.collection<TurnDoc>('turns').insert([{ ...turn, id: `${id}:1:1`, session: id }]);
      return id;
    }
    const left = (of: string) => turnsOf(world.store, of, 1);

    it('goes from what it gave to tools, and from what came back', async () => {
      const { store, scribe, pilot, pod, ada, clock } = world;
      const message = await world.acts(ada, 'start_conversation', { title: 'T', text: 'zanzibar' });
      const conversation = message.result.conversation.id;
      const permitOf = async (actor: AgentId, key: string): Promise<string> => {
        const call = { tool: 'mcp:crm/add', input: { text: 'zanzibar' }, effect: 'write' as const, carries: false };
        const facts = {
          from: { pod, conversation },
          sources: async () => [],
          stopped: () => false,
          call: { ...call, egress: undefined, destinations: [], policy: 'allow' as const },
        };
        const { tool, input } = call;
        const { permit } = await world.does(actor, 'permit', { tool, input }, { key, conversation, facts });
        return (await world.doc(PERMITS, permit.id))?.input ?? '';
      };
      const id = await hasRead(pod, message.commit?.seq ?? 0, clock.now, 's_1', conversation);
      const [mine, others] = [await permitOf(scribe, `${id}:1:2:0`), await permitOf(pilot, 's_other:1:2:0')];
      await outcomesOf(store).insert([{ id: `${id}:1:2:0`, rev: 1, session: id, at: 1, outcome: '{}' }]);
      await world.does(ada, 'delete_message', { message: message.result.message.id });
      await eraseAll(store, erased());
      expect([...(await store.bodies.get([mine, others])).keys()]).to.deep.equal([others]);
      expect(await outcomesOf(store).find({ where: {} })).to.deep.equal([]);
    });

    for (const door of ['delete_message', 'redact'])
      for (const [whose, ahead] of [
        ['ahead of', HOUR],
        ['behind', -HOUR],
      ] as const)
        it(`goes by ${door} when Slack’s clock is ${whose} ours, in the pod and in a DM`, async () => {
          const dm = { kind: 'slack', team: 'T1', channel: 'D1', direct: true } as const;
          await world.does(world.ada, 'create_pod', { name: 'Ada' }, { pod: 'p_dm', origin: dm });
          const said = { origin: origin(world.clock.now + ahead) };
          const { commit, result } = await world.acts(world.ada, 'post_message', { text: 'zanzibar' }, said);
          const seq = commit?.seq ?? 0;
          const sessions = [await hasRead(world.pod, seq, world.clock.now), await hasRead('p_dm', 1, world.clock.now)];
          const { id } = result.message;
          await world.does(world.ada, door, door === 'redact' ? { what: id } : { message: id });
          await eraseAll(world.store, erased());
          for (const one of sessions) expect(await left(one)).to.deep.equal([]);
        });

    it('goes when it was heard, although our own clock was put back', async () => {
      const { commit, result } = await world.acts(world.ada, 'post_message', { text: 'x' }, { origin: origin(0) });
      const id = await hasRead(world.pod, commit?.seq ?? 0, world.clock.now - HOUR);
      await world.does(world.ada, 'redact', { what: result.message.id });
      await eraseAll(world.store, erased());
      expect(await left(id)).to.deep.equal([]);
    });

    it('goes when it was read of another conversation, which its own position does not tell', async () => {
      const { note } = await world.does(world.ada, 'record_learning', { learning: 'zanzibar' });
      const id = await hasRead(world.pod, 1, world.clock.now);
      await world.does(world.ada, 'redact', { what: note.id });
      await eraseAll(world.store, erased());
      expect(await left(id)).to.deep.equal([]);
    });

    it('stays when it was read long before', async () => {
      const id = await hasRead(world.pod, 1, world.clock.now);
      world.clock.now += HOUR;
      const { result } = await world.acts(world.ada, 'post_message', { text: 'x' }, { origin: origin(0) });
      await world.does(world.ada, 'delete_message', { message: result.message.id });
      await eraseAll(world.store, erased());
      expect(await left(id)).to.have.length(1);
    });

    for (const state of ['working', 'waiting', 'ended'] as const)
      it(`${state === 'ended' ? 'stays' : 'goes'} where a run is ${state}, however long ago it read anything`, async () => {
        const { scribe, clock, store, pod } = world;
        const id = sessionId(scribe, 'c_1');
        await hasRead(pod, 1, clock.now, id);
        const run = { rev: 1, seq: 1, conversation: 'c_1', agent: scribe, root: 'r', at: clock.now };
        const none = { turns: 0, tokens: 0, cached: 0, steps: [] };
        await store.collection<RunDoc>('runs').insert([{ ...run, id: `${pod}:1:0`, pod, state, ...none }]);
        clock.now += HOUR;
        const { result } = await world.acts(world.ada, 'post_message', { text: 'x' }, { origin: origin(0) });
        await world.does(world.ada, 'delete_message', { message: result.message.id });
        await eraseAll(store, erased());
        expect(await left(id)).to.have.length(state === 'ended' ? 1 : 0);
      });
  });
});
