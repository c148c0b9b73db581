// A commit: one act that was done, with its changes and its deliveries.
import type { Doc } from '../store/port.ts';
import { type Label, passedOn } from './labels/label.ts';
import type { ParticipantId } from './participant.ts';
import type { AnyChange } from './view.ts';

/** The door through which an act came. */
export type Via = 'slack' | 'email' | 'model' | 'mcp' | 'cli' | 'web' | 'skein';

export interface Commit extends Doc {
  /** 2 if the commit has a label: Skein 0.1.0 refuses version 2, and would ignore a label in version 1. */
  v: 1 | 2;
  pod: string;
  /** 1, 2, 3 … without gaps within the pod. */
  seq: number;
  /** Milliseconds since 1970. */
  at: number;
  actor: ParticipantId;
  onBehalfOf?: ParticipantId;
  /**
   * The label of all texts of the commit that have none of their own. Set if the agent's session had read text from
   * outside.
   */
  label?: Label;
  via: Via;
  /** Idempotency key, unique within the pod. */
  key: string;
  inputHash: string;
  action: string;
  changes: AnyChange[];
  deliveries: AnyDelivery[];
  result: unknown;
  /** True until the views contain the commit's changes and the outbox its deliveries. */
  pending: boolean;
}

/** A delivery as a decision returns it, before the commit gives it an id. It contains ids and references, never text. */
export interface AnyWish {
  kind: string;
}

export type AnyDelivery = AnyWish & { id: string; pod: string };

export function commitId(pod: string, seq: number): string {
  return `${pod}:${seq}`;
}

/** Returns the label of a commit. Skein 0.1.0 marked an agent's commit with `outside: true` instead of a label. */
export function labelOf(commit: Commit): Label | undefined {
  const { label, actor, outside: marked } = commit as Commit & { outside?: true };
  return label ?? (marked && passedOn(actor));
}
