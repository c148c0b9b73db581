// An agent's append-only memory of one conversation: the frozen prefix, and the turns that follow it.
import { idOf } from '../../log/ids.ts';
import type { AgentId, PersonId } from '../../log/participant.ts';
import type { Held } from '../../log/view.ts';
import type { CollectionSpec, Doc, Store } from '../../store/port.ts';
import type { ModelUsage, StopReason } from '../model/model.ts';

export interface SessionDoc extends Doc {
  pod: string;
  conversation: string;
  agent: AgentId;
  /** Raised when a new epoch begins, for example because the context grew too long or something in it was erased. */
  epoch: number;
  model: string;
  /** The id of the prefix document, fixed for the epoch. */
  prefix: string;
  agentVersion: number;
  /** The number of the newest commit that asked the session to stop; 0 if none did. */
  stoppedAt: number;
  /** True if the stop in `stoppedAt` found a run to stop. */
  stoppedWork?: boolean;
  /** Set once text from outside has entered the session, in this epoch or an earlier one. */
  outside?: true;
  /**
   * The other pods whose content has entered the session, in this epoch or an earlier one. Only a session in a DM can
   * read other pods.
   */
  sources?: string[];
  /** The number of the newest commit that an answer has covered. Later messages are not answered yet. */
  answered?: number;
  /** The number of the commit that first woke the agent here. Absent in sessions of earlier versions. */
  since?: number;
  /** The calls of earlier epochs about which people are asked, or to which they have said yes. */
  waiting?: WaitingCall[];
  /** The parked run, and the questions for which it waits. The next wake continues the run on the same budget. */
  parked?: { run: string; questions: string[] };
  /**
   * Set if the API refuses the transcript for an unknown reason, or it no longer fits: the next run starts a new epoch.
   */
  worn?: true;
  /** The skills whose instructions the transcript contains. */
  loaded: { name: string; version: string }[];
  /** The documents that the session held when this epoch began. Its turns hold what came since. */
  carried?: Held[];
}

/** A call of the turn `n` of an earlier epoch, which that epoch has not made. */
export interface WaitingCall {
  epoch: number;
  n: number;
  block: number;
  id: string;
  name: string;
  input: unknown;
}

/** Instructions and tools as JSON texts. The id of the document is their hash, so sessions of one agent share it. */
export interface PrefixDoc extends Doc {
  system: string;
  tools: string;
  /** The last time at which a session started with this prefix, in milliseconds since 1970. */
  at: number;
}

export interface TurnDoc extends Doc {
  session: string;
  epoch: number;
  /** The number of the turn, counted from 1 within the epoch. */
  n: number;
  role: 'user' | 'assistant';
  /** The content array as JSON text. It is sent again byte for byte. */
  content: string;
  /** The newest commit of the pod that the transcript has taken in with this turn. */
  position: number;
  /**
   * The number of the log up to which the transcript holds what people said and did here. Set on user turns; absent in turns
   * of earlier versions.
   */
  heardUpTo?: number;
  /** The id of the run that made the turn. */
  run: string;
  /**
   * The askers whose messages the turn contains, the newest last. The agent has only the rights that all of them have.
   */
  heard?: PersonId[];
  /** The messages of people in Slack that the turn takes in, and that no answer has covered yet. */
  took?: string[];
  stopReason?: StopReason;
  usage?: ModelUsage;
  /** The outcomes of questions that the turn contains (hearing/hear-settled.ts). */
  settled?: string[];
  /** The open questions for which the run waits. The run does nothing more until one is settled, or somebody writes. */
  parked?: string[];
  /** The documents that the turn shows, or whose changes it tells. */
  held?: Held[];
  /**
   * The ids of the bodies and the hashes of the blobs that were read since the turn before. What the epoch has of the pod's
   * words is in these. Absent in turns of earlier versions: nobody knows what they hold.
   */
  refs?: string[];
  /** Set if the agent may not do one of the calls before the turn. */
  refused?: true;
  /** Set if the model has called `stay_silent`, and nothing else asks for an answer. */
  quiet?: true;
  /** Set if a person stopped the run here: the number of their commit. */
  stopped?: number;
  /** Why the model refused. */
  refusal?: string;
  /** Set if Skein wrote the turn, not the model. Such a turn is never posted. */
  silent?: true;
  /** The date and time zone that the turn states: those of the newest asker. */
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
  // A trail: a turn is on disk before the commits that follow from it. If a turn without commits is lost, it is just
  // requested again.
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

/** Updates a session document with optimistic locking. Returns undefined if there is none. */
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

/** Called before text from outside enters the session. From then on the gate refuses effects outside. */
export async function markOutside(store: Store, id: string): Promise<void> {
  await changeSession(store, id, (doc) => (doc.outside ? doc : { ...doc, outside: true }));
}
