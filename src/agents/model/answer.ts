// Parses a model's answer. The content stays as it came, except for blocks that the API would refuse in the next request.

import * as z from 'zod';
import { acceptedBlocks } from '../sessions/sendable.ts';
import { ModelUnavailable } from './errors.ts';
import type { ModelTurn } from './model.ts';

type Block = { type: string } & Record<string, unknown>;

const block = z.custom<Block>((value) => !faultOf(value), { error: ({ input }) => faultOf(input) });

const answer = z.looseObject({
  content: z.array(block),
  stop_reason: z.string().min(1),
  stop_details: z.looseObject({ explanation: z.string().nullish() }).nullish(),
  usage: z.looseObject({
    input_tokens: z.number(),
    output_tokens: z.number(),
    cache_read_input_tokens: z.number().nullish(),
    cache_creation_input_tokens: z.number().nullish(),
  }),
});

/** Returns the turn; throws if the answer is not valid. An input that is not whole would make another call, and is refused. */
export function readAnswer({ message, inputsWhole }: { message: unknown; inputsWhole: boolean }): ModelTurn {
  const parsed = answer.safeParse(message);
  if (!parsed.success) throw unreadable(firstIssue(parsed.error));
  const { content, stop_reason, stop_details, usage } = parsed.data;
  const calls = content.filter((each) => each.type === 'tool_use');
  if (stop_reason === 'tool_use') {
    if (calls.length === 0) throw unreadable('it wants a tool but calls none');
    if (!calls.every((call) => isObject(call.input))) throw unreadable('the input of a tool call is not an object');
    if (!inputsWhole) throw unreadable('the input of a tool call is not a JSON object');
  }
  if (new Set(calls.map((call) => call.id)).size < calls.length) throw unreadable('two tool calls have the same id');
  return {
    content: JSON.stringify(acceptedBlocks(content)),
    stopReason: /^\w{1,60}$/.test(stop_reason) ? stop_reason : 'unknown',
    usage: {
      input: usage.input_tokens,
      output: usage.output_tokens,
      cacheRead: usage.cache_read_input_tokens ?? 0,
      cacheWrite: usage.cache_creation_input_tokens ?? 0,
    },
    ...(stop_reason === 'refusal' && stop_details?.explanation && { refusal: stop_details.explanation }),
  };
}

export function unreadable(what: string, options?: ErrorOptions): ModelUnavailable {
  return new ModelUnavailable('unreadable', `The model's answer could not be read: ${what}.`, undefined, options);
}

function faultOf(given: unknown): string | undefined {
  const value = isObject(given) ? (given as Record<string, unknown>) : {};
  switch (value.type) {
    case 'text':
      return typeof value.text === 'string' ? undefined : 'a text block has no text';
    case 'thinking':
    case 'redacted_thinking':
      // The API would refuse this block in the next request.
      return undefined;
    case 'tool_use':
      if (typeof value.id !== 'string' || !value.id) return 'a tool call has no id';
      return typeof value.name === 'string' && value.name ? undefined : 'a tool call has no name';
    default:
      return typeof value.type === 'string' && value.type ? undefined : 'a block has no type';
  }
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  const path = issue?.path.join('.');
  return path ? `${path}: ${issue?.message}` : (issue?.message ?? 'it is not a message');
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
