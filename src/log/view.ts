// Documents of views, their references, and what a change may read of its commit.
import type { Doc } from '../store/port.ts';
import type { BodyRef } from './body.ts';
import type { Label } from './labels/label.ts';
import type { ParticipantId } from './participant.ts';

export interface ViewDoc extends Doc {
  pod: string;
  /** The number of the newest commit applied to this document. */
  seq: number;
  /**
   * The numbers of the newest commits that changed the document, the oldest first. Only of kinds that sessions hold.
   * Absent on a document that Skein 0.1.0 wrote.
   */
  commits?: readonly number[];
}

/** A document that a session has read, written, loaded or been assigned, and the commit as of which it knows it. */
export interface Held {
  /** The name of the document's view. */
  kind: string;
  id: string;
  seq: number;
  /** Set if the session has not seen the whole text, only a line in a list, or has only changed a field. */
  part?: true;
}

/** The documents in a result: shown as a `whole`, or in `part`, as in a list. */
export interface Shown {
  whole?: readonly Held[];
  part?: readonly Held[];
}

export interface Meta {
  pod: string;
  seq: number;
  at: number;
  actor: ParticipantId;
  /** The label of the commit's texts that have no label of their own. */
  label?: Label;
}

/** The fields that `evolve` sets; the fold adds id, rev, pod and seq. */
export type Own<D extends ViewDoc> = Omit<D, keyof ViewDoc>;

/** The record of an erasure: the text is gone, but the log says that there was one. */
export interface Erased {
  by: ParticipantId;
  at: number;
  /** The body with the reason. */
  reasonRef?: BodyRef;
}

/**
 * Returns the record of an erasure. Another erasure replaces only the reason, because the first reason may have
 * repeated the erased words.
 */
export function erasedBy(meta: Meta, reasonRef: BodyRef | undefined, before?: Erased): Erased {
  const { by, at } = before ?? { by: meta.actor, at: meta.at };
  return { by, at, ...(reasonRef ? { reasonRef } : {}) };
}

/** The name of a view, with the type of its documents. */
export interface Ref<D extends ViewDoc = ViewDoc> {
  readonly name: string;
  /**
   * Converts a document that an earlier version of Skein stored. Returns the same object if there is nothing to
   * convert.
   */
  upcast?(doc: D): D;
  /** Never set. It only carries the type. */
  readonly holds?: D;
}

export function ref<D extends ViewDoc>(name: string, upcast?: (doc: D) => D): Ref<D> {
  return upcast ? { name, upcast } : { name };
}

/** A change as the engine knows it: `on` is the name of the view, `id` the id of the document. */
export interface AnyChange {
  v: number;
  on: string;
  id: string;
  type: string;
}
