import { expect } from 'chai';
import { anthropicModel } from '../../../src/agents/model/anthropic.ts';
import type { ModelRequest } from '../../../src/agents/model/model.ts';
import { block, type Call, end, serve, start, stream, type TestServer, text, toolUse } from './model-test-server.ts';

const request = (overrides: Partial<ModelRequest> = {}): ModelRequest => ({
  model: 'claude-opus-5-5',
  system: JSON.stringify([
    { type: 'text', text: 'You are Scribe.' },
    { type: 'text', text: 'Skills: none.' },
  ]),
  tools: JSON.stringify([{ name: 'create_task', description: 'x', input_schema: { type: 'object', properties: {} } }]),
  messages: [JSON.stringify({ role: 'user', content: 'Hi' })],
  maxTokens: 100,
  ...overrides,
});

describe('the model client', () => {
  let server: TestServer | undefined;
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  async function modelThat(answer: (call: Call) => void) {
    server = await serve(answer);
    return anthropicModel({ apiKey: 'sk-test', baseUrl: server.url });
  }

  it('returns a streamed text with its usage', async () => {
    const model = await modelThat(stream(start(), ...text(0, 'Good ', 'morning'), ...end('end_turn')));
    expect(await model.turn(request())).to.deep.equal({
      content: '[{"type":"text","text":"Good morning"}]',
      stopReason: 'end_turn',
      usage: { input: 7, output: 11, cacheRead: 5, cacheWrite: 3 },
    });
  });

  it('tells the tool names as they arrive', async () => {
    const events = [start(), ...text(0, 'One ', 'moment'), ...toolUse(1, '{"title":"Boxes"}'), ...end('tool_use')];
    const model = await modelThat(stream(...events));
    const heard: string[] = [];
    const turn = await model.turn(request({ onTool: (name) => heard.push(name) }));
    expect(heard).to.deep.equal(['create_task']);
    expect(turn.stopReason).to.equal('tool_use');
    expect(JSON.parse(turn.content)[1]).to.deep.equal({
      type: 'tool_use',
      id: 'toolu_1',
      name: 'create_task',
      input: { title: 'Boxes' },
    });
  });

  it('takes a tool call without any input for an empty object', async () => {
    const model = await modelThat(stream(start(), ...toolUse(0, ''), ...end('tool_use')));
    expect(JSON.parse((await model.turn(request())).content)[0].input).to.deep.equal({});
  });

  it('keeps thinking blocks whole, empty ones and unknown fields too', async () => {
    const model = await modelThat(
      stream(
        start(),
        ...block(0, { type: 'thinking', thinking: '', signature: '' }, { type: 'signature_delta', signature: 'abc=' }),
        ...block(1, { type: 'redacted_thinking', data: 'xyz' }),
        ...toolUse(2, '{"b":1,"a":{"10":1,"x":[]}}', { caller: { type: 'direct' } }),
        ...end('tool_use'),
      ),
    );
    expect(JSON.parse((await model.turn(request())).content)).to.deep.equal([
      { type: 'thinking', thinking: '', signature: 'abc=' },
      { type: 'redacted_thinking', data: 'xyz' },
      {
        type: 'tool_use',
        id: 'toolu_2',
        name: 'create_task',
        caller: { type: 'direct' },
        input: { b: 1, a: { '10': 1, x: [] } },
      },
    ]);
  });

  it('sends the frozen texts byte for byte', async () => {
    const model = await modelThat(stream(start(), ...text(0, 'ok'), ...end('end_turn')));
    const messages = [
      JSON.stringify({
        role: 'user',
        content: [{ type: 'text', text: 'ünï "code" \u2028 \ud83d\ude00 </message> \n\t\\' }],
      }),
      JSON.stringify({
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: '', signature: 'a+/=' },
          {
            type: 'tool_use',
            id: 'toolu_1',
            name: 'create_task',
            input: { z: 1.5e-9, a: [null, true], '': {}, '7': 0 },
          },
        ],
      }),
      JSON.stringify({
        role: 'user',
        content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: '{"ok":true}' }],
      }),
    ];
    const sent = request({ messages });
    await model.turn(sent);
    await model.turn({ ...sent, messages: [...messages, JSON.stringify({ role: 'assistant', content: 'ok' })] });
    for (const { body } of server?.calls ?? []) {
      expect(body).to.contain(`"messages":[${messages.join(',')}`);
      expect(body).to.contain(`"tools":${sent.tools}`);
      expect(body).to.contain(`"system":${sent.system.slice(0, -2)},`);
    }
    expect(server?.calls).to.have.length(2);
  });

  it('sends no half of a character, whoever wrote the texts', async () => {
    const model = await modelThat(stream(start(), ...text(0, 'Hi'), ...end('end_turn')));
    const half = '{"role":"user","content":[{"type":"text","text":"\\ud83d \\ud83d\\udc4d"}]}';
    await model.turn(request({ messages: [half], system: '[{"type":"text","text":"x\\udc4d"}]' }));
    const body = server?.calls.at(-1)?.body ?? '';
    expect(JSON.parse(body).messages[0].content[0].text).to.equal('\ufffd 👍');
    expect(JSON.parse(body).system[0].text).to.equal('x\ufffd');
  });

  it('marks the last system block, for five minutes or an hour, and lets the API mark the newest turn', async () => {
    const model = await modelThat(stream(start(), ...text(0, 'ok'), ...end('end_turn')));
    await model.turn(request());
    const body = JSON.parse(server?.calls[0]?.body ?? '');
    expect(body.system.map((each: { cache_control?: object }) => each.cache_control)).to.deep.equal([
      undefined,
      { type: 'ephemeral' },
    ]);
    await model.turn(request({ marks: { ends: [], last: '5m', system: '1h' } }));
    expect(JSON.parse(server?.calls[1]?.body ?? '').system[1].cache_control).to.deep.equal({
      type: 'ephemeral',
      ttl: '1h',
    });
    expect(body.cache_control).to.deep.equal({ type: 'ephemeral' });
    expect(body).not.to.have.property('tool_choice');
    expect(body.stream).to.equal(true);
  });

  it('marks the ends of the messages that it is given, and the newest turn for as long as it is told', async () => {
    const model = await modelThat(stream(start(), ...text(0, 'ok'), ...end('end_turn')));
    const messages = ['one', 'two', 'three'].map((word, n) =>
      JSON.stringify({
        role: n % 2 ? 'assistant' : 'user',
        content: [
          { type: 'text', text: 'first' },
          { type: 'text', text: `${word} {"a":[{}]}` },
        ],
      }),
    );
    await model.turn(request({ messages, marks: { ends: [{ message: 0, life: '1h' }], last: '1h' } }));
    const body = JSON.parse(server?.calls[0]?.body ?? '');
    const marks = body.messages.map((each: { content: { cache_control?: object }[] }) =>
      each.content.map(({ cache_control }) => cache_control),
    );
    const hour = { type: 'ephemeral', ttl: '1h' };
    expect(marks).to.deep.equal([
      [undefined, hour],
      [undefined, undefined],
      [undefined, undefined],
    ]);
    expect(body.cache_control).to.deep.equal(hour);
  });

  for (const [name, thinking] of [
    ['claude-opus-5-5', { type: 'adaptive', display: 'summarized' }],
    ['claude-sonnet-5-5', { type: 'adaptive', display: 'summarized' }],
    ['claude-haiku-4-5', undefined],
    ['llama-of-our-own', undefined],
  ] as const) {
    it(`asks ${name} ${thinking ? 'to think when it helps' : 'nothing about thinking'}`, async () => {
      const model = await modelThat(stream(start(), ...text(0, 'ok'), ...end('end_turn')));
      await model.turn(request({ model: name }));
      expect(JSON.parse(server?.calls[0]?.body ?? '').thinking).to.deep.equal(thinking);
    });
  }

  it('says why a model refused', async () => {
    const details = { stop_details: { type: 'refusal', category: 'cyber', explanation: 'Not that.' } };
    const model = await modelThat(stream(start(), ...end('refusal', details)));
    expect(await model.turn(request())).to.include({ content: '[]', stopReason: 'refusal', refusal: 'Not that.' });
  });

  it('hands back an answer cut by max_tokens, its half tool call included', async () => {
    const model = await modelThat(stream(start(), ...toolUse(0, '{"title":"Bo'), ...end('max_tokens')));
    const turn = await model.turn(request());
    expect(turn.stopReason).to.equal('max_tokens');
    expect(JSON.parse(turn.content)[0]).to.include({ type: 'tool_use', name: 'create_task' });
  });

  it('lets what a callback throws come out as itself', async () => {
    const model = await modelThat(stream(start(), ...toolUse(0, '{}'), ...end('tool_use')));
    const bug = new Error('the status line broke');
    const thrown = await model
      .turn(
        request({
          onTool: () => {
            throw bug;
          },
        }),
      )
      .catch((error) => error);
    expect(thrown).to.equal(bug);
  });
});
