import Anthropic from '@anthropic-ai/sdk';
import { expect } from 'chai';
import { anthropicModel } from '../../../src/agents/model/anthropic.ts';
import { ModelRefusedRequest, ModelStopped } from '../../../src/agents/model/errors.ts';
import type { Fault } from '../../../src/practice/model/faults.ts';
import { type StandInModel, startStandInModel } from '../../../src/practice/model/server.ts';
import { aRequest, message, opening } from './converse.ts';

type Params = Anthropic.MessageCreateParamsNonStreaming;
const params = (text: string, overrides: object = {}): Params =>
  ({
    ...aRequest({ messages: [{ role: 'user', content: [opening, message(text)] }] }),
    ...overrides,
  }) as unknown as Params;

const modelRequest = (text: string) => ({
  model: 'stand-in',
  system: '[{"type":"text","text":"You are Scribe."}]',
  tools: JSON.stringify(aRequest().tools),
  messages: [JSON.stringify({ role: 'user', content: [message(text)] })],
  maxTokens: 1000,
});

describe('the stand-in model as a server', () => {
  let standIn: StandInModel;
  let client: Anthropic;
  beforeEach(async () => {
    standIn = await startStandInModel();
    client = new Anthropic({ apiKey: 'practice', baseURL: standIn.url, maxRetries: 0 });
  });
  afterEach(() => standIn.stop());

  it('answers as JSON', async () => {
    const answer = await client.messages.create(params('thanks'));
    expect(answer).to.deep.include({ type: 'message', role: 'assistant', model: 'stand-in', stop_reason: 'end_turn' });
    expect(answer.content[0])
      .to.have.property('text')
      .that.matches(/^You are welcome, Ada\.\n\n_Stand-in model: .*_$/);
    expect(answer._request_id).to.match(/^req_/);
  });

  it('streams in the order of the API', async () => {
    const stream = client.messages.stream(params('#3 and #4 are done'));
    const types: string[] = [];
    for await (const event of stream) if (types.at(-1) !== event.type) types.push(event.type);
    const block = ['content_block_start', 'content_block_delta', 'content_block_stop'];
    expect(types).to.deep.equal(['message_start', ...block, ...block, 'message_delta', 'message_stop']);
    const { content, stop_reason } = await stream.finalMessage();
    expect(stop_reason).to.equal('tool_use');
    expect(content.map((each) => each.type === 'tool_use' && each.input)).to.deep.equal([
      { task: '#3' },
      { task: '#4' },
    ]);
  });

  it('says the same in a stream as in JSON', async () => {
    for (const text of ['thanks', '#3 is done', 'grüße 😀 elephants']) {
      const whole = await client.messages.create(params(text));
      const streamed = await client.messages.stream(params(text)).finalMessage();
      expect(streamed.content).to.deep.equal(whole.content);
      expect(streamed.stop_reason).to.equal(whole.stop_reason);
      expect(streamed.usage.output_tokens).to.equal(whole.usage.output_tokens);
    }
  });

  it('counts tokens and lists its one model', async () => {
    const { input_tokens } = await client.messages.countTokens({
      model: 'm',
      messages: [{ role: 'user', content: 'x'.repeat(400) }],
    });
    expect(input_tokens).to.be.within(100, 120);
    expect((await client.models.list()).data.map(({ id }) => id)).to.deep.equal(['stand-in']);
    expect((await client.models.retrieve('claude-opus-5-5')).id).to.equal('claude-opus-5-5');
  });

  it('gives the usage figures of a cache', async () => {
    const system = [{ type: 'text', text: 'You are Scribe. '.repeat(300), cache_control: { type: 'ephemeral' } }];
    const [first, second] = [
      await client.messages.create(params('hi', { system })),
      await client.messages.create(params('hi', { system })),
    ];
    expect(first.usage.cache_creation_input_tokens).to.be.greaterThan(1000);
    expect(second.usage.cache_read_input_tokens).to.equal(first.usage.cache_creation_input_tokens);
  });

  it('refuses in the shape of the API', async () => {
    const error = await client.messages.create(params('hi', { messages: [] })).catch((thrown) => thrown);
    expect(error).to.be.instanceOf(Anthropic.BadRequestError);
    expect(error).to.include({
      type: 'invalid_request_error',
      apiMessage: 'messages: at least one message is required',
    });
    const bare = new Anthropic({
      apiKey: null,
      authToken: null,
      baseURL: standIn.url,
      defaultHeaders: { 'x-api-key': 'k' },
    });
    expect((await bare.messages.create(params('thanks'))).stop_reason).to.equal('end_turn');
    expect((await fetch(`${standIn.url}/v1/messages`, { method: 'POST' })).status).to.equal(401);
    const headers = { 'x-api-key': 'k', 'anthropic-version': '2026-10-21' };
    expect((await fetch(`${standIn.url}/v1/messages`, { method: 'POST', headers, body: '{' })).status).to.equal(400);
    expect((await fetch(`${standIn.url}/v2`, { headers })).status).to.equal(404);
  });

  it('ends at max_tokens', async () => {
    const answer = await client.messages.create(params('what can you do?', { max_tokens: 5 }));
    expect(answer).to.deep.include({
      stop_reason: 'max_tokens',
      content: [{ type: 'text', text: 'I am the stand-in mo' }],
    });
    expect((await client.messages.create(params('hi', { max_tokens: 0 }))).content).to.deep.equal([]);
  });

  it('keeps the newest requests byte for byte', async () => {
    for (let n = 0; n < 101; n += 1) await client.messages.create(params(`thanks ${n}`));
    expect(standIn.requests).to.have.length(100);
    expect(standIn.requests.at(-1)?.text).to.equal(JSON.stringify(params('thanks 100')));
  });

  const outcomes: [Fault, object][] = [
    ['rate_limited', { kind: 'rate_limited', retryAfterMs: 7000 }],
    ['overloaded', { kind: 'overloaded' }],
    ['failing', { kind: 'unreachable' }],
    ['stall_before_headers', { kind: 'stalled' }],
    ['stall_mid_stream', { kind: 'stalled' }],
    ['cut', { kind: 'unreachable' }],
    ['nonsense', { kind: 'unreadable' }],
  ];
  for (const [fault, expected] of outcomes) {
    it(`can be ${fault}, as often as asked, and works again afterwards`, async () => {
      const model = anthropicModel({ apiKey: 'practice', baseUrl: standIn.url, idleMs: 200 });
      standIn.faults.next(fault, { times: 2, retryAfter: 7 });
      for (let n = 0; n < 2; n += 1) {
        expect(await model.turn(modelRequest('thanks')).catch((thrown) => thrown)).to.include(expected);
      }
      expect((await model.turn(modelRequest('thanks'))).stopReason).to.equal('end_turn');
    });
  }

  it('can break off a JSON answer, too', async () => {
    for (const fault of ['cut', 'nonsense'] as const) {
      standIn.faults.next(fault);
      const error = await client.messages.create(params('thanks')).catch((thrown) => thrown);
      expect(error).to.be.instanceOf(Error);
    }
  });

  it('can call what is not there, wrongly, and a hundred times', async () => {
    const model = anthropicModel({ apiKey: 'practice', baseUrl: standIn.url });
    const called = async (fault: Fault) => {
      standIn.faults.next(fault);
      return JSON.parse((await model.turn(modelRequest('thanks'))).content) as {
        name: string;
        input: object;
        id: string;
      }[];
    };
    expect((await called('unknown_tool')).map(({ name }) => name)).to.deep.equal(['no_such_tool']);
    expect((await called('bad_tool_input'))[0]).to.deep.include({
      name: 'create_task',
      input: { no_such_field: [null, { '': -1 }] },
    });
    const hundred = await called('hundred_tool_calls');
    expect(hundred).to.have.length(100);
    expect(new Set(hundred.map(({ id }) => id))).to.have.length(100);
  });

  it('can refuse, and be cut off', async () => {
    const model = anthropicModel({ apiKey: 'practice', baseUrl: standIn.url });
    standIn.faults.next('refusal');
    standIn.faults.next('max_tokens');
    expect(await model.turn(modelRequest('thanks')))
      .to.include({ stopReason: 'refusal', content: '[]' })
      .and.have.property('refusal');
    expect((await model.turn(modelRequest('thanks'))).stopReason).to.equal('max_tokens');
    standIn.faults.next('refusal');
    standIn.faults.clear();
    expect((await model.turn(modelRequest('thanks'))).stopReason).to.equal('end_turn');
  });

  it('tells the client of a wrong order of turns', async () => {
    const model = anthropicModel({ apiKey: 'practice', baseUrl: standIn.url });
    const request = {
      ...modelRequest('hi'),
      messages: ['{"role":"assistant","content":"Hi"}', '{"role":"user","content":"Hi"}'],
    };
    const error = await model.turn(request).catch((thrown) => thrown);
    expect(error).to.be.instanceOf(ModelRefusedRequest).and.include({ reason: 'other' });
    expect(error.message).to.contain('first message must use the "user" role');
  });

  it('thinks as long as it is told, and can be left alone meanwhile', async () => {
    const slow = await startStandInModel({ thinkMs: 60_000 });
    try {
      const stop = new AbortController();
      const turn = anthropicModel({ apiKey: 'practice', baseUrl: slow.url }).turn({
        ...modelRequest('thanks'),
        signal: stop.signal,
      });
      setTimeout(() => stop.abort(), 20);
      expect(await turn.catch((thrown) => thrown)).to.be.instanceOf(ModelStopped);
    } finally {
      await slow.stop();
    }
  });
});
