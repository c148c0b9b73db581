// Puts the events of a streamed answer together to a message, as the stream helper of Anthropic's SDK does, and without a copy of
// the message for each event.
import { AnthropicError } from '@anthropic-ai/sdk';
import { partialParse } from '@anthropic-ai/sdk/_vendor/partial-json-parser/parser';
import type { Message, RawContentBlockDelta, RawMessageStreamEvent } from '@anthropic-ai/sdk/resources/messages';

export interface Accumulated {
  message: Message;
  /** False if the input of a call is no JSON object as it came. It is then completed, as far as that can be done. */
  inputsWhole: boolean;
}

export interface Accumulator {
  /** Throws if the event cannot come here, or does not have the shape of one. */
  add(event: RawMessageStreamEvent): void;
  /** Throws if the message has not come to its end. */
  end(): Accumulated;
}

export function accumulator(): Accumulator {
  let message: Message | undefined;
  let stopped = false;
  const inputs = new Map<number, string>();

  return {
    add(event) {
      if (event.type === 'message_start') {
        if (message)
          throw new AnthropicError('Unexpected event order, got message_start before receiving "message_stop"');
        message = event.message;
        return;
      }
      if (!message) return;
      switch (event.type) {
        case 'content_block_start':
          message.content.push({ ...event.content_block });
          return;
        case 'content_block_delta':
          if (event.delta.type === 'input_json_delta')
            inputs.set(event.index, (inputs.get(event.index) ?? '') + event.delta.partial_json);
          else extend(message.content.at(event.index), event.delta);
          return;
        case 'message_delta':
          close(message, event);
          return;
        case 'message_stop':
          stopped = true;
          return;
        case 'content_block_stop':
          return;
        default:
          event satisfies never;
      }
    },

    end() {
      if (!message || !stopped)
        throw new AnthropicError('stream ended without producing a Message with role=assistant');
      let inputsWhole = true;
      for (const [index, text] of inputs) {
        const block = message.content.at(index);
        if (block?.type !== 'tool_use' && block?.type !== 'server_tool_use') continue;
        const { value, whole } = inputOf(text);
        block.input = value;
        inputsWhole &&= whole;
      }
      return { message, inputsWhole };
    },
  };
}

/** A call without any input is one with an empty object. */
function inputOf(text: string): { value: unknown; whole: boolean } {
  if (!text) return { value: {}, whole: true };
  try {
    const value: unknown = JSON.parse(text);
    return { value, whole: typeof value === 'object' && value !== null && !Array.isArray(value) };
  } catch {
    return { value: partialParse(text), whole: false };
  }
}

function extend(
  block: Message['content'][number] | undefined,
  delta: Exclude<RawContentBlockDelta, { type: 'input_json_delta' }>,
): void {
  switch (delta.type) {
    case 'text_delta':
      if (block?.type === 'text') block.text = (block.text || '') + delta.text;
      return;
    case 'citations_delta':
      if (block?.type === 'text') block.citations = [...(block.citations ?? []), delta.citation];
      return;
    case 'thinking_delta':
      if (block?.type === 'thinking') block.thinking += delta.thinking;
      return;
    case 'signature_delta':
      if (block?.type === 'thinking') block.signature = delta.signature;
      return;
    default:
      delta satisfies never;
  }
}

/** The counters are of the whole message, and left out where they do not apply. */
function close(message: Message, { delta, usage }: Extract<RawMessageStreamEvent, { type: 'message_delta' }>): void {
  message.stop_reason = delta.stop_reason;
  message.stop_sequence = delta.stop_sequence;
  message.stop_details = delta.stop_details;
  message.usage.output_tokens = usage.output_tokens;
  message.usage.input_tokens = usage.input_tokens ?? message.usage.input_tokens;
  message.usage.cache_creation_input_tokens =
    usage.cache_creation_input_tokens ?? message.usage.cache_creation_input_tokens;
  message.usage.cache_read_input_tokens = usage.cache_read_input_tokens ?? message.usage.cache_read_input_tokens;
}
