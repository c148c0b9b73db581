// The interface of a tool that a model can call: an action, a tool of an MCP server, `list` or `load_skill`.
import type { Act } from '../log/act.ts';
import type { Effect, Reader } from '../log/action.ts';
import type { LabelledSlot } from '../log/body.ts';
import type { Audience, CallFacts, Policy, ToolCall } from '../log/call-facts.ts';
import type { Ears } from '../log/ears.ts';
import type { Trust } from '../log/labels/label.ts';
import type { AgentId, PersonId } from '../log/participant.ts';
import type { Shown } from '../log/view.ts';
import type { AnyAction } from '../pods/action.ts';
import type { LoadableSkill } from '../skills/load-skill.ts';
import { addressesIn } from './destinations.ts';
import type { ToolServer } from './manifest.ts';
import type { McpServers } from './mcp/client.ts';

/** The declared properties of a tool. The gate decides by them. */
export interface ToolSpec {
  name: string;
  title: string;
  description: string;
  inputSchema: unknown;
  effect: Effect;
  /** True if its input leaves the organisation. Undefined: the manifest does not say. */
  egress: boolean | undefined;
  policy: Policy;
  /** The people who may see its result. Absent: the readers of the pod. */
  audience?: Audience;
  /** The trust of its result. In a result of an action each text has a label of its own. */
  trust: Trust;
  /** Returns the addresses outside the organisation to which a call with this input would send something. */
  destinations(input: unknown): readonly string[];
}

export interface Tool extends ToolSpec {
  /** Returns the fault of an input. Undefined if the input is valid, or if only `run` can check it. */
  faultIn(input: unknown): string | undefined;
  /**
   * Asks the gate and runs the call. A call that is repeated with the same `key` runs once. @throws UserFacingError,
   * also if the gate refuses; Retryable if the store cannot be reached
   */
  run(input: unknown, key: string): Promise<Ran>;
}

/** The outcome of a call. */
export type Ran =
  /**
   * The result of an action, with the labels of its texts, the pods whose content it holds, and the documents that it
   * shows or has changed. `applied`: the number of its commit, if that is of the caller's pod and was made just now.
   */
  | {
      kind: 'value';
      value: unknown;
      labels: readonly LabelledSlot[];
      pods: readonly string[];
      shows: Shown;
      applied?: number;
    }
  /** `pods`: the pods whose content the text holds. */
  | { kind: 'text'; result: TextResult; pods?: readonly string[] };

export interface TextResult {
  ok: boolean;
  text: string;
  /** `outside` if any part of `text` comes from an untrusted server. */
  trust: Trust;
  server?: string;
  tool?: string;
  /** A skill whose instructions are in `text`. */
  loaded?: { name: string; version: string };
  /** The documents that are in `text`. */
  shows?: Shown;
}

/** The part of the calling session that tools need. */
export interface ToolCaller {
  pod: string;
  conversation: string;
  agent: AgentId;
  /** The askers, the newest last. */
  heard: readonly PersonId[];
  /** True if the session has taken in text from outside. */
  outside: boolean;
  /** True if the session lives in a DM: its reads may go to the person's other pods. */
  direct: boolean;
  /** The names of the tools in the agent's manifest. */
  tools: readonly string[];
  /** The skills loaded in this epoch. The agent may use the tools that they allow, beside those of its manifest. */
  loaded: readonly { name: string; version: string }[];
  /** How far the run had heard its conversation when the model made the call. Absent if the call comes from no run. */
  ears?: Ears;
  /** Returns the facts by which the gate judges a call. */
  facts(call?: ToolCall): CallFacts;
  signal: AbortSignal;
}

/** The tools and skills that an agent may use now. */
export interface Kit {
  tools: readonly string[];
  skills: readonly LoadableSkill[];
}

export interface ToolDeps {
  act: Act;
  read: Reader;
  actions: ReadonlyMap<string, AnyAction>;
  /** The servers that are not disabled. */
  servers: readonly ToolServer[];
  mcp: Pick<McpServers, 'tools' | 'call'>;
  kitOf(agent: AgentId): Promise<Kit>;
  outcomes: Outcomes;
}

/** Stores the outcomes of calls of tools of servers, until the turn with the result is saved. */
export interface Outcomes {
  get(key: string): Promise<TextResult | undefined>;
  keep(key: string, caller: ToolCaller, result: TextResult): Promise<void>;
}

export type Found = { kind: 'tool'; tool: Tool } | { kind: 'refused'; text: string; trust: Trust };

/** A source of tools: actions, skills or MCP servers. */
export interface ToolSource {
  /** How a model calls its tools: by their own name, or through `use_tool`. */
  through: 'name' | 'use_tool';
  /** Returns the tool. Undefined if the name belongs to another source, or to none. */
  find(deps: ToolDeps, caller: ToolCaller, kit: Kit, name: string): Promise<Found | undefined>;
}

/** Returns the facts about a call by which the gate judges it. */
export function callOf(spec: ToolSpec, input: unknown): ToolCall {
  const { name, effect, egress, policy, audience } = spec;
  return {
    ...{ tool: name, input, effect, egress, policy },
    // If the manifest does not say it, an input that contains an address counts as sent to that address.
    carries: egress ?? addressesIn(input, { hosts: false }).length > 0,
    destinations: spec.destinations(input),
    ...(audience ? { audience } : {}),
  };
}

export function refused(text: string, trust: Trust = 'member'): Extract<Found, { kind: 'refused' }> {
  return { kind: 'refused', text, trust };
}
