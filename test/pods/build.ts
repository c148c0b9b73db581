// A world for tests of pods: people and agents over the store in memory, with a clock that the test sets.

import { gate } from '../../src/agents/gate/gate.ts';
import { SESSION_SPECS } from '../../src/agents/specs.ts';
import { type Act, type ActRequest, makeAct, type Outcome } from '../../src/log/act.ts';
import type { Commit } from '../../src/log/commit.ts';
import { type Fold, LOG_SPECS } from '../../src/log/fold.ts';
import type { AgentId, ParticipantId, PersonId } from '../../src/log/participant.ts';
import type { Origin } from '../../src/log/place.ts';
import type { Ref, ViewDoc } from '../../src/log/view.ts';
import { ACTIONS } from '../../src/pods/actions.ts';
import { meaningWith } from '../../src/pods/decide.ts';
import type { Delivery } from '../../src/pods/deliveries.ts';
import { KINDS, VIEW_SPECS } from '../../src/pods/kinds.ts';
import type { Store } from '../../src/store/port.ts';
import { type MemoryData, memoryStore } from '../store/memory.ts';

export const START = Date.UTC(2026, 10, 2, 9, 0);

export interface World {
  act: Act;
  store: Store;
  fold: Fold;
  /** Milliseconds since 1970; the test sets it. */
  clock: { now: number };
  pod: string;
  ada: PersonId;
  ben: PersonId;
  /** A guest of the pod. */
  gil: PersonId;
  /** A member of the organisation who is not in the pod. */
  zoe: PersonId;
  scribe: AgentId;
  pilot: AgentId;
  /** Deliveries, in order. */
  delivered: Delivery[];
  /** Acts in the pod, or in the organisation if the action belongs to it, with a new key each time. */
  does<R = Json>(actor: ParticipantId, action: string, input?: unknown, more?: Partial<ActRequest>): Promise<R>;
  /** Like `does`, with the commit. */
  acts<R = Json>(
    actor: ParticipantId,
    action: string,
    input?: unknown,
    more?: Partial<ActRequest>,
  ): Promise<Outcome<R>>;
  doc<D extends ViewDoc>(ref: Ref<D>, id: string): Promise<D | undefined>;
  commits(pod?: string): Promise<Commit[]>;
}

// biome-ignore lint/suspicious/noExplicitAny: results are JSON, looked into by the tests
export type Json = any;

export function openStore(data?: MemoryData): Store {
  return memoryStore([...LOG_SPECS, ...VIEW_SPECS, ...SESSION_SPECS], data ? { data } : {});
}

/** The channel of a world's pod, and the accounts of its people. */
export interface Home {
  pod: string;
  origin?: Origin;
  account(handle: string): string;
}

const NOWHERE: Home = { pod: 'p_launch', account: (handle) => `slack:T1:${handle}` };

export async function aWorld({
  store = openStore(),
  home = NOWHERE,
}: {
  store?: Store;
  home?: Home;
} = {}): Promise<World> {
  const clock = { now: START };
  const delivered: Delivery[] = [];
  const seen = new Set<string>();
  const fold: Fold = {
    store,
    kinds: KINDS,
    async deliver(deliveries) {
      for (const one of deliveries) if (!seen.has(one.id)) delivered.push(one as Delivery);
      for (const one of deliveries) seen.add(one.id);
    },
  };
  const act = makeAct({ ...meaningWith(gate), ...fold, clock: () => clock.now });
  let keys = 0;
  const acts: World['acts'] = async (actor, action, input = {}, more = {}) => {
    clock.now += 60_000;
    const pod = ACTIONS.get(action)?.org ? 'org' : home.pod;
    return act({ pod, actor, via: actor === 'skein' ? 'skein' : 'slack', action, input, key: `k${++keys}`, ...more });
  };
  const does: World['does'] = async (...request) => (await acts(...request)).result as Json;
  const person = async (handle: string, name: string, role: string): Promise<PersonId> => {
    const account = home.account(handle);
    return (await does('skein', 'register_person', { account, name, handle, role })).person.id;
  };
  const agent = async (handle: string, name: string): Promise<AgentId> => {
    const facts = {
      handle,
      name,
      purpose: `Helps as ${name}.`,
      instructions: 'Be brief.',
      tools: ['read_pod', 'approve', 'send_back'],
    };
    const origin = { kind: 'manifest' as const, hash: `${handle}-1` };
    return (await does('skein', 'import_agent', facts, { origin })).agent.id;
  };
  const ada = await person('ada', 'Ada Lindqvist', 'owner');
  const ben = await person('ben', 'Ben Okafor', 'member');
  const gil = await person('gil', 'Gil Torres', 'guest');
  const zoe = await person('zoe', 'Zoe Marsh', 'member');
  const pilot = await agent('pilot', 'Pilot');
  const scribe = await agent('scribe', 'Scribe');
  const launch = { name: 'Launch', purpose: 'Ship it', members: ['ben'] };
  await does(ada, 'create_pod', launch, home.origin ? { origin: home.origin } : {});
  // Skein adds the people of a channel.
  await does(home.origin ? 'skein' : ada, 'add_member', { who: 'gil', role: 'guest' });
  delivered.length = 0;
  return {
    ...{ act, store, fold, clock, pod: home.pod, ada, ben, gil, zoe, scribe, pilot, delivered, does, acts },
    doc: <D extends ViewDoc>({ name }: Ref<D>, id: string) => store.collection<D>(name).get(id),
    commits: (pod = home.pod) => store.collection<Commit>('commits').find({ where: { pod }, sort: [['seq', 'asc']] }),
  };
}

/** The error that a promise rejects with. Fails if it resolves. */
export async function refusal(promise: Promise<unknown>): Promise<Error> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => error,
  );
  if (outcome instanceof Error) return outcome;
  throw new Error(`It was not refused, and gave ${JSON.stringify(outcome)}.`);
}
