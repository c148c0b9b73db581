// Applies the faults that change an answer: a call of an unknown tool, a refusal, or a truncated answer.

import type { AnswerFault } from './faults.ts';
import { callId } from './planner/plan.ts';
import type { AnswerBlock, MessagesRequest, Plan, ToolUse } from './wire.ts';

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
    case 'blank_beside_call':
      return { content: [blank, ...calls(request, 1, harmless, {}).content, blank], stopReason: 'tool_use' };
    case 'blank':
      return { content: [blank], stopReason: 'end_turn' };
    case 'empty':
      return { content: [], stopReason: 'end_turn' };
    case 'thought_alone':
      return { content: [thought], stopReason: 'max_tokens' };
    case 'half_character':
      return {
        content: [
          { type: 'text', text: `half \ud83d` },
          ...calls(request, 1, harmless, { '\udc4d': ['\ud83d'] }).content,
        ],
        stopReason: 'tool_use',
      };
    case 'half_call':
      return { ...calls(request, 1, first, { title: 'Half' }), stopReason: 'max_tokens' };
    case 'refused_call':
      return {
        ...calls(request, 1, first, {}),
        stopReason: 'refusal',
        refusal: 'The stand-in model was told to refuse.',
      };
    case 'odd_block':
      return { content: [thought, { type: 'of_tomorrow', scent: 'rose' }, ...plan.content], stopReason: 'end_turn' };
    case 'odd_tool_name':
      return calls(request, 1, 'functions.create task', {});
    case 'odd_stop':
      return { content: [{ type: 'text', text: 'So far' }], stopReason: 'bored' };
    case 'pause':
      return { content: [thought, { type: 'text', text: 'Let me see.' }], stopReason: 'pause_turn' };
    case 'context_full':
      return { content: [{ type: 'text', text: 'So far' }], stopReason: 'model_context_window_exceeded' };
  }
}

const blank = { type: 'text', text: '\n\n' } as const;
const thought = { type: 'thinking', thinking: 'Hm.', signature: 'c3RhbmQtaW4=' } as const;

/**
 * Truncates a plan as the API does. A text may end anywhere, and a tool call that does not fit loses a part of its
 * input.
 */
export function cutOff(plan: Plan, maxTokens: number): Plan {
  let left = maxTokens * 4;
  const content: AnswerBlock[] = [];
  for (const block of plan.content) {
    if (left <= 0) break;
    const length = block.type === 'text' ? block.text.length : JSON.stringify(block.input).length;
    if (length <= left) content.push(block);
    else if (block.type === 'text') content.push({ ...block, text: block.text.slice(0, left).toWellFormed() });
    else if (block.type === 'tool_use') content.push({ ...block, input: {} });
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
