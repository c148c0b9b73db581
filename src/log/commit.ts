// One action done: what changed, and what must happen outside because of it.
import type { Doc } from '../store/port.ts';
import { type Label, passedOn } from './labels/label.ts';
import type { ParticipantId } from './participant.ts';
import type { AnyChange } from './view.ts';

/** The door an action came through. */
export type Via = 'slack' | 'email' | 'model' | 'mcp' | 'cli' | 'web' | 'skein';

export interface Commit extends Doc {
  /** 2 where it has a label: 0.1.0 would not see it. */
  v: 1 | 2;
  pod: string;
  /** 1, 2, 3 … without gaps within the pod. */
  seq: number;
  /** Milliseconds since 1970. */
  at: number;
  actor: ParticipantId;
  onBehalfOf?: ParticipantId;
  /** The label of all its texts that have no label of their own, set when an agent had read outside texts. */
  label?: Label;
  via: Via;
  /** Makes it happen once: unique in the pod. */
  key: string;
  inputHash: string;
  action: string;
  changes: AnyChange[];
  deliveries: AnyDelivery[];
  result: unknown;
  /** True until the views and the outbox hold what this commit says. */
  pending: boolean;
}

/** A delivery that a decision asks for. The commit gives it its id. It holds ids and references, no text. */
export interface AnyWish {
  kind: string;
}

export type AnyDelivery = AnyWish & { id: string; pod: string };

export function commitId(pod: string, seq: number): string {
  return `${pod}:${seq}`;
}

/** Reads 0.1.0's form too: it marked an agent's commit with `outside: true`. */
export function labelOf(commit: Commit): Label | undefined {
  const { label, actor, outside: marked } = commit as Commit & { outside?: true };
  return label ?? (marked && passedOn(actor));
}
