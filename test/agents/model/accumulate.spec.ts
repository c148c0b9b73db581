import { MessageStream } from '@anthropic-ai/sdk/lib/MessageStream';
import type { Message, RawMessageStreamEvent } from '@anthropic-ai/sdk/resources/messages';
import { expect } from 'chai';
import fc from 'fast-check';
import { accumulator } from '../../../src/agents/model/accumulate.ts';

const usage = { input_tokens: 7, output_tokens: 1, cache_read_input_tokens: 5, cache_creation_input_tokens: null };
const start = {
  type: 'message_start',
  message: { id: 'msg_1', type: 'message', role: 'assistant', model: 'm', content: [], stop_reason: null, usage },
};
const end = (stop_reason: string, counted: object) => [
  { type: 'message_delta', delta: { stop_reason, stop_sequence: null }, usage: { output_tokens: 9, ...counted } },
  { type: 'message_stop' },
];

/** The text, cut where the numbers say. */
function cut(text: string, at: readonly number[]): string[] {
  const places = [0, ...at.map((n) => n % (text.length + 1)).sort((a, b) => a - b), text.length];
  return places.slice(1).map((to, n) => text.slice(places[n], to));
}

const cuts = fc.array(fc.nat(60), { maxLength: 4 });
const text = fc.tuple(fc.string({ unit: 'grapheme' }), cuts).map(([words, at]) => ({
  block: { type: 'text', text: '' },
  deltas: cut(words, at).map((each) => ({ type: 'text_delta', text: each })),
}));
const thinking = fc.tuple(fc.string(), cuts).map(([words, at]) => ({
  block: { type: 'thinking', thinking: '', signature: '' },
  deltas: [
    ...cut(words, at).map((each) => ({ type: 'thinking_delta', thinking: each })),
    { type: 'signature_delta', signature: 'sig' },
  ],
}));
const json = fc.dictionary(
  fc.string().filter((key) => key !== '__proto__'),
  fc.jsonValue({ noUnicodeString: false }),
);
/** Inputs that break off are cut after a whole field, as the SDK completes them; it refuses to guess at others. */
const call = fc.tuple(json, cuts, fc.boolean(), fc.boolean()).map(([input, at, breaksOff, silent]) => {
  const whole = JSON.stringify({ first: 'x', ...input });
  const written = breaksOff ? '{"first": "x", "second": "hal' : whole;
  return {
    block: { type: 'tool_use', id: 'toolu_1', name: 'create_task', input: {}, caller: { type: 'direct' } },
    deltas: silent ? [] : cut(written, at).map((each) => ({ type: 'input_json_delta', partial_json: each })),
  };
});

const events = fc
  .tuple(
    fc.array(fc.oneof(text, thinking, call), { maxLength: 4 }),
    fc.record({ input_tokens: fc.nat() }, { requiredKeys: [] }),
  )
  .map(([blocks, counted]) => [
    start,
    ...blocks.flatMap(({ block, deltas }, index) => [
      { type: 'content_block_start', index, content_block: block },
      ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
      { type: 'content_block_stop', index },
    ]),
    ...end('end_turn', counted),
  ]);

describe('a streamed answer', () => {
  it('becomes the same message as with the helper of the SDK', async () => {
    await fc.assert(
      fc.asyncProperty(events, async (given) => {
        const answer = accumulator();
        for (const event of copyOf(given)) answer.add(event as unknown as RawMessageStreamEvent);
        const { message } = answer.end();
        expect(JSON.parse(JSON.stringify(message))).to.deep.equal(JSON.parse(JSON.stringify(await bySdk(given))));
      }),
      { numRuns: 200 },
    );
  });

  it('says whether the inputs of its calls came whole', () => {
    for (const [input, whole] of [
      ['{"a":1}', true],
      ['', true],
      ['{"a":1', false],
      ['[1]', false],
    ] as const) {
      const answer = accumulator();
      const block = { type: 'tool_use', id: 'toolu_1', name: 'create_task', input: {} };
      const given = [
        start,
        { type: 'content_block_start', index: 0, content_block: block },
        { type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: input } },
        ...end('tool_use', {}),
      ];
      for (const event of copyOf(given)) answer.add(event as unknown as RawMessageStreamEvent);
      expect(answer.end().inputsWhole, input).to.equal(whole);
    }
  });

  it('is none before its end, and none with two beginnings', () => {
    const open = accumulator();
    open.add(copyOf(start) as unknown as RawMessageStreamEvent);
    expect(() => open.end()).to.throw('stream ended without producing a Message');
    expect(() => open.add(copyOf(start) as unknown as RawMessageStreamEvent)).to.throw('Unexpected event order');
  });
});

/** Events are copied, because both sides build their message on the first one. */
function copyOf<T>(given: T): T {
  return structuredClone(given);
}

/** Without the field for parsed outputs, which only the helper knows. */
async function bySdk(given: readonly object[]): Promise<Message> {
  const lines = given.map((event) => `${JSON.stringify(event)}\n`).join('');
  const { parsed_output: _parsed, ...message } = await MessageStream.fromReadableStream(
    new Blob([lines]).stream(),
  ).finalMessage();
  return message;
}
