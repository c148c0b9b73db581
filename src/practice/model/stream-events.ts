// Converts an answer to the server-sent events of a stream, in the order in which the API sends them.

import type { Answer, AnswerBlock } from './wire.ts';

export type StreamEvent = { type: string } & Record<string, unknown>;

/** The characters of one delta, about as many as the API sends. */
const deltaLength = 24;

export function streamEvents(answer: Answer): StreamEvent[] {
  const { stop_reason, stop_sequence, stop_details, usage } = answer;
  const begun = {
    ...answer,
    content: [],
    stop_reason: null,
    stop_details: null,
    usage: { ...usage, output_tokens: 1 },
  };
  return [
    { type: 'message_start', message: begun },
    { type: 'ping' },
    ...answer.content.flatMap(blockEvents),
    {
      type: 'message_delta',
      delta: { stop_reason, stop_sequence, stop_details },
      usage: { output_tokens: usage.output_tokens },
    },
    { type: 'message_stop' },
  ];
}

export function eventText(event: StreamEvent): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

function blockEvents(block: AnswerBlock, index: number): StreamEvent[] {
  if (block.type !== 'text' && block.type !== 'tool_use')
    return [
      { type: 'content_block_start', index, content_block: block },
      { type: 'content_block_stop', index },
    ];
  const isText = block.type === 'text';
  const deltas = isText
    ? pieces(block.text).map((text) => ({ type: 'text_delta', text }))
    : pieces(JSON.stringify(block.input)).map((partial_json) => ({ type: 'input_json_delta', partial_json }));
  return [
    {
      type: 'content_block_start',
      index,
      content_block: isText ? { type: 'text', text: '' } : { ...block, input: {} },
    },
    ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
    { type: 'content_block_stop', index },
  ];
}

/** Splits a text by code points, so that no surrogate pair is split. */
function pieces(text: string): string[] {
  const points = [...text];
  const count = Math.ceil(points.length / deltaLength);
  return Array.from({ length: count }, (_, n) => points.slice(n * deltaLength, (n + 1) * deltaLength).join(''));
}
