// Facts about a call that only the caller knows. The engine passes them to the gate without reading them.
import type { Effect } from './action.ts';

/** `ask`: a person has to approve each call. */
export type Policy = 'allow' | 'ask' | 'deny';

/** The people who may see what a source returns. */
export type Audience = { kind: 'everyone' } | { kind: 'pods'; pods: string[] } | { kind: 'people'; people: string[] };

/** A call of a tool that is not an action: its manifest's policy, and where its input would go. */
export interface ToolCall {
  /** The name that the model uses: `mcp:crm/find`. */
  tool: string;
  input: unknown;
  effect: Effect;
  /** As the manifest declares it; undefined if it does not. */
  egress: boolean | undefined;
  /** True if the input leaves the organisation. */
  carries: boolean;
  /** Addresses found in the input. */
  destinations: readonly string[];
  policy: Policy;
  /** Absent: the readers of the pod. */
  audience?: Audience;
}

export interface CallFacts {
  /** The conversation of the calling session. */
  from: { pod: string; conversation: string };
  /** The number of the commit that woke the run. Absent where no run calls. */
  woken?: number;
  /** Other pods whose texts the session has read. */
  sources(): Promise<readonly string[]>;
  /** True once a person has stopped the run. */
  stopped(): boolean;
  /** Absent if the call is an action. */
  call?: ToolCall;
}
