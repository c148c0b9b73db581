// Builders for the specs of rules: tool calls and acts with overrides.
import type { ToolCall } from '../../../../src/log/call-facts.ts';
import { outside as tied } from '../../../../src/log/labels/label.ts';
import type { Call } from '../../../../src/pods/decide.ts';
import { givenIn } from '../../../../src/tools/destinations.ts';

const TIED = tied({ kind: 'agent', agent: 'agent:scribe' });

export const aToolCall = (over: Partial<ToolCall> = {}): ToolCall => ({
  ...{ tool: 'mcp:crm/find', input: {}, effect: 'read', egress: undefined, carries: false, destinations: [] },
  policy: 'allow',
  ...over,
});

/** The parts of an act that a rule's `load` reads. */
export function aCall({
  call,
  stopped = false,
  sources = [],
  outside = false,
  definition = {},
}: {
  call?: ToolCall;
  stopped?: boolean;
  sources?: string[];
  outside?: boolean;
  definition?: Partial<Call['definition']>;
} = {}): Call {
  const facts = {
    from: { pod: 'p', conversation: 'c' },
    sources: async () => sources,
    stopped: () => stopped,
    ...(call ? { call } : {}),
  };
  const request = { pod: 'p', actor: 'agent:scribe', input: {}, facts, ...(outside ? { label: TIED } : {}) };
  const known = { name: 'create_task', title: 'Create a task', effect: 'write', ...definition };
  return { definition: known, request, ctx: { role: 'member' } } as unknown as Call;
}

/** A reader that throws: the rule must decide before it reads the store. */
export const unread = new Proxy({} as never, {
  get: (_, name) => () => Promise.reject(new Error(`${String(name)} was read`)),
});

export const given = (...texts: string[]) => givenIn(texts);
