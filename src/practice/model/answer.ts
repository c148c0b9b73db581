// Makes the answer to a valid request: the planned content, truncated to `max_tokens`, with its usage.

import { randomBytes } from 'node:crypto';
import { breakPlan, cutOff } from './break-plan.ts';
import type { AnswerFault } from './faults.ts';
import type { PromptCache } from './prompt-cache.ts';
import type { Answer, MessagesRequest, Plan } from './wire.ts';

export function answerTo(
  request: MessagesRequest,
  { plan, cache }: { plan: (request: MessagesRequest) => Plan; cache: PromptCache },
  fault?: AnswerFault,
): Answer {
  const { content, stopReason, refusal } = decide(request, plan(request), fault);
  return {
    id: `msg_${randomBytes(12).toString('hex')}`,
    type: 'message',
    role: 'assistant',
    model: request.model,
    content,
    stop_reason: stopReason,
    stop_sequence: null,
    stop_details: refusal ? { type: 'refusal', category: null, explanation: refusal } : null,
    usage: { ...cache.use(request), output_tokens: outputTokens(content) },
  };
}

function decide(request: MessagesRequest, planned: Plan, fault: AnswerFault | undefined): Plan {
  if (fault) return breakPlan(planned, fault, request);
  return outputTokens(planned.content) > request.max_tokens ? cutOff(planned, request.max_tokens) : planned;
}

function outputTokens(content: Plan['content']): number {
  const characters = content.map((block) => (block.type === 'text' ? block.text : JSON.stringify(block)).length);
  return Math.ceil(characters.reduce((sum, each) => sum + each, 0) / 4);
}
