// Runs the planner as a session would: answers its tool calls from a table until it gives its answer.

import { plan } from '../../../src/practice/model/planner/plan.ts';
import type { Block, Message, MessagesRequest, ToolUse } from '../../../src/practice/model/wire.ts';

export const allTools =
  'create_task update_task assign_task start_task complete_task reopen_task drop_task list_tasks list_waiting set_involvement read_conversation post_message start_conversation put_file read_file list_files ask wait_for record_decision record_learning search_pod pod_history read_pod list_pods add_member use_tool'.split(
    ' ',
  );

export function aTask(overrides: Record<string, unknown> = {}) {
  return {
    id: 't_1',
    number: 4,
    title: 'Order boxes',
    state: 'open',
    assignee: 'person:ben',
    assigneeName: 'Ben Okafor',
    ...overrides,
  };
}

export function message(text: string, from = 'Ada Lindqvist', at = '2026-11-21 10:32'): Block {
  return { type: 'text', text: `<message from="${from}" id="m_1" at="${at}">${text}</message>` };
}

export const opening: Block = {
  type: 'text',
  text: '<context pod="Launch" today="2026-11-21" timezone="Europe/Berlin"><member name="Ben Okafor" role="member"/></context>',
};

export function aRequest(overrides: Partial<MessagesRequest> = {}): MessagesRequest {
  return {
    model: 'stand-in',
    max_tokens: 4000,
    system: [{ type: 'text', text: 'You are Scribe.' }],
    tools: allTools.map((name) => ({ name, input_schema: { type: 'object' } })),
    messages: [{ role: 'user', content: [opening, message('Hello')] }],
    ...overrides,
  };
}

export type Tools = Readonly<Record<string, unknown>>;

export interface Talked {
  calls: { name: string; input: unknown }[];
  answer: string;
  turns: number;
  messages: readonly Message[];
}

/** A missing tool answers `{}`, an Error becomes an is_error result, and a string is used unchanged. */
export function converse(text: string, tools: Tools = {}, overrides: Partial<MessagesRequest> = {}): Talked {
  const request = aRequest({ messages: [{ role: 'user', content: [opening, message(text)] }], ...overrides });
  const messages = [...request.messages];
  const calls: Talked['calls'] = [];
  for (let turns = 1; turns < 10; turns += 1) {
    const { content, stopReason } = plan({ ...request, messages });
    messages.push({ role: 'assistant', content: content as unknown as Block[] });
    const made = content.filter((block) => block.type === 'tool_use');
    calls.push(...made.map(({ name, input }) => ({ name, input })));
    if (stopReason !== 'tool_use') {
      return {
        calls,
        answer: content.map((block) => (block.type === 'text' ? block.text : '')).join(''),
        turns,
        messages,
      };
    }
    messages.push({ role: 'user', content: made.map((call) => resultOf(call, tools)) });
  }
  throw new Error('the planner never comes to an end');
}

function resultOf(call: ToolUse, tools: Tools): Block {
  const name = call.name === 'use_tool' ? String(call.input.tool) : call.name;
  const result = tools[name] ?? {};
  const failed = result instanceof Error;
  const content = failed ? result.message : typeof result === 'string' ? result : JSON.stringify(result);
  return { type: 'tool_result', tool_use_id: call.id, content, ...(failed && { is_error: true }) };
}
