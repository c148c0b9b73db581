// An agent's append-only memory of one conversation: the frozen prefix, and the turns that follow it.
import { idOf } from '../../log/ids.ts';
import type { AgentId, PersonId } from '../../log/participant.ts';
import type { CollectionSpec, Doc, Store } from '../../store/port.ts';
import type { ModelUsage, StopReason } from '../model/model.ts';

export interface SessionDoc extends Doc {
  pod: string;
  conversation: string;
  agent: AgentId;
  /** Raised when the session begins afresh: the context grew too long, or something it held was erased. */
  epoch: number;
  model: string;
  /** The prefix, frozen for the epoch: the id of its document. */
  prefix: string;
  agentVersion: number;
  /** The newest commit that asked it to stop; 0 when none did. */
  stoppedAt: number;
  /** That stop found something to stop. */
  stoppedWork?: boolean;
  /** Text from outside has entered it, in whatever epoch. */
  outside?: true;
  /** Other pods whose words have entered it, in whatever epoch: a direct conversation reads those of its person. */
  sources?: string[];
  /** The newest commit that an answer has taken in: what people said after it is not answered yet. */
  answered?: number;
  /** Its transcript was refused for a reason nobody knows: it goes on in a new epoch when it is called next. */
  worn?: true;
  /** Skills whose instructions stand in the transcript. */
  loaded: { name: string; version: string }[];
}

/** Instructions and tools as JSON texts, under their hash: sessions of one agent share it. */
export interface PrefixDoc extends Doc {
  system: string;
  tools: string;
  /** When a session last began with it. */
  at: number;
}

export interface TurnDoc extends Doc {
  session: string;
  epoch: number;
  /** 1, 2, 3 … within the epoch. */
  n: number;
  role: 'user' | 'assistant';
  /** The content array as JSON text, sent again byte for byte. */
  content: string;
  /** The newest commit of the pod that it takes in. */
  position: number;
  /** The wake during which it was made. */
  run: string;
  /** The people whose words it brought, the newest last: the agent works for them, within the rights of each. */
  heard?: PersonId[];
  stopReason?: StopReason;
  usage?: ModelUsage;
  /** Why the model refused. */
  refusal?: string;
  /** Made by Skein, not by the model: nothing of it is posted. */
  silent?: true;
  /** The day that it tells the agent, and in which zone: of whoever asked last. */
  day?: string;
  at: number;
}

export const SESSION_SPECS: readonly CollectionSpec[] = [
  {
    name: 'sessions',
    kind: 'view',
    indexes: [{ fields: ['conversation'] }, { fields: ['pod'] }, { fields: ['prefix'] }],
  },
  { name: 'prefixes', kind: 'journal', indexes: [{ fields: ['at'] }] },
  // A turn is on disk before anything that follows from it: a commit, the permit of a call. One that led nowhere is asked for again.
  { name: 'turns', kind: 'trail', indexes: [{ fields: ['session', 'epoch', 'n'], unique: true }] },
];

export function sessionId(agent: AgentId, conversation: string): string {
  return idOf('s', agent, conversation);
}

export function turnId(session: string, epoch: number, n: number): string {
  return `${session}:${epoch}:${n}`;
}

export function turnsOf(store: Store, session: string, epoch: number): Promise<TurnDoc[]> {
  return store.collection<TurnDoc>('turns').find({ where: { session, epoch }, sort: [['n', 'asc']] });
}

/** Changes a session document however often others write it meanwhile. */
export async function changeSession(
  store: Store,
  id: string,
  change: (session: SessionDoc) => SessionDoc,
): Promise<SessionDoc | undefined> {
  const sessions = store.collection<SessionDoc>('sessions');
  for (;;) {
    const session = await sessions.get(id);
    if (!session) return undefined;
    const next = change(session);
    if (next === session) return session;
    if (await sessions.replace(next, session.rev)) return { ...next, rev: session.rev + 1 };
  }
}

/** Text from outside is about to enter: from then on calls with effects outside are refused, whatever the model says. */
export async function markOutside(store: Store, id: string): Promise<void> {
  await changeSession(store, id, (doc) => (doc.outside ? doc : { ...doc, outside: true }));
}
