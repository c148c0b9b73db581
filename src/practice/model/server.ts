// The stand-in model: a Messages API server on loopback that answers by rules, for use without an API key.

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { answerTo } from './answer.ts';
import { ApiError, errorBody, invalidRequest } from './api-error.ts';
import { checkRequest } from './check/request.ts';
import { type Faults, type PlannedFault, plannedFaults } from './faults.ts';
import { modelList, modelNamed } from './models.ts';
import { plan as planByRules } from './planner/plan.ts';
import { countTokens, type PromptCache, promptCache } from './prompt-cache.ts';
import { sendAnswer } from './send-answer.ts';
import type { MessagesRequest, Plan } from './wire.ts';

export interface StandInModelOptions {
  /** The port. Absent: any free port. */
  port?: number;
  /** How long the server waits before it answers, in milliseconds. */
  thinkMs?: number;
  /** Returns the time for the prompt cache, in milliseconds. */
  now?: () => number;
  /** Decides each turn. Default: the rules of the planner. */
  plan?: (request: MessagesRequest) => Plan;
}

export interface RecordedRequest {
  path: string;
  /** The request's body as the server received it, byte for byte. */
  text: string;
}

export interface StandInModel {
  url: string;
  /** The newest requests, the oldest of them first. */
  requests: readonly RecordedRequest[];
  faults: Faults;
  stop(): Promise<void>;
}

interface Room {
  requests: RecordedRequest[];
  faults: Faults;
  cache: PromptCache;
  thinkMs: number;
  plan: (request: MessagesRequest) => Plan;
}

const mostRequests = 100;
/** The largest body. It is the API's own limit. */
const mostBytes = 32 * 1024 * 1024;

export async function startStandInModel(options: StandInModelOptions = {}): Promise<StandInModel> {
  const { port = 0, thinkMs = 0, now = Date.now, plan = planByRules } = options;
  const room: Room = { requests: [], faults: plannedFaults(), cache: promptCache(now), thinkMs, plan };
  const server = createServer((request, response) => void serve(room, request, response));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: room.requests,
    faults: room.faults,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function serve(room: Room, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const requestId = `req_${randomBytes(12).toString('hex')}`;
  response.setHeader('request-id', requestId);
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  try {
    await route(room, request, response, gone.signal);
  } catch (error) {
    if (gone.signal.aborted) return;
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const refused =
      error instanceof ApiError ? error : new ApiError(500, 'api_error', `The stand-in model failed: ${error}`);
    response.writeHead(refused.status, { 'content-type': 'application/json', ...refused.headers });
    response.end(errorBody(refused, requestId));
  }
}

async function route(room: Room, request: IncomingMessage, response: ServerResponse, gone: AbortSignal): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://stand-in');
  const { authorization, 'x-api-key': key, 'anthropic-version': version } = request.headers;
  if (!authorization?.startsWith('Bearer ') && !key)
    throw new ApiError(401, 'authentication_error', 'x-api-key header is required');
  if (!version) throw invalidRequest('anthropic-version: header is required');
  const model = /^\/v1\/models\/([^/]+)$/.exec(pathname)?.[1];
  switch (`${request.method} ${model ? '/v1/models/:id' : pathname}`) {
    case 'POST /v1/messages':
      return answer(room, await bodyOf(room, request, pathname), response, gone);
    case 'POST /v1/messages/count_tokens': {
      const counted = checkRequest(await bodyOf(room, request, pathname), 'count');
      return sendJson(response, { input_tokens: countTokens(counted) });
    }
    case 'GET /v1/models':
      return sendJson(response, modelList());
    case 'GET /v1/models/:id':
      return sendJson(response, modelNamed(decodeURIComponent(model ?? '')));
    default:
      throw new ApiError(404, 'not_found_error', 'Not found');
  }
}

async function answer(room: Room, body: unknown, response: ServerResponse, gone: AbortSignal): Promise<void> {
  const request = checkRequest(body);
  const planned = room.faults.take();
  if (room.thinkMs > 0) await wait(room.thinkMs, undefined, { signal: gone });
  const fault = planned?.fault;
  switch (fault) {
    case 'rate_limited':
    case 'overloaded':
    case 'failing':
      throw refusal(fault, planned);
    case 'stall_before_headers':
      return;
    case 'stall_mid_stream':
    case 'cut':
    case 'nonsense':
      return sendAnswer(response, answerTo(request, room), request.stream === true, fault);
    default:
      return sendAnswer(response, answerTo(request, room, fault), request.stream === true);
  }
}

function refusal(fault: 'rate_limited' | 'overloaded' | 'failing', planned: PlannedFault | undefined): ApiError {
  const again = { 'retry-after': String(planned?.retryAfter ?? 1) };
  if (fault === 'rate_limited')
    return new ApiError(429, 'rate_limit_error', 'Number of requests has exceeded your rate limit', again);
  if (fault === 'overloaded') return new ApiError(529, 'overloaded_error', 'Overloaded');
  return new ApiError(500, 'api_error', 'Internal server error');
}

async function bodyOf(room: Room, request: IncomingMessage, path: string): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > mostBytes) throw new ApiError(413, 'request_too_large', 'Request exceeds the maximum size');
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  room.requests.push({ path, text });
  if (room.requests.length > mostRequests) room.requests.shift();
  try {
    return JSON.parse(text);
  } catch {
    throw invalidRequest('The request body is not valid JSON.');
  }
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}
