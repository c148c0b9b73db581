// A small Messages API server for the tests of the model client, with an answer scripted by each test.

import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Call {
  body: string;
  headers: IncomingHttpHeaders;
  response: ServerResponse;
}

export interface TestServer {
  url: string;
  calls: Call[];
  close(): Promise<void>;
}

export async function serve(answer: (call: Call) => void): Promise<TestServer> {
  const calls: Call[] = [];
  const server = createServer(async (request, response) => {
    const call = { body: await textOf(request), headers: request.headers, response };
    calls.push(call);
    answer(call);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}

type Event = { type: string } & Record<string, unknown>;

export const usage = { input_tokens: 7, output_tokens: 1, cache_read_input_tokens: 5, cache_creation_input_tokens: 3 };

export function start(overrides: Record<string, unknown> = {}): Event {
  const message = {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'm',
    content: [],
    stop_reason: null,
    usage,
  };
  return { type: 'message_start', message: { ...message, ...overrides } };
}

export function block(index: number, content: Record<string, unknown>, ...deltas: Record<string, unknown>[]): Event[] {
  return [
    { type: 'content_block_start', index, content_block: content },
    ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
    { type: 'content_block_stop', index },
  ];
}

export function text(index: number, ...parts: string[]): Event[] {
  return block(index, { type: 'text', text: '' }, ...parts.map((part) => ({ type: 'text_delta', text: part })));
}

export function toolUse(index: number, json: string, overrides: Record<string, unknown> = {}): Event[] {
  const content = { type: 'tool_use', id: `toolu_${index}`, name: 'create_task', input: {}, ...overrides };
  return block(index, content, { type: 'input_json_delta', partial_json: json });
}

export function end(reason: string | null, details: Record<string, unknown> = {}): Event[] {
  return [
    {
      type: 'message_delta',
      delta: { stop_reason: reason, stop_sequence: null, ...details },
      usage: { output_tokens: 11 },
    },
    { type: 'message_stop' },
  ];
}

export function write(response: ServerResponse, events: readonly Event[]): void {
  if (!response.headersSent) response.writeHead(200, { 'content-type': 'text/event-stream', 'request-id': 'req_1' });
  response.write(events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join(''));
}

export function stream(...events: Event[]): (call: Call) => void {
  return ({ response }) => {
    write(response, events);
    response.end();
  };
}

export function refuse(
  status: number,
  type: string,
  message: string,
  headers: Record<string, string> = {},
  details?: object,
) {
  return ({ response }: Call): void => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify({ type: 'error', error: { type, message, ...(details && { details }) } }));
  };
}
