// The part of an action that the engine knows: `load`, then `decide`. pods/action.ts adds the parts for the doors.
import type { z } from 'zod';
import type { Query, Where } from '../store/port.ts';
import type { BodyRef, Text } from './body.ts';
import type { AnyWish, Commit, Via } from './commit.ts';
import type { Label } from './labels/label.ts';
import type { ParticipantId } from './participant.ts';
import type { Origin } from './place.ts';
import type { AnyChange, Ref, Shown, ViewDoc } from './view.ts';

/**
 * `read` changes nothing. `write` changes the pod. `outside` reaches beyond the pod, as every change of the
 * organisation does.
 */
export type Effect = 'read' | 'write' | 'outside';

/** The reads that `load` may make. */
export interface Reader {
  get<D extends ViewDoc>(ref: Ref<D>, id: string): Promise<D | undefined>;
  find<D extends ViewDoc>(ref: Ref<D>, query: Query<D>): Promise<D[]>;
  /** Counts the matching documents, `most` at most. */
  count<D extends ViewDoc>(ref: Ref<D>, where: Where<D>, most: number): Promise<number>;
  texts(ids: readonly (string | undefined)[]): Promise<Map<string, string>>;
  /** Like `texts`, but returns the label of each text too. */
  labelled(ids: readonly (string | undefined)[]): Promise<Map<string, Text>>;
  blob(pod: string, hash: string): Promise<Uint8Array | undefined>;
  commits(pod: string, from: number, to: number): Promise<Commit[]>;
  /** The number of the newest commit that the views hold; 0 before the first. */
  head(pod: string): Promise<number>;
  search(pod: string, text: string, limit: number): Promise<{ id: string; kind: string }[]>;
}

export interface BaseCtx {
  pod: string;
  actor: ParticipantId;
  onBehalfOf?: ParticipantId;
  /** Other people whose words the agent acts on. The agent may do only what each of them may do. */
  heard?: readonly ParticipantId[];
  via: Via;
  /** Now, in milliseconds since 1970. */
  at: number;
  key: string;
  origin?: Origin;
  /** The conversation that the actor speaks from. For an agent this is the conversation of its session. */
  conversation?: string;
  /** The pod of the agent's session. */
  home?: string;
  /** Returns the id of the nth new thing of this commit. A repeated act gives the same ids. */
  id(prefix: string, n?: number): string;
  /** True for an id that this act has made. No document has such an id yet. */
  isNew(id: string): boolean;
  /** Registers the id of another new document, which is derived from a new id. */
  alsoNew(id: string): void;
  /**
   * Stores a text as a body and returns its reference. Without a label the text counts as the actor's own. Changes and
   * results never contain the text itself (see body.ts).
   */
  text(text: string, label?: Label): BodyRef;
  /** Stores a file's content as a blob and returns its hash. */
  blob(content: Uint8Array): string;
}

export interface Decision<R, C extends AnyChange = AnyChange, W extends AnyWish = AnyWish> {
  changes: C[];
  deliveries?: W[];
  /** Stored with the commit. In place of a text it contains `said(ref)`, which is filled in for the caller. */
  result: R;
  /** The documents that the result of a read shows. A session that reads them holds them from then on. */
  shows?: Shown;
}

export interface BaseAction<I, V, R, X extends BaseCtx, C extends AnyChange, W extends AnyWish> {
  name: string;
  title: string;
  input: z.ZodType<I>;
  effect: Effect;
  /** True if only Skein's own code uses the action: it is neither a tool of a model nor a command. */
  internal?: true;
  load(read: Reader, input: I, ctx: X): Promise<V>;
  /** Pure. Returns the changes and the deliveries, or throws NotAllowed, NotFound, Conflict or InvalidInput. */
  decide(view: V, input: I, ctx: X): Decision<R, C, W>;
}
