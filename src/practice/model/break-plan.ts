// The faults that lie in the answer itself: a model that calls what is not there, refuses, or is cut off.

import type { AnswerFault } from './faults.ts';
import { callId } from './planner/plan.ts';
import type { MessagesRequest, Plan, TextBlock, ToolUse } from './wire.ts';

export function breakPlan(plan: Plan, fault: AnswerFault, request: MessagesRequest): Plan {
  const first = request.tools?.[0]?.name ?? 'no_such_tool';
  const harmless = request.tools?.find(({ name }) => /^(?:list|read|search)_/.test(name))?.name ?? first;
  switch (fault) {
    case 'unknown_tool':
      return calls(request, 1, 'no_such_tool', {});
    case 'bad_tool_input':
      return calls(request, 1, first, { no_such_field: [null, { '': -1 }] });
    case 'hundred_tool_calls':
      return calls(request, 100, harmless, {});
    case 'refusal':
      return { content: [], stopReason: 'refusal', refusal: 'The stand-in model was told to refuse this.' };
    case 'max_tokens':
      return cutOff(plan, 8);
  }
}

/** As the API does it: text ends anywhere, and of a tool call that does not fit a part of the input is lost. */
export function cutOff(plan: Plan, maxTokens: number): Plan {
  let left = maxTokens * 4;
  const content: (TextBlock | ToolUse)[] = [];
  for (const block of plan.content) {
    if (left <= 0) break;
    const length = block.type === 'text' ? block.text.length : JSON.stringify(block.input).length;
    if (length <= left) content.push(block);
    else content.push(block.type === 'text' ? { ...block, text: block.text.slice(0, left) } : { ...block, input: {} });
    left -= length;
  }
  return { content, stopReason: 'max_tokens' };
}

function calls(request: MessagesRequest, times: number, name: string, input: Record<string, unknown>): Plan {
  const content = Array.from(
    { length: times },
    (_, n): ToolUse => ({ type: 'tool_use', id: callId(request, n), name, input }),
  );
  return { content, stopReason: 'tool_use' };
}
