import { expect } from 'chai';
import { anthropicModel } from '../../../src/agents/model/anthropic.ts';
import {
  ModelRefusedKey,
  ModelRefusedRequest,
  ModelStopped,
  ModelUnavailable,
} from '../../../src/agents/model/errors.ts';
import type { ModelRequest } from '../../../src/agents/model/model.ts';
import { InvalidInput, Retryable, UserFacingError } from '../../../src/errors.ts';
import {
  type Call,
  end,
  refuse,
  serve,
  start,
  stream,
  type TestServer,
  text,
  toolUse,
  write,
} from './model-test-server.ts';

const key = 'sk-ant-very-secret';
const request = (overrides: Partial<ModelRequest> = {}): ModelRequest => ({
  model: 'claude-opus-5-5',
  system: '[{"type":"text","text":"You are Scribe."}]',
  tools: '[]',
  messages: ['{"role":"user","content":"Hi"}'],
  maxTokens: 100,
  ...overrides,
});
const ping = { type: 'ping' };

describe('what goes wrong with a model', () => {
  let server: TestServer | undefined;
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  async function failure(answer: (call: Call) => void, overrides: Partial<ModelRequest> = {}, idleMs = 60_000) {
    server = await serve(answer);
    const model = anthropicModel({ apiKey: key, baseUrl: server.url, idleMs, now: () => Date.UTC(2026, 10, 21) });
    const thrown: unknown = await model.turn(request(overrides)).then(
      (turn) => new Error(`it answered ${turn.content}`),
      (error) => error,
    );
    expect(String(thrown)).not.to.contain(key);
    return thrown;
  }

  const unavailable: [string, (call: Call) => void, ModelUnavailable['kind'], number | undefined][] = [
    ['429 with seconds', refuse(429, 'rate_limit_error', 'slow', { 'retry-after': '3' }), 'rate_limited', 3000],
    [
      '429 with milliseconds',
      refuse(429, 'x', 'slow', { 'retry-after': '9', 'retry-after-ms': '250' }),
      'rate_limited',
      250,
    ],
    [
      '429 with a date',
      refuse(429, 'x', 's', { 'retry-after': 'Sat, 21 Nov 2026 00:00:05 GMT' }),
      'rate_limited',
      5000,
    ],
    ['429 with nonsense', refuse(429, 'x', 'slow', { 'retry-after': 'soon' }), 'rate_limited', undefined],
    ['529', refuse(529, 'overloaded_error', 'busy', { 'retry-after': '1' }), 'overloaded', 1000],
    ['503', refuse(503, 'api_error', 'busy'), 'overloaded', undefined],
    ['500', refuse(500, 'api_error', `oops ${key}`), 'unreachable', undefined],
    ['502 with HTML', ({ response }) => response.writeHead(502).end('<h1>Bad gateway</h1>'), 'unreachable', undefined],
    ['an overload within the stream', stream(start(), streamError('overloaded_error')), 'overloaded', undefined],
    ['a rate limit within the stream', stream(start(), streamError('rate_limit_error')), 'rate_limited', undefined],
    ['a failure within the stream', stream(start(), streamError('api_error')), 'unreachable', undefined],
    ['a connection closed at once', ({ response }) => response.destroy(), 'unreachable', undefined],
    ['a clean end too early', stream(start(), ...text(0, 'Half')), 'unreachable', undefined],
    ['an empty stream', stream(), 'unreachable', undefined],
    [
      'a page instead of a stream',
      ({ response }) => response.end('<h1>Log in to the Wi-Fi</h1>'),
      'unreachable',
      undefined,
    ],
    ['a JSON body instead of a stream', ({ response }) => response.end('{"content":[]}'), 'unreachable', undefined],
    [
      'a stream of broken JSON',
      ({ response }) => response.end('event: message_start\ndata: {"x\n\n'),
      'unreadable',
      undefined,
    ],
    ['events in the wrong order', stream(start(), start()), 'unreadable', undefined],
    ['an answer without usage', stream(start({ usage: undefined }), ...end('end_turn')), 'unreadable', undefined],
    ['content that is no array', stream(start({ content: 'Hi' }), ...end('end_turn')), 'unreadable', undefined],
    [
      'a call without an id',
      stream(start(), ...toolUse(0, '{}', { id: undefined }), ...end('tool_use')),
      'unreadable',
      undefined,
    ],
    [
      'a call without a name',
      stream(start(), ...toolUse(0, '{}', { name: '' }), ...end('tool_use')),
      'unreadable',
      undefined,
    ],
    ['a call with a list as input', stream(start(), ...toolUse(0, '[1]'), ...end('tool_use')), 'unreadable', undefined],
    [
      'a call with half an input',
      stream(start(), ...toolUse(0, '{"a": "b'), ...end('tool_use')),
      'unreadable',
      undefined,
    ],
    ['two calls with one id', stream(start(), ...twins(), ...end('tool_use')), 'unreadable', undefined],
    ['tool_use without a call', stream(start(), ...text(0, 'Hm'), ...end('tool_use')), 'unreadable', undefined],
    ['no stop reason', stream(start(), ...text(0, 'Hm'), ...end(null)), 'unreadable', undefined],
  ];
  for (const [name, answer, kind, wait] of unavailable) {
    it(`may be tried again after ${name}: ${kind}`, async () => {
      const error = await failure(answer);
      expect(error).to.be.instanceOf(ModelUnavailable).and.instanceOf(Retryable);
      expect(error).to.include({ kind, retryAfterMs: wait });
      expect(server?.calls).to.have.length(1);
    });
  }

  it('may be tried again when nobody listens', async () => {
    const gone = await serve(() => {});
    await gone.close();
    const error = await anthropicModel({ apiKey: key, baseUrl: gone.url })
      .turn(request())
      .catch((thrown) => thrown);
    expect(error).to.be.instanceOf(ModelUnavailable).and.include({ kind: 'unreachable' });
  });

  it('may be tried again when the connection is cut in the middle of a word', async () => {
    const error = await failure(({ response }) => write(response, [start(), ...toolUse(0, '{')]), {
      onTool: () => server?.calls[0]?.response.destroy(),
    });
    expect(error).to.be.instanceOf(ModelUnavailable).and.include({ kind: 'unreachable' });
  });

  it('stops waiting for a model that never begins', async () => {
    expect(await failure(() => {}, {}, 40))
      .to.be.instanceOf(ModelUnavailable)
      .and.include({ kind: 'stalled' });
  });

  it('stops waiting for a stream that falls silent', async () => {
    const error = await failure(({ response }) => write(response, [start(), ...text(0, 'Ha')]), {}, 40);
    expect(error).to.be.instanceOf(ModelUnavailable).and.include({ kind: 'stalled' });
  });

  it('takes a ping for a sign of life, and leaves no timer behind', async () => {
    let armed = 0;
    let running = 0;
    const timers = {
      setTimeout: () => {
        armed += 1;
        running += 1;
        return 0;
      },
      clearTimeout: () => {
        running -= 1;
      },
    } as unknown as typeof globalThis;
    server = await serve(({ response }) => {
      write(response, [start()]);
      const pings = setInterval(() => {
        if (armed < 6) return write(response, [ping]);
        clearInterval(pings);
        write(response, [...text(0, 'Hi'), ...end('end_turn')]);
        response.end();
      }, 1);
    });
    await anthropicModel({ apiKey: key, baseUrl: server.url, timers }).turn(request());
    expect(armed).to.be.at.least(6);
    expect(running).to.equal(0);
  });

  for (const [name, answer] of [
    ['a wrong key', refuse(401, 'authentication_error', `invalid key ${key}`)],
    ['a key without the right', refuse(403, 'permission_error', 'no')],
    ['no money', refuse(402, 'billing_error', 'no')],
    ['a spending limit', refuse(429, 'rate_limit_error', 'no', {}, { error_code: 'enforced_spend_limit_reached' })],
    ['a wrong key, told in the stream', stream(streamError('authentication_error'))],
  ] as const) {
    it(`names ANTHROPIC_API_KEY and the cure for ${name}`, async () => {
      const error = await failure(answer);
      expect(error).to.be.instanceOf(ModelRefusedKey).and.instanceOf(UserFacingError);
      expect((error as Error).message).to.match(/ANTHROPIC_API_KEY.*\. [A-Z]/);
    });
  }

  const bad = (said: string) => refuse(400, 'invalid_request_error', said);
  const boundElsewhere =
    'messages.1.content.0: Invalid `signature` in `thinking` block. The block is bound to a different conversation';
  for (const [name, answer, reason, sentence] of [
    [
      'a long context',
      bad('prompt is too long: 1200000 tokens > 1000000 maximum'),
      'context_too_long',
      'Begin a new thread',
    ],
    [
      'a large request',
      refuse(413, 'request_too_large', 'Request exceeds the maximum size'),
      'context_too_long',
      'Begin a new thread',
    ],
    ['a changed prefix', bad(boundElsewhere), 'prefix_mismatch', 'Ask once more'],
    ['an unknown model', refuse(404, 'not_found_error', 'model: claude-opus-9'), 'unknown_model', 'SKEIN_MODEL'],
    ['a wrong address', ({ response }: Call) => response.writeHead(404).end('nothing'), 'other', 'ANTHROPIC_BASE_URL'],
    ['anything else', bad(`tools.0: no good, ${key}`), 'other', 'tools.0: no good, [key]'],
  ] as const) {
    it(`does not ask again after ${name}: ${reason}`, async () => {
      const error = await failure(answer);
      expect(error).to.be.instanceOf(ModelRefusedRequest).and.include({ reason });
      expect((error as Error).message).to.contain(sentence);
    });
  }

  it('stops in the middle of a stream', async () => {
    const stop = new AbortController();
    const error = await failure(({ response }) => write(response, [start(), ...toolUse(0, '{')]), {
      signal: stop.signal,
      onTool: () => stop.abort(),
    });
    expect(error).to.be.instanceOf(ModelStopped);
  });

  it('stops before the first byte', async () => {
    const stop = new AbortController();
    expect(await failure(() => stop.abort(), { signal: stop.signal })).to.be.instanceOf(ModelStopped);
  });

  it('does not even ask when it is stopped already', async () => {
    expect(await failure(() => {}, { signal: AbortSignal.abort() })).to.be.instanceOf(ModelStopped);
    expect(server?.calls).to.have.length(0);
  });

  for (const wrong of ['', 'sk ant', 'sk-ключ', 'sk\n']) {
    it(`does not start with the key ${JSON.stringify(wrong)}`, () => {
      expect(() => anthropicModel({ apiKey: wrong })).to.throw(InvalidInput, /^ANTHROPIC_API_KEY/);
    });
  }
});

function streamError(type: string) {
  return { type: 'error', error: { type, message: 'no' } };
}

function twins() {
  return [...toolUse(0, '{}', { id: 'toolu_x' }), ...toolUse(1, '{}', { id: 'toolu_x' })];
}
