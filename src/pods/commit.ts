// One action done: what changed, and what must happen outside because of it.
import type { Doc } from '../store/port.ts';
import type { AgentId, ParticipantId } from './participant.ts';
import type { Origin } from './place.ts';
import type { Change } from './views.ts';

/** The door an action came through. */
export type Via = 'slack' | 'email' | 'model' | 'mcp' | 'cli' | 'web' | 'skein';

export interface Commit extends Doc {
  v: 1;
  pod: string;
  /** 1, 2, 3 … without gaps within the pod. */
  seq: number;
  /** Milliseconds since 1970. */
  at: number;
  actor: ParticipantId;
  onBehalfOf?: ParticipantId;
  via: Via;
  /** Makes it happen once: unique in the pod. */
  key: string;
  inputHash: string;
  action: string;
  changes: Change[];
  deliveries: Delivery[];
  result: unknown;
  /** True until the views and the outbox hold what this commit says. */
  pending: boolean;
}

/** What a decision asks for; the commit gives each its id. */
export type DeliveryWish =
  | { kind: 'post'; conversation: string; message: string }
  | { kind: 'update'; conversation: string; message: string }
  | { kind: 'unpost'; conversation: string; message: string }
  | { kind: 'wake'; agent: AgentId; conversation: string; because: string }
  | { kind: 'halt'; agent: AgentId; conversation: string }
  | { kind: 'act'; pod: string; action: string; input: unknown; actor: ParticipantId; origin?: Origin; key: string }
  | { kind: 'erase'; bodies: string[]; postings: string[]; blobs: string[]; conversations: string[] };

export type Delivery = DeliveryWish & { id: string; pod: string };

export function commitId(pod: string, seq: number): string {
  return `${pod}:${seq}`;
}
