// What an action is: one definition from which every door is made.
import type { Decision as AnyDecision, BaseAction, BaseCtx } from '../log/action.ts';
import type { ToolCall } from '../log/call-facts.ts';
import type { Named } from '../log/participant.ts';
import type { DeliveryWish } from './deliveries.ts';
import type { Change } from './kinds.ts';
import type { Role } from './members/member.ts';
import type { PodDoc } from './pod/pod.ts';

/** What the actor is in the pod; `none` is somebody who is not in it. */
export type ActorRole = Role | 'none' | 'skein';

export interface Ctx extends BaseCtx {
  role: ActorRole;
  /** Whose rights an agent has here, where they are less than its own. */
  narrowedBy?: Named;
  /** Absent for the `org` log, and before a pod's first commit. */
  podDoc?: PodDoc;
  /** The call of a tool that is no action. */
  call?: ToolCall;
}

export type Decision<R> = AnyDecision<R, Change, DeliveryWish>;

export interface Action<I = unknown, V = unknown, R = unknown> extends BaseAction<I, V, R, Ctx, Change, DeliveryWish> {
  /** For people and models alike: what it does and what comes back, in a sentence or two. */
  description: string;
  /** Lives on the `org` log instead of a pod's. */
  org?: true;
  /** Concerns nobody but the person it is done for, as their own settings do: it reaches nobody else. */
  own?: true;
  /** Who may: a role and all above it; a text is the refusal's reason. Absent: every member. */
  allow?: 'anyone' | Role | ((view: V, input: I, ctx: Ctx) => true | string);
}

/** Ties the types of one action together; adds nothing. */
export function action<I, V, R>(definition: Action<I, V, R>): Action<I, V, R> {
  return definition;
}

// biome-ignore lint/suspicious/noExplicitAny: a list of actions holds every input and view type
export type AnyAction = Action<any, any, any>;
