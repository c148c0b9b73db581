// The interface of a tool that a model can call: an action, a tool of an MCP server, `list` or `load_skill`.
import type { Act } from '../log/act.ts';
import type { Effect, Reader } from '../log/action.ts';
import type { LabelledSlot } from '../log/body.ts';
import type { Audience, CallFacts, Policy, ToolCall } from '../log/call-facts.ts';
import type { Trust } from '../log/labels/label.ts';
import type { AgentId, PersonId } from '../log/participant.ts';
import type { AnyAction } from '../pods/action.ts';
import type { LoadableSkill } from '../skills/load-skill.ts';
import { addressesIn } from './destinations.ts';
import type { ToolServer } from './manifest.ts';
import type { McpServers } from './mcp/client.ts';

/** The declared properties of a tool. */
export interface ToolSpec {
  name: string;
  title: string;
  description: string;
  inputSchema: unknown;
  effect: Effect;
  /** Whether its input leaves the organisation. Undefined: not declared. */
  egress: boolean | undefined;
  policy: Policy;
  /** The people who may see its result. Absent: the readers of the pod. */
  audience?: Audience;
  /** The trust of its result. Results of actions carry labels of their own. */
  trust: Trust;
  /** The addresses outside the organisation to which a call with this input would send something. */
  destinations(input: unknown): readonly string[];
}

export interface Tool extends ToolSpec {
  /** Validates an input. Undefined if it is valid, or if only `run` can tell. */
  faultIn(input: unknown): string | undefined;
  /** Passes the gate and runs; idempotent by `key`. @throws UserFacingError, for the gate's refusal too; Retryable when the store is away */
  run(input: unknown, key: string): Promise<Ran>;
}

/** The outcome of a call. */
export type Ran =
  /** The result of an action, with the labels of its texts and the pods whose content it holds. */
  | { kind: 'value'; value: unknown; labels: readonly LabelledSlot[]; pods: readonly string[] }
  | { kind: 'text'; result: TextResult };

export interface TextResult {
  ok: boolean;
  text: string;
  /** `outside` if any part of `text` comes from an untrusted server. */
  trust: Trust;
  server?: string;
  tool?: string;
  /** A skill whose instructions are in `text`. */
  loaded?: { name: string; version: string };
}

/** The calling session, as far as tools need it. */
export interface ToolCaller {
  pod: string;
  conversation: string;
  agent: AgentId;
  /** The askers, the newest last. */
  heard: readonly PersonId[];
  /** It has taken in text from outside. */
  outside: boolean;
  /** It lives in a DM: its reads may go to the person's other pods. */
  direct: boolean;
  /** The names in the agent's manifest. */
  tools: readonly string[];
  /** The skills loaded in this epoch. The tools that they allow are added to those of the manifest. */
  loaded: readonly { name: string; version: string }[];
  /** The facts for the gate. */
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
  /** Enabled servers only. */
  servers: readonly ToolServer[];
  mcp: Pick<McpServers, 'tools' | 'call'>;
  kitOf(agent: AgentId): Promise<Kit>;
  outcomes: Outcomes;
}

/** Stores the outcomes of calls of outside tools until the turn with the result is saved. */
export interface Outcomes {
  get(key: string): Promise<TextResult | undefined>;
  keep(key: string, caller: ToolCaller, result: TextResult): Promise<void>;
}

export type Found = { kind: 'tool'; tool: Tool } | { kind: 'refused'; text: string; trust: Trust };

/** A source of tools. */
export interface ToolSource {
  /** Whether its tools are called by their own name or through `use_tool`. */
  through: 'name' | 'use_tool';
  /** Undefined if the name belongs to another source, or to none. */
  find(deps: ToolDeps, caller: ToolCaller, kit: Kit, name: string): Promise<Found | undefined>;
}

/** The facts of a call for the gate. */
export function callOf(spec: ToolSpec, input: unknown): ToolCall {
  const { name, effect, egress, policy, audience } = spec;
  return {
    ...{ tool: name, input, effect, egress, policy },
    // If the manifest says nothing, an input with an address counts as sent there.
    carries: egress ?? addressesIn(input, { hosts: false }).length > 0,
    destinations: spec.destinations(input),
    ...(audience ? { audience } : {}),
  };
}

export function refused(text: string, trust: Trust = 'member'): Extract<Found, { kind: 'refused' }> {
  return { kind: 'refused', text, trust };
}
