// An agent's append-only memory of one conversation: the frozen prefix, and the turns that follow it.
import { idOf } from '../../log/ids.ts';
import type { AgentId, PersonId } from '../../log/participant.ts';
import type { CollectionSpec, Doc, Store } from '../../store/port.ts';
import type { ModelUsage, StopReason } from '../model/model.ts';

export interface SessionDoc extends Doc {
  pod: string;
  conversation: string;
  agent: AgentId;
  /** Raised when a new epoch begins: the context grew too long, or something in it was erased. */
  epoch: number;
  model: string;
  /** The id of the prefix document, fixed for the epoch. */
  prefix: string;
  agentVersion: number;
  /** The newest commit that asked it to stop; 0 when none did. */
  stoppedAt: number;
  /** That stop found a run to stop. */
  stoppedWork?: boolean;
  /** Text from outside has entered the session, in this epoch or an earlier one. */
  outside?: true;
  /** Other pods whose content has entered it, in this epoch or an earlier one. Only in DMs, which read the person's pods. */
  sources?: string[];
  /** The newest commit that an answer has taken in. Later messages are not answered yet. */
  answered?: number;
  /** The run that waits for these questions. It goes on with the next wake, on the same budget. */
  parked?: { run: string; questions: string[] };
  /** The API refused its transcript for an unknown reason: the next run starts a new epoch. */
  worn?: true;
  /** Skills whose instructions stand in the transcript. */
  loaded: { name: string; version: string }[];
}

/** Instructions and tools as JSON texts. Its id is their hash, so sessions of one agent share it. */
export interface PrefixDoc extends Doc {
  system: string;
  tools: string;
  /** When a session last started with it, in milliseconds since 1970. */
  at: number;
}

export interface TurnDoc extends Doc {
  session: string;
  epoch: number;
  /** Counts from 1 within the epoch. */
  n: number;
  role: 'user' | 'assistant';
  /** The content array as JSON text, sent again byte for byte. */
  content: string;
  /** The newest commit of the pod that the transcript has taken in with this turn. */
  position: number;
  /** The id of the wake whose run made it. */
  run: string;
  /** The askers whose messages are in it, the newest last. The agent has only the rights that all of them have. */
  heard?: PersonId[];
  stopReason?: StopReason;
  usage?: ModelUsage;
  /** The questions whose outcome stands in it. */
  settled?: string[];
  /** The open questions that the run waits for. It does nothing more until one is settled, or somebody writes. */
  parked?: string[];
  /** Why the model refused. */
  refusal?: string;
  /** Written by Skein, not by the model. It is never posted. */
  silent?: true;
  /** The date and time zone that it states: those of the newest asker. */
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
  // A trail: a turn is on disk before the commits that follow from it. A lost turn without commits is just requested again.
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

/** Updates a session document with optimistic locking. */
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

/** Called before text from outside enters the session: from then on the gate refuses effects outside. */
export async function markOutside(store: Store, id: string): Promise<void> {
  await changeSession(store, id, (doc) => (doc.outside ? doc : { ...doc, outside: true }));
}
