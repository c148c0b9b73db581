// Documents of views: what each has, how it is named, and what a change may read of the commit that carries it.
import type { Doc } from '../store/port.ts';
import type { BodyRef } from './body.ts';
import type { Label } from './labels/label.ts';
import type { ParticipantId } from './participant.ts';

export interface ViewDoc extends Doc {
  pod: string;
  /** The newest commit folded into this document. */
  seq: number;
}

export interface Meta {
  pod: string;
  seq: number;
  at: number;
  actor: ParticipantId;
  /** The label of those texts of the commit that have no label of their own. */
  label?: Label;
}

/** A view's own fields: what evolve makes; the fold adds id, rev, pod and seq. */
export type Own<D extends ViewDoc> = Omit<D, keyof ViewDoc>;

/** Records who erased a text, and when. The text is gone; that it existed stays known. */
export interface Erased {
  by: ParticipantId;
  at: number;
  /** The body that says why. */
  reasonRef?: BodyRef;
}

/** Erased once more, only the reason is another: the first one may have held the words. */
export function erasedBy(meta: Meta, reasonRef: BodyRef | undefined, before?: Erased): Erased {
  const { by, at } = before ?? { by: meta.actor, at: meta.at };
  return { by, at, ...(reasonRef ? { reasonRef } : {}) };
}

/** Names the view of a kind together with the type of its documents. */
export interface Ref<D extends ViewDoc = ViewDoc> {
  readonly name: string;
  /** Makes of a document as an earlier version stored it one of today's; the very same one where nothing is to do. */
  upcast?(doc: D): D;
  /** Only for the compiler: never set. */
  readonly holds?: D;
}

export function ref<D extends ViewDoc>(name: string, upcast?: (doc: D) => D): Ref<D> {
  return upcast ? { name, upcast } : { name };
}

/** A change as the engine sees it: `on` names the kind, `id` the document. */
export interface AnyChange {
  v: number;
  on: string;
  id: string;
  type: string;
}
