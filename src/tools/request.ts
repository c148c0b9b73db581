// Builds the request to `act` for a tool call of a session.
import type { ActRequest } from '../log/act.ts';
import type { ToolCall } from '../log/call-facts.ts';
import { outside } from '../log/labels/label.ts';
import { askersOf } from '../pods/members/askers.ts';
import type { ToolCaller } from './tool.ts';

export function requestOf(
  caller: ToolCaller,
  asked: Pick<ActRequest, 'pod' | 'action' | 'input' | 'key'>,
  call?: ToolCall,
): ActRequest {
  const { pod, conversation, agent, heard, outside: tied, ears } = caller;
  return {
    ...asked,
    actor: agent,
    ...askersOf(heard),
    ...(tied ? { label: outside({ kind: 'agent', agent }) } : {}),
    via: 'model',
    home: pod,
    ...(asked.pod === pod ? { conversation, ...(ears ? { ears } : {}) } : {}),
    facts: caller.facts(call),
  };
}
