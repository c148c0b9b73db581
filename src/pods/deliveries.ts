// What a commit can ask to have done outside the log. How each is carried stands in outbox/kinds.
import type { BodyRef } from '../log/body.ts';
import type { Commit } from '../log/commit.ts';
import type { AgentId, ParticipantId, PersonId } from '../log/participant.ts';
import type { Origin } from '../log/place.ts';

/** No words stand in it: ids and references only. */
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

/** What a commit asks to have done: every delivery was wished by an action of this house. */
export function deliveriesOf({ deliveries }: Pick<Commit, 'deliveries'>): readonly Delivery[] {
  return deliveries as unknown as readonly Delivery[];
}
