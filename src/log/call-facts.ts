// Facts about a call that only the caller knows. The engine passes them to the gate without reading them.
import type { Effect } from './action.ts';

/** `ask`: a person has to approve each call. */
export type Policy = 'allow' | 'ask' | 'deny';

/** The people who may see the results of a tool. */
export type Audience = { kind: 'everyone' } | { kind: 'pods'; pods: string[] } | { kind: 'people'; people: string[] };

/** A call of a tool that is not an action: the policy of its manifest, and the destinations of its input. */
export interface ToolCall {
  /** The name by which the model calls the tool: `mcp:crm/find`. */
  tool: string;
  input: unknown;
  effect: Effect;
  /** The value in the manifest; undefined if the manifest does not say. */
  egress: boolean | undefined;
  /** True if the input leaves the organisation. */
  carries: boolean;
  /** The addresses found in the input. */
  destinations: readonly string[];
  policy: Policy;
  /** Absent: the readers of the pod. */
  audience?: Audience;
}

export interface CallFacts {
  /** The conversation of the calling session. */
  from: { pod: string; conversation: string };
  /** The number of the commit that woke the run. Absent if the call comes from no run. */
  woken?: number;
  /** Other pods whose texts the session has read. */
  sources(): Promise<readonly string[]>;
  /** True once a person has stopped the run. */
  stopped(): boolean;
  /** True if a call of the run was refused because the agent may not do it, so that it needs people. */
  refused?(): boolean;
  /** The act in the log of the organisation that the call asks to be permitted. */
  inOrg?: { action: string; input: unknown };
  /** Absent if the call is an action. */
  call?: ToolCall;
  /** The documents that the calling session holds. Absent if the call comes from no run. */
  held?: {
    /** The number of the commit as of which the session knows the document's text. Undefined if it has not seen it. */
    seqOf(kind: string, id: string): number | undefined;
    /** True for a commit of the session itself. */
    isOwn(commit: { key: string }): boolean;
  };
}
