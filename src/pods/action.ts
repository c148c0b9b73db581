// The definition of an action. Every door offers the actions by these definitions.
import type { Decision as AnyDecision, BaseAction, BaseCtx } from '../log/action.ts';
import type { ToolCall } from '../log/call-facts.ts';
import type { Named } from '../log/participant.ts';
import type { ViewDoc } from '../log/view.ts';
import type { DeliveryWish } from './deliveries.ts';
import type { Change } from './kinds.ts';
import type { Role } from './members/member.ts';
import type { PodDoc } from './pod/pod.ts';

/** The actor's role in the pod. `none`: the actor is not in the pod. */
export type ActorRole = Role | 'none' | 'skein';

export interface Ctx extends BaseCtx {
  role: ActorRole;
  /** The person whose rights limit the agent's own. */
  narrowedBy?: Named;
  /** Absent in an act on the `org` log, and before the pod's first commit. */
  podDoc?: PodDoc;
  /** The call of a tool that is not an action, if the act is about one. */
  call?: ToolCall;
}

export type Decision<R> = AnyDecision<R, Change, DeliveryWish>;

export interface Action<I = unknown, V = unknown, R = unknown> extends BaseAction<I, V, R, Ctx, Change, DeliveryWish> {
  /** One or two sentences for people and models: what the action does and what it returns. */
  description: string;
  /** Set if the action works on the `org` log, not on the log of a pod. */
  org?: true;
  /** Set if the action affects only the person for whom it is done, such as a change of their own settings. */
  own?: true;
  /** Set if the action is about the run of the agent that calls it, so that it belongs to the run's own pod. */
  ofRun?: true;
  /**
   * The least role that may use the action, or a check that returns the reason for a refusal. Absent: every member may.
   */
  allow?: 'anyone' | Role | ((view: V, input: I, ctx: Ctx) => true | string);
  /**
   * Returns the document whose text the call replaces, if it replaces one. An agent may do so only in a session that has
   * read the newest text.
   */
  replaces?(view: V, input: I): { on: string; doc: ViewDoc } | undefined;
  /**
   * Returns the text that agents work by and that the call replaces, the new one, and the fields of the input that they are made
   * of. An agent’s call is a draft until a person says yes to the difference.
   */
  drafts?(view: V, input: I): { fields: readonly string[]; before: string; after: string } | undefined;
}

/** Returns its argument. It exists for type inference. */
export function action<I, V, R>(definition: Action<I, V, R>): Action<I, V, R> {
  return definition;
}

// biome-ignore lint/suspicious/noExplicitAny: a list of actions holds every input and view type
export type AnyAction = Action<any, any, any>;
