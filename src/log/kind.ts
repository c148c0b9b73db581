// The contract of a kind of thing. A kind says all that the house knows of it in one place; the engine knows none by name.
import type { CollectionSpec, Index } from '../store/port.ts';
import type { Reader } from './action.ts';
import type { BodyRef } from './body.ts';
import type { Named, ParticipantId } from './participant.ts';
import type { AnyChange, Erased, Meta, Own, Ref, ViewDoc } from './view.ts';

/** How a thing is found by its words. */
export interface Search<D> {
  /** The thing in one word, as whoever searches sees it. */
  kind: string;
  posting(doc: D): Searched | undefined;
  shown?(doc: D): Shown;
}

/** A posting for search before its bodies are read. */
export interface Searched {
  /** Milliseconds since 1970. */
  at: number;
  /** Sorts hits that match equally many words: the higher rank comes first. */
  rank: number;
  /** Empty where nothing is to be found, as after an erasure. */
  bodies: BodyRef[];
}

/** The fields of a search result beside its text. */
export interface Shown {
  /** Text put before its words. */
  prefix?: string;
  from?: ParticipantId;
  conversation?: string;
  /** The text that is shown, made from its bodies. Absent: all of them. */
  words?(texts: ReadonlyMap<string, string>): string;
}

/** A change in words: a verb and its object, “assigned” “#3 “Order boxes” to Ben”. */
export type Phrase = readonly [verb: string, object: string];

/** The names and texts that `describe` needs. They hold no erased words. */
export interface Names {
  who: ReadonlyMap<ParticipantId, Named>;
  /** Texts by body. */
  texts: ReadonlyMap<string, string>;
  /** A document as it stands; undefined where it was erased. */
  doc<D extends ViewDoc>(ref: Ref<D>, id: string): D | undefined;
}

/** The facts about the commit of a change that `describe` needs. */
export interface ChangeContext {
  pod: string;
  actor: ParticipantId;
}

/** Why a change is worth a line of the digest; of several about one subject the one of the lowest rank is told. */
export interface News {
  subject: string;
  weight: Weight;
  /** It says where something came to: the newest counts. */
  move?: true;
  /** The conversation it came up in. */
  conversation?: string;
}

/** Weights of news, the most important first. */
export type Weight = 'decision' | 'done' | 'assigned' | 'created' | 'moved' | 'file' | 'learning' | 'pod';

/** A thing that can be erased, and all that its words stand in. */
export interface Erasable {
  /** In one word, as “note”. */
  kind: string;
  id: string;
  /** All who wrote any of it, ever. */
  authors: ParticipantId[];
  /** When its first words came, in milliseconds since 1970, by the clock that transcripts are written by. */
  since: number;
  /** The commit that brought it. */
  posted?: number;
  erased?: Erased | undefined;
  changes(why: { reasonRef?: BodyRef }): AnyChange[];
  bodies: BodyRef[];
  blobs: string[];
  /** The conversation in which Skein itself posted it. */
  postedIn?: string | undefined;
}

export interface Kind<D extends ViewDoc, C extends AnyChange> {
  readonly ref: Ref<D>;
  readonly indexes: readonly Index[];
  /**
   * The next version of the document that a change is about (`undefined`: the change makes it). Never throws: a change that
   * makes no sense for the document leaves it as it is. The fold sets `id`, `rev`, `pod` and `seq`.
   */
  evolve(doc: D | undefined, change: C, meta: Meta): Own<D> | undefined;
  /** Makes of a change as an earlier version wrote it one of today's; the very same one where nothing is to do. */
  upcast?(change: C, actor: ParticipantId): C;
  /** The words by which it can be found, and what is shown of it then. */
  readonly search?: Search<D>;
  /** The body that it is called by. */
  title?(doc: D): BodyRef | '' | undefined;
  /** A change in words, for history and digest; undefined for housekeeping. */
  describe?(change: C, names: Names, commit: ChangeContext): Phrase | undefined;
  /** The participants that `describe` names. */
  whoIn?(change: C, pod: string): (ParticipantId | undefined)[];
  /** The documents of other kinds that `describe` names. */
  docsIn?(change: C): { ref: Ref; id: string }[];
  news?(change: C, names: Names): News | undefined;
  erase?(read: Reader, doc: D): Promise<Erasable | undefined>;
}

// biome-ignore lint/suspicious/noExplicitAny: a list of kinds holds every document and change
export type AnyKind = Kind<any, any>;

/** The kinds of a house by the name of their view. */
export type Kinds = ReadonlyMap<string, AnyKind>;

/** Ties the types of one kind together; adds nothing. */
export function kind<D extends ViewDoc, C extends AnyChange>(definition: Kind<D, C>): Kind<D, C> {
  return definition;
}

export type ChangeOf<K> = K extends Kind<infer _D, infer C> ? C : never;

/** The collection that holds a kind's documents. */
export function viewOf({ ref: { name }, indexes }: AnyKind): CollectionSpec {
  return { name, kind: 'view', indexes };
}

/** The bodies among these references. */
export function bodiesIn(...refs: (BodyRef | '' | undefined)[]): BodyRef[] {
  return refs.filter((ref): ref is BodyRef => Boolean(ref));
}
