// Facts about an act that only its caller knows, for the gate. The engine hands them on unread.
import type { Effect } from './action.ts';

/** `ask`: a person approves each call. */
export type Policy = 'allow' | 'ask' | 'deny';

/** The readers of a source's text. */
export type Audience = { kind: 'everyone' } | { kind: 'pods'; pods: string[] } | { kind: 'people'; people: string[] };

/** A call of a tool that is no action: what its manifest says of it, and where this input would go. */
export interface ToolCall {
  /** As the model names it: `mcp:crm/find`. */
  tool: string;
  input: unknown;
  effect: Effect;
  /** As declared; undefined where the manifest says nothing. */
  egress: boolean | undefined;
  /** Its input leaves the organisation. */
  carries: boolean;
  /** The addresses in its input. */
  destinations: readonly string[];
  policy: Policy;
  /** Absent: whoever reads the pod. */
  audience?: Audience;
}

export interface CallFacts {
  /** The conversation of the session that calls. */
  from: { pod: string; conversation: string };
  /** Other pods whose words that session holds now. */
  sources(): Promise<readonly string[]>;
  /** A person has stopped the run. */
  stopped(): boolean;
  /** Absent: the call is of the action itself. */
  call?: ToolCall;
}
