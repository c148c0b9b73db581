// What an action is to the engine: what it loads, and how it decides. Doors are made from the fuller one in pods/action.ts.
import type { z } from 'zod';
import type { Query } from '../store/port.ts';
import type { BodyRef, Text } from './body.ts';
import type { AnyWish, Commit, Via } from './commit.ts';
import type { Label } from './labels/label.ts';
import type { ParticipantId } from './participant.ts';
import type { Origin } from './place.ts';
import type { AnyChange, Ref, ViewDoc } from './view.ts';

/** `read` changes nothing; `write` changes the pod; `outside` reaches beyond it, as every change of the organisation does. */
export type Effect = 'read' | 'write' | 'outside';

/** The reads that `load` may make. */
export interface Reader {
  get<D extends ViewDoc>(ref: Ref<D>, id: string): Promise<D | undefined>;
  find<D extends ViewDoc>(ref: Ref<D>, query: Query<D>): Promise<D[]>;
  texts(ids: readonly (string | undefined)[]): Promise<Map<string, string>>;
  /** As `texts`, each with where it came from. */
  labelled(ids: readonly (string | undefined)[]): Promise<Map<string, Text>>;
  blob(pod: string, hash: string): Promise<Uint8Array | undefined>;
  commits(pod: string, from: number, to: number): Promise<Commit[]>;
  /** The number of the newest commit that the views hold; 0 before the first. */
  head(pod: string): Promise<number>;
  search(pod: string, text: string, limit: number): Promise<{ id: string; kind: string }[]>;
}

/** The facts that the engine gives to every decision. */
export interface BaseCtx {
  pod: string;
  actor: ParticipantId;
  onBehalfOf?: ParticipantId;
  /** Other people whose words an agent acts on. The agent does only what each of them may do. */
  heard?: readonly ParticipantId[];
  via: Via;
  /** Now, in milliseconds since 1970. */
  at: number;
  key: string;
  origin?: Origin;
  /** The conversation the actor speaks from: a session's own. */
  conversation?: string;
  /** The pod of the agent's session. */
  home?: string;
  /** The id of the nth new thing of this commit: a repeat makes the same. */
  id(prefix: string, n?: number): string;
  /**
   * Keeps a text beside the log, with where it came from, unless it is the actor's own; what comes back is its reference.
   * Words stand nowhere else (see body.ts).
   */
  text(text: string, label?: Label): BodyRef;
  /** Keeps a content as a blob; what comes back is its hash. */
  blob(content: Uint8Array): string;
}

export interface Decision<R, C extends AnyChange = AnyChange, W extends AnyWish = AnyWish> {
  changes: C[];
  deliveries?: W[];
  /** Kept with the commit: where words belong it says `said(ref)`, and whoever asked sees them. */
  result: R;
}

export interface BaseAction<I, V, R, X extends BaseCtx, C extends AnyChange, W extends AnyWish> {
  name: string;
  title: string;
  input: z.ZodType<I>;
  effect: Effect;
  /** Only Skein's own doors use it: never a model tool or a command. */
  internal?: true;
  load(read: Reader, input: I, ctx: X): Promise<V>;
  /** Pure: reads the view, says what changes and what must happen outside, or throws one of the four told errors. */
  decide(view: V, input: I, ctx: X): Decision<R, C, W>;
}
