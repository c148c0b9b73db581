// The adapter of the model port for the Messages API, through Anthropic's SDK: Claude, or any compatible server.

import Anthropic, { AnthropicError, APIUserAbortError } from '@anthropic-ai/sdk';
import type { RawMessageStreamEvent } from '@anthropic-ai/sdk/resources/messages';
import type { Stream } from '@anthropic-ai/sdk/streaming';
import { InvalidInput } from '../../errors.ts';
import { type Accumulator, accumulator } from './accumulate.ts';
import { readAnswer } from './answer.ts';
import { messagesBody } from './body.ts';
import { ModelStopped, ModelUnavailable } from './errors.ts';
import { requestFetch } from './fetch.ts';
import type { Model, ModelRequest, ModelTurn } from './model.ts';
import { translateModelError } from './translate-error.ts';
import { startWatchdog, type Timers, watchBody } from './watchdog.ts';

export interface AnthropicModelOptions {
  apiKey: string;
  /** Without `/v1`. Absent: the address of Anthropic's own API. */
  baseUrl?: string | undefined;
  /** For how long the service may be silent, in milliseconds. It applies before the first byte too. */
  idleMs?: number;
  now?: () => number;
  timers?: Timers;
}

export function anthropicModel(options: AnthropicModelOptions): Model {
  const {
    apiKey,
    baseUrl = 'https://api.anthropic.com',
    idleMs = 60_000,
    now = Date.now,
    timers = globalThis,
  } = options;
  // `fetch` quotes an invalid header in its error, and the header holds the key. So the key is checked before it is
  // used.
  if (!/^[\x21-\x7e]+$/.test(apiKey)) {
    throw new InvalidInput('ANTHROPIC_API_KEY is empty or holds characters that no key has. Copy the key again.');
  }
  // The SDK does not retry: the run worker does, because its retries survive a crash. The SDK's own log and traces are
  // off, because they contain bodies.
  const client = new Anthropic({
    ...{ apiKey, baseURL: baseUrl, fetch: requestFetch() },
    ...{ maxRetries: 0, logLevel: 'off', openTelemetry: false },
  });
  return {
    async turn(request) {
      if (request.signal?.aborted) throw new ModelStopped();
      const idle = new AbortController();
      const watchdog = startWatchdog(timers, idleMs, () => idle.abort());
      try {
        return await ask(client, request, idle.signal, () => watchdog.beat());
      } catch (error) {
        if (!(error instanceof AnthropicError)) throw error;
        if (request.signal?.aborted) throw new ModelStopped();
        if (idle.signal.aborted) throw stalled(idleMs);
        throw translateModelError(error, request.model, apiKey, now());
      } finally {
        watchdog.stop();
      }
    },
  };
}

async function ask(client: Anthropic, request: ModelRequest, idle: AbortSignal, beat: () => void): Promise<ModelTurn> {
  const { model, maxTokens: max_tokens, signal } = request;
  const body = messagesBody(request);
  // The SDK gets only the fields that it reads. The middleware then puts the frozen texts into the body: the SDK would
  // serialise them anew, and the prompt cache would miss.
  const opening = client.messages.create(
    { model, max_tokens, messages: [], stream: true },
    {
      signal: signal ? AbortSignal.any([signal, idle]) : idle,
      middleware: [async (call, next) => watchBody(await next({ ...call, body }), beat)],
    },
  );
  const answer = accumulator();
  for await (const event of accumulated(opening, answer)) {
    if (event.type === 'content_block_start' && event.content_block?.type === 'tool_use')
      request.onTool?.(event.content_block.name);
  }
  return readAnswer(answer.end());
}

/**
 * Adds the events to the answer and passes them on. Errors of the request and its stream become the SDK's own. An error that the
 * reader of the events throws reaches the caller unchanged.
 */
async function* accumulated(
  opening: PromiseLike<Stream<RawMessageStreamEvent>>,
  answer: Accumulator,
): AsyncGenerator<RawMessageStreamEvent> {
  let stream: Stream<RawMessageStreamEvent>;
  try {
    stream = await opening;
    for await (const event of stream) {
      answer.add(event);
      yield event;
    }
  } catch (error) {
    if (error instanceof AnthropicError) throw error;
    throw Object.assign(new AnthropicError(error instanceof Error ? error.message : String(error)), { cause: error });
  }
  // The SDK ends an aborted stream as if it were complete.
  if (stream.controller.signal.aborted) throw new APIUserAbortError();
}

function stalled(idleMs: number): ModelUnavailable {
  return new ModelUnavailable('stalled', `The model sent nothing for ${idleMs / 1000} seconds.`);
}
