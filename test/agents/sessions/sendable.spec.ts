// Nothing that the Messages API refuses is sent to it: from an answer, a result or an old transcript.
import { expect } from 'chai';
import fc from 'fast-check';
import { messageText, NOTHING, sendable, withFreshIds } from '../../../src/agents/sessions/sendable.ts';
import { checkMessages } from '../../../src/practice/model/check/messages.ts';

const text = (words: string) => ({ type: 'text', text: words });
const use = (over: object = {}) => ({ type: 'tool_use', id: 'toolu_1', name: 'list_tasks', input: {}, ...over });
const thought = { type: 'thinking', thinking: '', signature: 'abc=' };
const nothing = text(NOTHING);
const of = (role: 'user' | 'assistant', blocks: object[]) => JSON.parse(sendable(JSON.stringify(blocks), role));

describe('a turn that is sent', () => {
  for (const [name, blocks, sent] of [
    ['blank texts beside a call', [text('\n\n'), use(), text(' \u0085\u001c')], [use()]],
    ['nothing', [], [nothing]],
    ['a blank text alone', [text('')], [nothing]],
    ['a thought alone', [thought], [thought, nothing]],
    ['a thought and a blank text', [thought, text('\t')], [thought, nothing]],
    ['a thought that can’t be sent again', [{ type: 'thinking', thinking: 'Hm' }, text('Hi')], [text('Hi')]],
    ['a kind that nobody knows', [{ type: 'smell' }, text('Hi'), { type: 'server_tool_use', id: 'x' }], [text('Hi')]],
    [
      'half characters',
      [text('a\ud83d'), use({ input: { '\udc4d': ['\ud83d'] } })],
      [text('a\ufffd'), use({ input: { '\ufffd': ['\ufffd'] } })],
    ],
    [
      'an odd name and id',
      [use({ id: 'a:b', name: 'functions.create task' })],
      [use({ id: 'a_b', name: 'functions_create_task' })],
    ],
    ['half an input', [use({ input: null })], [use()]],
  ] as const)
    it(`by the model holds no more than the API takes: ${name}`, () => {
      expect(of('assistant', [...blocks])).to.deep.equal(sent);
    });

  for (const [name, blocks, sent] of [
    ['a blank text', [text(' \n'), text('Hi')], [text('Hi')]],
    ['half characters', [text('\udc4dHi')], [text('\ufffdHi')]],
    [
      'a failure without a word',
      [{ type: 'tool_result', tool_use_id: 'a', content: '', is_error: true }],
      [{ type: 'tool_result', tool_use_id: 'a', content: '(empty)', is_error: true }],
    ],
    [
      'a result with a blank text',
      [{ type: 'tool_result', tool_use_id: 'a', content: [text('\n'), text('x\ud83d')] }],
      [{ type: 'tool_result', tool_use_id: 'a', content: [text('x\ufffd')] }],
    ],
  ] as const)
    it(`by people and tools holds no more than the API takes: ${name}`, () => {
      expect(of('user', [...blocks])).to.deep.equal(sent);
    });

  it('is the very same text where the API takes it as it is', () => {
    const odd = '[ {"text":"Hi 👍 \\ud83d\\udc4d","type":"text", "citations":null} ]';
    expect(sendable(odd, 'user')).to.equal(odd);
    expect(sendable(odd, 'assistant')).to.equal(odd);
    expect(messageText({ role: 'user', content: odd })).to.equal(`{"role":"user","content":${odd}}`);
  });

  it('calls under ids of its own, also where a server counts from one each time', () => {
    const before = [{ content: JSON.stringify([use()]) }];
    const again = JSON.parse(withFreshIds(JSON.stringify([text('Hm'), use(), use()]), before)) as { id?: string }[];
    const ids = again.flatMap(({ id }) => id ?? []);
    expect(new Set([...ids, 'toolu_1'])).to.have.length(3);
    const fresh = JSON.stringify([use({ id: 'toolu_2' })]);
    expect(withFreshIds(fresh, before)).to.equal(fresh);
  });

  it('is taken by the API, whatever its blocks are, and mended once stays as it is', () => {
    const words = fc.oneof(
      fc.constantFrom('', '\n\n', ' ', '\ud83d', 'x\udc4d', '\ufeff', 'Hi', '\u0085', '\\ud83d'),
      fc.string({ unit: 'binary' }),
    );
    const block = fc.oneof(
      words.map(text),
      fc.record({ type: fc.constant('thinking'), thinking: words, signature: fc.option(words) }),
      fc.record({ type: fc.constantFrom('smell', 'image', 'tool_result', 'document', 'redacted_thinking') }),
      fc.record({ type: fc.constant('redacted_thinking'), data: words }),
    );
    const calls = fc.array(fc.tuple(words, fc.oneof(words, fc.jsonValue())), { maxLength: 2 });
    fc.assert(
      fc.property(fc.array(block, { maxLength: 4 }), calls, fc.array(words, { maxLength: 2 }), (said, called, news) => {
        const uses = called.map(([name, input], n) => use({ id: `toolu_${n}`, name, input }));
        const results = uses.map(({ id }, n) => ({
          type: 'tool_result',
          tool_use_id: id,
          content: news[n] ?? '',
          is_error: true,
        }));
        const turns = [
          { role: 'user' as const, content: JSON.stringify([text('Hi')]) },
          { role: 'assistant' as const, content: JSON.stringify([...said, ...uses]) },
          { role: 'user' as const, content: JSON.stringify([...results, ...news.map(text)]) },
        ];
        checkMessages(turns.map((turn) => JSON.parse(messageText(turn))));
        for (const { role, content } of turns) {
          const once = sendable(content, role);
          expect(sendable(once, role)).to.equal(once);
        }
      }),
    );
  });
});
