// One action done: what changed, and what must happen outside because of it.

import type { Change } from '../pods/views.ts';
import type { Doc } from '../store/port.ts';
import type { BodyRef } from './body.ts';
import type { AgentId, ParticipantId, PersonId } from './participant.ts';
import type { Origin } from './place.ts';

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
  /** By an agent whose session had taken in words from outside: what it wrote may hold them, and the views mark it. */
  outside?: true;
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

/** What a decision asks for; the commit gives each its id. No words stand in it: ids and references only. */
export type DeliveryWish =
  | { kind: 'post'; conversation: string; message: string }
  | { kind: 'update'; conversation: string; message: string }
  | { kind: 'unpost'; conversation: string; message: string }
  /** By mail to people who follow a conversation: what was said there, or that a mail was taken on. */
  | { kind: 'mail'; about: 'message' | 'acknowledgement'; conversation: string; message: string; to: PersonId[] }
  /** The owners hear that a mail waits for their word; `to`: only this one, who has just settled another. */
  | { kind: 'held'; mail: string; to?: PersonId }
  /** An owner accepted a mail: it goes on its way once more. */
  | { kind: 'admit'; mail: string; by: ParticipantId }
  /** Somebody's digest: what is new between these commits, by pod; without a day they asked for it. */
  | {
      kind: 'digest';
      person: PersonId;
      through: 'slack' | 'email';
      from: Record<string, number>;
      to: Record<string, number>;
      day?: string;
    }
  | { kind: 'wake'; agent: AgentId; conversation: string; because: string }
  | { kind: 'halt'; agent: AgentId; conversation: string }
  /** An action in another pod. */
  | { kind: 'act'; in: string; action: string; input: unknown; actor: ParticipantId; origin?: Origin; key: string }
  /** `since`: when the words came, by Skein's clock, and `posted`: by which commit, where that is known. What an agent took in before can't hold them. */
  | { kind: 'erase'; bodies: BodyRef[]; postings: string[]; blobs: string[]; since: number; posted?: number };

export type Delivery = DeliveryWish & { id: string; pod: string };

export function commitId(pod: string, seq: number): string {
  return `${pod}:${seq}`;
}
