// What an action is: one definition from which every door is made.
import type { z } from 'zod';
import type { Role } from '../pods/members/member.ts';
import type { PodDoc } from '../pods/pod/pod.ts';
import type { Change, ViewName, Views } from '../pods/views.ts';
import type { Query } from '../store/port.ts';
import type { BodyRef } from './body.ts';
import type { Commit, DeliveryWish, Via } from './commit.ts';
import type { Named, ParticipantId } from './participant.ts';
import type { Origin } from './place.ts';

/** `read` changes nothing; `write` changes the pod; `outside` reaches beyond it, as every change of the organisation does. */
export type Effect = 'read' | 'write' | 'outside';

/** What `load` may ask of the store. */
export interface Reader {
  get<N extends ViewName>(view: N, id: string): Promise<Views[N] | undefined>;
  find<N extends ViewName>(view: N, query: Query<Views[N]>): Promise<Views[N][]>;
  texts(ids: readonly (string | undefined)[]): Promise<Map<string, string>>;
  blob(pod: string, hash: string): Promise<Uint8Array | undefined>;
  commits(pod: string, from: number, to: number): Promise<Commit[]>;
  /** The number of the newest commit that the views hold; 0 before the first. */
  head(pod: string): Promise<number>;
  search(pod: string, text: string, limit: number): Promise<{ id: string; kind: string }[]>;
}

/** What the actor is in the pod; `none` is somebody who is not in it. */
export type Standing = Role | 'none' | 'skein';

export interface Ctx {
  pod: string;
  actor: ParticipantId;
  onBehalfOf?: ParticipantId;
  /** Others whose words an agent acts on: what it does, each of them may do. */
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
  standing: Standing;
  /** Whose rights an agent has here, where they are less than its own. */
  narrowedBy?: Named;
  /** Absent for the `org` log, and before a pod's first commit. */
  podDoc?: PodDoc;
  /** The id of the nth new thing of this commit: a repeat makes the same. */
  id(prefix: string, n?: number): string;
  /** Keeps a text beside the log; what comes back is its reference. Words stand nowhere else (see body.ts). */
  text(text: string): BodyRef;
  /** Keeps a content as a blob; what comes back is its hash. */
  blob(content: Uint8Array): string;
}

export interface Decision<R> {
  changes: Change[];
  deliveries?: DeliveryWish[];
  /** Kept with the commit: where words belong it says `said(ref)`, and whoever asked sees them. */
  result: R;
}

export interface Action<I = unknown, V = unknown, R = unknown> {
  name: string;
  title: string;
  /** For people and models alike: what it does and what comes back, in a sentence or two. */
  description: string;
  input: z.ZodType<I>;
  effect: Effect;
  /** Lives on the `org` log instead of a pod's. */
  org?: true;
  /** Concerns nobody but the person it is done for, as their own settings do: it reaches nobody else. */
  own?: true;
  /** Only Skein's own doors use it: never a model tool or a command. */
  internal?: true;
  /** Who may: a role and all above it; a text is the refusal's reason. Absent: every member. */
  allow?: 'anyone' | Role | ((view: V, input: I, ctx: Ctx) => true | string);
  load(read: Reader, input: I, ctx: Ctx): Promise<V>;
  /** Pure: reads the view, says what changes and what must happen outside, or throws one of the four told errors. */
  decide(view: V, input: I, ctx: Ctx): Decision<R>;
}

/** Ties the types of one action together; adds nothing. */
export function action<I, V, R>(definition: Action<I, V, R>): Action<I, V, R> {
  return definition;
}

// biome-ignore lint/suspicious/noExplicitAny: a list of actions holds every input and view type
export type AnyAction = Action<any, any, any>;
