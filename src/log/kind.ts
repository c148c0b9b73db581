// The contract of a kind of thing. A kind is defined in one file; the engine knows none by name.
import type { CollectionSpec, Index } from '../store/port.ts';
import type { Reader } from './action.ts';
import type { BodyRef } from './body.ts';
import type { Needed } from './needs/need.ts';
import type { Named, ParticipantId } from './participant.ts';
import type { AnyChange, Erased, Meta, Own, Ref, ViewDoc } from './view.ts';

/** How a document is indexed and shown by search. */
export interface Search<D> {
  /** The name for it in search results, in one word. */
  kind: string;
  posting(doc: D): Searched | undefined;
  shown?(doc: D): Shown;
}

/** A search posting before its bodies are read. */
export interface Searched {
  /** Milliseconds since 1970. */
  at: number;
  /** Sorts hits that match equally many words: the higher rank comes first. */
  rank: number;
  /** Empty if nothing is searchable, for instance after an erasure. */
  bodies: BodyRef[];
}

/** The part of a search result beside its text. */
export interface Shown {
  /** Text put before its words. */
  prefix?: string;
  from?: ParticipantId;
  conversation?: string;
  /** Makes the shown text from the bodies. Absent: all of them, joined. */
  words?(texts: ReadonlyMap<string, string>): string;
}

/** A change in words: a verb and its object, “assigned” and “#3 “Order boxes” to Ben”. */
export type Phrase = readonly [verb: string, object: string];

/** Names and texts for describing a change. Erased texts are absent. */
export interface Names {
  who: ReadonlyMap<ParticipantId, Named>;
  /** Texts by the id of their body. */
  texts: ReadonlyMap<string, string>;
  /** A document as it stands; undefined where it was erased. */
  doc<D extends ViewDoc>(ref: Ref<D>, id: string): D | undefined;
}

/** The part of the commit that the description of a change may use. */
export interface ChangeContext {
  pod: string;
  actor: ParticipantId;
}

/** Makes a change worth a line of the digest. Of several changes to one subject, the lowest rank is shown. */
export interface News {
  subject: string;
  weight: Weight;
  /** The subject moved, so of several such changes only the newest is shown. */
  move?: true;
  /** The conversation that the change belongs to. */
  conversation?: string;
}

/** Weights of news, the most important first. */
export type Weight = 'decision' | 'done' | 'assigned' | 'created' | 'moved' | 'file' | 'learning' | 'pod';

/** A document that can be erased, and everything that contains its words. */
export interface Erasable {
  /** The name of the kind, for people: “note”. */
  kind: string;
  id: string;
  /** Everybody who wrote any part or version of it. */
  authors: ParticipantId[];
  /** When its first words came, in milliseconds since 1970, by the clock that also dates the transcripts. */
  since: number;
  /** The number of the commit that brought it. */
  posted?: number;
  erased?: Erased | undefined;
  changes(why: { reasonRef?: BodyRef }): AnyChange[];
  bodies: BodyRef[];
  blobs: string[];
  /** The conversation in which Skein posted it. */
  postedIn?: string | undefined;
  /** Messages of Skein's own that contain its words, and are erased with it. */
  lines?: readonly { message: string; conversation: string }[];
}

export interface Kind<D extends ViewDoc, C extends AnyChange> {
  readonly ref: Ref<D>;
  readonly indexes: readonly Index[];
  /**
   * Returns the next version of the document; `undefined` stands for a document that does not exist yet. Never throws: a
   * change that makes no sense leaves the document as it is. The caller sets `id`, `rev`, `pod` and `seq`.
   */
  evolve(doc: D | undefined, change: C, meta: Meta): Own<D> | undefined;
  /** Converts a change that an earlier version wrote. Returns the same object if there is nothing to convert. */
  upcast?(change: C, actor: ParticipantId): C;
  /** Absent: not searchable. */
  readonly search?: Search<D>;
  /** The body of its title. */
  title?(doc: D): BodyRef | '' | undefined;
  /** The change in words, for history and digest. Undefined if it is only housekeeping. */
  describe?(change: C, names: Names, commit: ChangeContext): Phrase | undefined;
  /** The participants whose names `describe` needs. */
  whoIn?(change: C, pod: string): (ParticipantId | undefined)[];
  /** The documents of other kinds that `describe` needs. */
  docsIn?(change: C): { ref: Ref; id: string }[];
  news?(change: C, names: Names): News | undefined;
  /**
   * Returns the needs that a change raises, and those that it settles. Pure. The people in them come from the change or from
   * `before`, the document as it was; `before` is absent for a new document.
   */
  needs?(change: C, before: D | undefined, actor: ParticipantId): readonly Needed[];
  erase?(read: Reader, doc: D): Promise<Erasable | undefined>;
}

// biome-ignore lint/suspicious/noExplicitAny: a list of kinds holds every document and change
export type AnyKind = Kind<any, any>;

/** All kinds, by the name of their view. */
export type Kinds = ReadonlyMap<string, AnyKind>;

/** Returns its argument; exists for type inference. */
export function kind<D extends ViewDoc, C extends AnyChange>(definition: Kind<D, C>): Kind<D, C> {
  return definition;
}

export type ChangeOf<K> = K extends Kind<infer _D, infer C> ? C : never;

export function viewOf({ ref: { name }, indexes }: AnyKind): CollectionSpec {
  return { name, kind: 'view', indexes };
}

/** The references that are not empty. */
export function bodiesIn(...refs: (BodyRef | '' | undefined)[]): BodyRef[] {
  return refs.filter((ref): ref is BodyRef => Boolean(ref));
}
