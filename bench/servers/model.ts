// A Messages API server without delay: one scripted call per answer, then a final sentence. Uses the stand-in model's format.
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sendAnswer } from '../../src/practice/model/send-answer.ts';
import type { Answer, MessagesRequest } from '../../src/practice/model/wire.ts';
import { CALLS } from '../calls.ts';

const USAGE = {
  input_tokens: 10,
  output_tokens: 30,
  cache_read_input_tokens: 4000,
  cache_creation_input_tokens: 100,
  cache_creation: { ephemeral_5m_input_tokens: 100, ephemeral_1h_input_tokens: 0 },
};

let answers = 0;
const server = createServer(async (request, response) => {
  const asked = (await bodyOf(request)) as MessagesRequest;
  sendAnswer(response, nextAnswer(asked), asked.stream === true);
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
// Ends with the bench, also when that is killed.
process.once('disconnect', () => process.exit());
process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });

function nextAnswer({ model, messages }: MessagesRequest): Answer {
  const made = messages.filter(({ role }) => role === 'assistant').length;
  const call = CALLS[made];
  answers += 1;
  return {
    id: `msg_${answers}`,
    type: 'message',
    role: 'assistant',
    model,
    content: call
      ? [
          { type: 'text', text: 'I do the next step.' },
          { type: 'tool_use', id: `toolu_${answers}`, ...call },
        ]
      : [{ type: 'text', text: 'All ten steps are done.' }],
    stop_reason: call ? 'tool_use' : 'end_turn',
    stop_sequence: null,
    stop_details: null,
    usage: USAGE,
  };
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}
