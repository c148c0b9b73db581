// The definition of an action. Every door is made from it.
import type { Decision as AnyDecision, BaseAction, BaseCtx } from '../log/action.ts';
import type { ToolCall } from '../log/call-facts.ts';
import type { Named } from '../log/participant.ts';
import type { DeliveryWish } from './deliveries.ts';
import type { Change } from './kinds.ts';
import type { Role } from './members/member.ts';
import type { PodDoc } from './pod/pod.ts';

/** The actor's role in the pod. `none`: not in the pod. */
export type ActorRole = Role | 'none' | 'skein';

export interface Ctx extends BaseCtx {
  role: ActorRole;
  /** The person whose rights narrow the agent's own. */
  narrowedBy?: Named;
  /** Absent on the `org` log, and before the pod's first commit. */
  podDoc?: PodDoc;
  /** The call, if it is of a tool that is not an action. */
  call?: ToolCall;
}

export type Decision<R> = AnyDecision<R, Change, DeliveryWish>;

export interface Action<I = unknown, V = unknown, R = unknown> extends BaseAction<I, V, R, Ctx, Change, DeliveryWish> {
  /** One or two sentences for people and models: what it does and what it returns. */
  description: string;
  /** Runs on the `org` log, not on a pod's. */
  org?: true;
  /** Affects only the person it is done for, such as their own settings. */
  own?: true;
  /** The least role that may do it, or a check that returns the reason for a refusal. Absent: every member. */
  allow?: 'anyone' | Role | ((view: V, input: I, ctx: Ctx) => true | string);
}

/** Returns its argument; exists for type inference. */
export function action<I, V, R>(definition: Action<I, V, R>): Action<I, V, R> {
  return definition;
}

// biome-ignore lint/suspicious/noExplicitAny: a list of actions holds every input and view type
export type AnyAction = Action<any, any, any>;
