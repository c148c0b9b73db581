// The contract of a kind. Each kind is defined in one file, and the engine knows no kind by name.
import type { CollectionSpec, Index } from '../store/port.ts';
import type { Reader } from './action.ts';
import type { BodyRef } from './body.ts';
import type { InPod, Needed } from './needs/need.ts';
import type { AgentId, Named, ParticipantId, PersonId } from './participant.ts';
import type { AnyChange, Erased, Meta, Own, Ref, ViewDoc } from './view.ts';

/** How a document is indexed and shown by search. */
export interface Search<D> {
  /** The word for the kind in search results. */
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
  /** Empty if the document has no searchable text, for instance after an erasure. */
  bodies: BodyRef[];
}

/** The parts of a search result beside its text. */
export interface Shown {
  /** A text that is put before the document's words. */
  prefix?: string;
  from?: ParticipantId;
  conversation?: string;
  /** Returns the text to show, made from the bodies. Absent: all bodies, joined. */
  words?(texts: ReadonlyMap<string, string>): string;
}

/** The sentence about a change, in two parts: a verb and its object, such as “assigned” and “#3 “Order boxes” to Ben”. */
export type Phrase = readonly [verb: string, object: string];

/** The names and texts that the sentence about a change needs. Erased texts are absent. */
export interface Names {
  who: ReadonlyMap<ParticipantId, Named>;
  /** The texts, by the id of their body. */
  texts: ReadonlyMap<string, string>;
  /** Returns a document as it is now; undefined if it was erased. */
  doc<D extends ViewDoc>(ref: Ref<D>, id: string): D | undefined;
}

/** The part of the commit that the description of a change may use. */
export interface ChangeContext {
  pod: string;
  actor: ParticipantId;
}

/** The long text of a document, of which a difference can be shown. */
export type HeldText = { body: BodyRef } | { blob: string } | { text: string };

/** How a session that holds a document (has read, written or loaded it) is told how the document differs by now. */
export interface Holding<D> {
  /** Returns the word for the document, such as `task #3`. It contains no words that people chose. */
  noun(doc: D): string;
  /** Absent, or undefined: the sentences about the changes say everything. */
  text?(doc: D): HeldText | undefined;
  /** Returns facts as they are now, if the sentences about the changes do not name them. */
  facts?(doc: D): string;
}

/**
 * The entry that a change makes in the digest. If several changes have the same subject, the most important one is
 * shown.
 */
export interface DigestEntry {
  subject: string;
  weight: Weight;
  /** Other documents whose words stand in the sentence. */
  names?: readonly string[];
  /** Set if the subject moved, for instance to another state. Of several moves only the newest is shown. */
  move?: true;
  /** The conversation that the change belongs to. */
  conversation?: string;
  /** The participants whose work the subject is, such as a task's assignee. */
  of?: readonly (ParticipantId | undefined)[];
  /** The participants who want to know nothing of it. */
  notFor?: readonly ParticipantId[];
}

/** The weights of entries, the most important first. */
export type Weight =
  | 'decision'
  | 'done'
  | 'dropped'
  | 'overdue'
  | 'file'
  | 'assigned'
  | 'created'
  | 'moved'
  | 'learning'
  | 'pod';

/** A document that can be erased, and everything that contains its words. */
export interface Erasable {
  /** The word for the kind in sentences for people: “note”. */
  kind: string;
  id: string;
  /** Everybody who wrote any part or version of the document. */
  authors: ParticipantId[];
  /** When its first words arrived, in milliseconds since 1970, by the clock that also dates the transcripts. */
  since: number;
  /** The number of the commit that added the document. */
  posted?: number;
  erased?: Erased | undefined;
  changes(why: { reasonRef?: BodyRef }): AnyChange[];
  bodies: BodyRef[];
  /** Those of `bodies` whose quotes go too. Absent: all. */
  words?: BodyRef[];
  /** Those of `bodies` that name files which came with the document. */
  files?: BodyRef[];
  blobs: string[];
  /** The conversation to which the document belongs: agents that take part there have heard it. */
  conversation?: string | undefined;
  /** The conversation in which Skein posted the document. */
  postedIn?: string | undefined;
  /** Messages that Skein posted and that contain its words. They are erased with it. */
  lines?: readonly { message: string; conversation: string }[];
  /** Messages that stay and show something else now, for instance a question that is withdrawn. */
  updates?: readonly { message: string; conversation: string }[];
  /** Questions with posts that remind of them. These posts stay and show something else now. */
  reminders?: readonly { question: string; conversation: string }[];
  /** Versions of a file that Skein may have uploaded to a conversation, or to the direct message of a person. */
  uploads?: readonly ({ version: string } & (
    | { conversation: string; person?: never }
    | { person: PersonId; conversation?: never }
  ))[];
  /** The agents that wait for the document, and are woken because it is gone. */
  wakes?: readonly { agent: AgentId; conversation: string; because: string; ends?: true }[];
}

/** A change that agents at work have to hear. */
export interface WordIn {
  conversation: string;
  /** Says what was done, after the name of who did it: “erased a message”. It contains no words that people chose. */
  did: string;
  whoever?: true;
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
  /** Absent: the documents are not searchable. */
  readonly search?: Search<D>;
  /** Returns the body that holds the document's title. */
  title?(doc: D): BodyRef | '' | undefined;
  /** Returns the sentence about a change, for history and digest. Undefined if the change is only housekeeping. */
  describe?(change: C, names: Names, commit: ChangeContext): Phrase | undefined;
  /** The participants whose names `describe` needs. */
  whoIn?(change: C, pod: string): (ParticipantId | undefined)[];
  /** The documents of other kinds that `describe` needs. */
  docsIn?(change: C): { ref: Ref; id: string }[];
  entry?(change: C, names: Names): DigestEntry | undefined;
  /**
   * Returns the needs that a change raises, and those that it settles. Pure. The people in them come from the change or from
   * `before`, the document as it was; `before` is absent for a new document.
   */
  needs?(change: C, before: D | undefined, actor: ParticipantId, pod: InPod): readonly Needed[];
  /**
   * Returns the conversation in which agents at work have to hear of the change before their next effect. Pure. It counts
   * if a person made the change, or, with `whoever`, any other participant.
   */
  word?(change: C, before: D): WordIn | undefined;
  erase?(read: Reader, doc: D): Promise<Erasable | undefined>;
  /**
   * The end of documents by agents when a text that they were made from is erased. `passages`: the passages that quote
   * it are taken out, which the change `passage_erased` tells, and a document that does not quote it is offered to whoever
   * erased the text. `offer`: only that, for the kind takes passages out in its own way. Absent: neither.
   */
  readonly sourceErased?: 'passages' | 'offer';
  /** Absent: sessions do not hold such documents. */
  readonly held?: Holding<D>;
}

// biome-ignore lint/suspicious/noExplicitAny: a list of kinds holds every document and change
export type AnyKind = Kind<any, any>;

/** All kinds, by the names of their views. */
export type Kinds = ReadonlyMap<string, AnyKind>;

/** Returns its argument. It exists for type inference. */
export function kind<D extends ViewDoc, C extends AnyChange>(definition: Kind<D, C>): Kind<D, C> {
  return definition;
}

export type ChangeOf<K> = K extends Kind<infer _D, infer C> ? C : never;

export function viewOf({ ref: { name }, indexes }: AnyKind): CollectionSpec {
  return { name, kind: 'view', indexes };
}

/** Returns the references that are not empty. */
export function bodiesIn(...refs: (BodyRef | '' | undefined)[]): BodyRef[] {
  return refs.filter((ref): ref is BodyRef => Boolean(ref));
}
