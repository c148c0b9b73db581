// A wake begins its run once all words are gone that are being erased: its transcript may hold them.
import { expect } from 'chai';
import { SESSION_SPECS } from '../../../src/agents/specs.ts';
import { NotYet } from '../../../src/errors.ts';
import { type Item, laneSpecs } from '../../../src/lanes/item.ts';
import { LOG_SPECS } from '../../../src/log/fold.ts';
import { makeReader } from '../../../src/log/read.ts';
import { wake } from '../../../src/outbox/kinds/wake.ts';
import type { Parts } from '../../../src/outbox/parts.ts';
import { VIEW_SPECS } from '../../../src/pods/kinds.ts';
import { aWorld, refusal } from '../../pods/build.ts';
import { memoryStore } from '../../store/memory.ts';

const SPECS = [...LOG_SPECS, ...VIEW_SPECS, ...laneSpecs('outbox', 'trail')];

describe('a wake that still waits when its pod is archived', () => {
  it('runs no model: it is given up, and wished for again when the pod is restored', async () => {
    const world = await aWorld({ store: memoryStore(SPECS) });
    const { store, act, pod, ada, scribe } = world;
    const came: string[] = [];
    const runner = {
      wake: async ({ id }: { id: string }) => void came.push(`wake ${id}`),
      giveUp: async ({ id }: { id: string }) => void came.push(`give up ${id}`),
    };
    const parts = { act, store, runner, read: makeReader(store) } as unknown as Parts;
    const { conversation } = await world.does(ada, 'start_conversation', { title: 'Hall', text: '@scribe help' });
    const wakes = () => world.delivered.filter((one) => one.kind === 'wake');
    const [waiting] = wakes();
    if (!waiting) throw new Error('Scribe was not woken.');
    expect(waiting).to.include({ agent: scribe, conversation: conversation.id, pod });
    await world.does(ada, 'archive_pod');
    // A carrier that was killed carries it again.
    for (let times = 0; times < 2; times++) await wake.carry(parts, waiting, new AbortController().signal);
    expect([...new Set(came)]).to.deep.equal([`give up ${waiting.id}`]);
    expect(wakes()).to.have.length(1);
    await world.does(ada, 'archive_pod', { restore: true });
    const [, again, ...more] = wakes();
    if (!again) throw new Error('Scribe was not woken again.');
    expect(more).to.deep.equal([]);
    expect(again).to.deep.include({ agent: scribe, conversation: conversation.id, because: waiting.because });
    await wake.carry(parts, again, new AbortController().signal);
    expect(came.at(-1)).to.equal(`wake ${again.id}`);
    await world.does(ada, 'archive_pod');
    await world.does(ada, 'archive_pod', { restore: true });
    expect(wakes(), 'once').to.have.length(2);
  });

  it('is wished for again at once if the pod is restored meanwhile, and not for an agent that was stopped', async () => {
    const world = await aWorld({ store: memoryStore([...SPECS, ...SESSION_SPECS]) });
    const { store, act, ada, scribe } = world;
    const { conversation } = await world.does(ada, 'start_conversation', { title: 'Hall', text: '@scribe help' });
    const wakes = () => world.delivered.filter((one) => one.kind === 'wake');
    const carries = async () => {
      const [waiting] = wakes();
      if (!waiting) throw new Error('Scribe was not woken.');
      await world.does(ada, 'archive_pod');
      const runner = { giveUp: () => world.does(ada, 'archive_pod', { restore: true }) };
      const parts = { act, store, runner, read: makeReader(store) } as unknown as Parts;
      await wake.carry(parts, { ...waiting, id: `${waiting.id}${wakes().length}` }, new AbortController().signal);
    };
    await carries();
    expect(wakes()).to.have.length(2);
    expect(wakes().at(-1)).to.deep.include({ agent: scribe, conversation: conversation.id });
    await world.does(ada, 'stop_run', { agent: 'scribe', conversation: conversation.id });
    await carries();
    expect(wakes()).to.have.length(2);
  });
});

describe('a wake while words are erased', () => {
  const item: Item = {
    ...{ id: 'p_1:7:0', rev: 1, lane: 'erase:p_1', n: '1', kind: 'erase', payload: '{}', state: 'waiting' },
    ...{ attempts: 0, dueAt: 0, resource: 'any', at: 0 },
  };
  const delivery = {
    id: 'p_1:7:1',
    pod: 'p_1',
    kind: 'wake',
    agent: 'agent:scribe',
    conversation: 'c',
    because: 'm',
  } as const;

  it('waits, whatever woke it, and begins then; a wake of another pod does not wait', async () => {
    const store = memoryStore([...laneSpecs('outbox', 'trail'), ...LOG_SPECS]);
    const woken: string[] = [];
    const runner = { wake: async ({ id }: { id: string }) => void woken.push(id) };
    const read = { get: async () => undefined };
    const parts = { store, runner, read } as unknown as Parts;
    const { signal } = new AbortController();
    await store.collection<Item>('outbox').insert([item]);
    for (const id of ['p_1:7:1', 'p_1:8:0'])
      expect(await refusal(wake.carry(parts, { ...delivery, id }, signal))).to.be.instanceOf(NotYet);
    await wake.carry(parts, { ...delivery, id: 'p_2:1:0', pod: 'p_2' }, signal);
    expect(woken).to.deep.equal(['p_2:1:0']);
    await store.collection<Item>('outbox').replace({ ...item, state: 'done' }, 1);
    await wake.carry(parts, delivery, signal);
    expect(woken.at(-1)).to.equal('p_1:7:1');
  });

  it('waits in the DM of a person who is or was in the pod, and not in the DM of another', async () => {
    const world = await aWorld({ store: memoryStore(SPECS) });
    const { store, pod, ada } = world;
    const woken: string[] = [];
    const runner = { wake: async ({ pod: of }: { pod: string }) => void woken.push(of) };
    const parts = { store, runner, read: makeReader(store) } as unknown as Parts;
    await store.collection<Item>('outbox').insert([{ ...item, lane: `erase:${pod}` }]);
    const carry = (of: string) => wake.carry(parts, { ...delivery, pod: of }, new AbortController().signal);
    const input = { account: 'slack:U_EVE', name: 'Eve', handle: 'eve', role: 'member' };
    const eve = (await world.does('skein', 'register_person', input)).person.id;
    const dm = { kind: 'slack', team: 'T1', channel: 'D1', direct: true } as const;
    for (const [of, who] of [
      ['pod_ada', ada],
      ['pod_eve', eve],
    ])
      await world.does(who, 'create_pod', { name: `DM ${of}` }, { pod: of, origin: dm });
    expect(await refusal(carry('pod_ada'))).to.be.instanceOf(NotYet);
    await carry('pod_eve');
    expect(woken).to.deep.equal(['pod_eve']);
  });
});
