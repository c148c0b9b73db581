// One Tool: whatever a model can call, be it an action, a tool of an MCP server, or what brings a skill.
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

/** A tool as it is declared. */
export interface ToolSpec {
  name: string;
  title: string;
  description: string;
  inputSchema: unknown;
  effect: Effect;
  /** Its input leaves the organisation; undefined where nobody says. */
  egress: boolean | undefined;
  policy: Policy;
  /** Who may see what it returns; absent: whoever reads the pod. */
  audience?: Audience;
  /** Of what it returns: a value of an action carries marks of its own. */
  trust: Trust;
  /** Where an input would go, beyond the pod and the organisation. */
  destinations(input: unknown): readonly string[];
}

export interface Tool extends ToolSpec {
  /** What is wrong with an input, before anything is asked or done; undefined where it fits, or where running it tells. */
  faultIn(input: unknown): string | undefined;
  /** Passes the gate and runs, once for a key. @throws UserFacingError, also with the gate's refusal; Retryable when the store is away */
  run(input: unknown, key: string): Promise<Ran>;
}

/** What came of a call. */
export type Ran =
  /** A result of an action, with where its texts are from, and the pods whose words it holds. */
  | { kind: 'value'; value: unknown; labels: readonly LabelledSlot[]; pods: readonly string[] }
  | { kind: 'text'; result: TextResult };

export interface TextResult {
  ok: boolean;
  text: string;
  /** `outside` as soon as a word in `text` comes from a server that is not trusted. */
  trust: Trust;
  server?: string;
  tool?: string;
  /** A skill whose instructions are in `text`. */
  loaded?: { name: string; version: string };
}

/** The session that calls a tool: the parts of it that tools use. */
export interface ToolCaller {
  pod: string;
  conversation: string;
  agent: AgentId;
  /** Whose words the agent acts on, the newest last. */
  heard: readonly PersonId[];
  /** It has taken in text from outside. */
  outside: boolean;
  /** It lives in a person's own pod: its reads may go to that person's other pods. */
  direct: boolean;
  /** The names in the agent's manifest. */
  tools: readonly string[];
  /** Skills loaded in this epoch: what they allow counts beside the manifest. */
  loaded: readonly { name: string; version: string }[];
  /** What the gate is told. */
  facts(call?: ToolCall): CallFacts;
  signal: AbortSignal;
}

/** What an agent may use now. */
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

/** What came of calls of outside tools, kept until the turn that holds it stands. */
export interface Outcomes {
  get(key: string): Promise<TextResult | undefined>;
  keep(key: string, caller: ToolCaller, result: TextResult): Promise<void>;
}

export type Found = { kind: 'tool'; tool: Tool } | { kind: 'refused'; text: string; trust: Trust };

/** Where tools come from. */
export interface ToolSource {
  /** Whether its tools are called by their own name or through the one frozen tool. */
  through: 'name' | 'use_tool';
  /** Undefined: the name is of another source, or of none. */
  find(deps: ToolDeps, caller: ToolCaller, kit: Kit, name: string): Promise<Found | undefined>;
}

/** A call as the gate judges it. */
export function callOf(spec: ToolSpec, input: unknown): ToolCall {
  const { name, effect, egress, policy, audience } = spec;
  return {
    ...{ tool: name, input, effect, egress, policy },
    // Where its manifest says nothing, what names an address is taken to send something there.
    carries: egress ?? addressesIn(input, { hosts: false }).length > 0,
    destinations: spec.destinations(input),
    ...(audience ? { audience } : {}),
  };
}

export function refused(text: string, trust: Trust = 'member'): Extract<Found, { kind: 'refused' }> {
  return { kind: 'refused', text, trust };
}
