import { expect } from 'chai';
import { ApiError } from '../../../../src/practice/model/api-error.ts';
import { checkRequest } from '../../../../src/practice/model/check/request.ts';
import { aRequest } from '../converse.ts';

const text = { type: 'text', text: 'Hi' };
const use = (id = 'toolu_1', overrides: object = {}) => ({
  type: 'tool_use',
  id,
  name: 'list_tasks',
  input: {},
  ...overrides,
});
const result = (id = 'toolu_1') => ({ type: 'tool_result', tool_use_id: id, content: 'ok' });
const user = (...content: object[]) => ({ role: 'user', content });
const assistant = (...content: object[]) => ({ role: 'assistant', content });
const messages = (...all: object[]) => ({ messages: all });
const tool = (overrides: object) => ({ tools: [{ name: 'x', input_schema: { type: 'object' }, ...overrides }] });
const short = { type: 'ephemeral' };
const long = { type: 'ephemeral', ttl: '1h' };

const refused: [string, object, RegExp][] = [
  ['no model', { model: undefined }, /^model: Field required/],
  ['no max_tokens', { max_tokens: undefined }, /^max_tokens: Field required/],
  ['negative max_tokens', { max_tokens: -1 }, /^max_tokens/],
  ['a temperature', { temperature: 1 }, /^temperature: Extra inputs/],
  ['a forced tool', { tool_choice: { type: 'any' } }, /^tool_choice/],
  ['no messages', { messages: undefined }, /^messages: Field required/],
  ['empty messages', messages(), /at least one message/],
  ['an unknown role', messages({ role: 'tool', content: 'Hi' }), /^messages\.0\.role/],
  ['an assistant who begins', messages(assistant(text), user(text)), /first message must use/],
  ['an assistant who ends', messages(user(text), assistant(text)), /prefill/],
  ['empty content', messages(user(), assistant(text), user(text)), /non-empty content/],
  ['white space', messages(user({ type: 'text', text: ' \n' })), /non-whitespace/],
  ['an unknown block', messages(user({ type: 'smell' })), /'smell'/],
  ['a system message first', messages({ role: 'system', content: 'Hi' }, user(text)), /first message/],
  [
    'a system message before a user',
    messages(user(text), { role: 'system', content: 'x' }, user(text)),
    /system message must follow/,
  ],
  [
    'a call without its result',
    messages(user(text), assistant(use()), user(text)),
    /without `tool_result` blocks immediately after: toolu_1/,
  ],
  ['a call at the very end', messages(user(text), assistant(text, use())), /prefill/],
  ['one result of two', messages(user(text), assistant(use(), use('toolu_2')), user(result())), /: toolu_2\./],
  ['a result after text', messages(user(text), assistant(use()), user(text, result())), /immediately after/],
  [
    'a result a turn late',
    messages(user(text), assistant(use()), user(text), assistant(text), user(result())),
    /immediately after/,
  ],
  [
    'a result nobody asked for',
    messages(user(text), assistant(text), user(result('toolu_9'))),
    /unexpected `tool_use_id` .*toolu_9/,
  ],
  ['two results for one call', messages(user(text), assistant(use()), user(result(), result())), /single result/],
  [
    'one id twice',
    messages(user(text), assistant(use()), user(result()), assistant(use()), user(result())),
    /must be unique/,
  ],
  ['an id with a colon', messages(user(text), assistant(use('a:b')), user(result('a:b'))), /\.id: String should match/],
  ['a call of a user', messages(user(use())), /can only be in `assistant`/],
  ['a result of an assistant', messages(user(text), assistant(result()), user(text)), /can only be in `user`/],
  ['an input that is a list', messages(user(text), assistant(use('toolu_1', { input: [] })), user(result())), /input/],
  [
    'thinking without a signature',
    messages(user(text), assistant({ type: 'thinking', thinking: '' }), user(text)),
    /signature/,
  ],
  ['white space as a text', messages({ role: 'user', content: ' \n' }), /non-whitespace/],
  ['white space that only Python knows', messages(user({ type: 'text', text: '\u0085' })), /non-whitespace/],
  [
    'white space in a result',
    messages(user(text), assistant(use()), user({ ...result(), content: [{ type: 'text', text: '' }] })),
    /non-whitespace/,
  ],
  [
    'a failure without a word',
    messages(user(text), assistant(use()), user({ ...result(), content: '', is_error: true })),
    /cannot be empty if `is_error`/,
  ],
  [
    'a thought at the end',
    messages(user(text), assistant({ type: 'thinking', thinking: 'x', signature: 'y' }), user(text)),
    /final block .* `thinking`/,
  ],
  ['half a character', messages(user({ type: 'text', text: 'x\ud83d' })), /no low surrogate/],
  [
    'half a character in an input',
    messages(user(text), assistant(use('toolu_1', { input: { '\udc4d': 1 } })), user(result())),
    /no low surrogate/,
  ],
  ['half a character in the system text', { system: 'x\ud83d' }, /no low surrogate/],
  ['half a character in a tool', tool({ description: '\ud83d' }), /no low surrogate/],
  ['citations of a user', messages(user({ ...text, citations: [{}] })), /citations/],
  ['a blank system text', { system: [{ type: 'text', text: ' ' }] }, /^system: .*non-whitespace/],
  ['a long tool name', tool({ name: 'x'.repeat(129) }), /tools\.0\.custom\.name/],
  ['a tool name with a dot', tool({ name: 'a.b' }), /tools\.0\.custom\.name/],
  ['a tool without a schema', tool({ input_schema: undefined }), /input_schema: Field required/],
  ['a schema without a type', tool({ input_schema: {} }), /input_schema\.type: Field required/],
  ['a schema that is an array', tool({ input_schema: { type: 'array' } }), /input_schema\.type/],
  ['a choice at the top of a schema', tool({ input_schema: { type: 'object', anyOf: [] } }), /anyOf at the top level/],
  [
    'an unknown type within',
    tool({ input_schema: { type: 'object', properties: { a: { type: 'text' } } } }),
    /JSON schema is invalid/,
  ],
  [
    'required that is a flag',
    tool({ input_schema: { type: 'object', properties: { a: { type: 'string', required: true } } } }),
    /JSON schema is invalid/,
  ],
  ['one name twice', { tools: [...tool({}).tools, ...tool({}).tools] }, /must be unique/],
  ['an empty system text', { system: [{ type: 'text', text: '' }] }, /^system: .*non-empty/],
  [
    'five markers',
    messages(user(...Array.from({ length: 5 }, () => ({ ...text, cache_control: short })))),
    /A maximum of 4/,
  ],
  [
    'a short marker before a long one',
    { system: [{ ...text, cache_control: short }], cache_control: long },
    /must not come after/,
  ],
  ['an unknown life', { cache_control: { type: 'ephemeral', ttl: '2h' } }, /ttl/],
];

describe('the stand-in model refuses', () => {
  for (const [name, overrides, sentence] of refused) {
    it(name, () => {
      expect(() => checkRequest({ ...aRequest(), ...overrides }))
        .to.throw(ApiError, sentence)
        .with.property('status', 400);
    });
  }

  it('anything that is no object', () => {
    for (const body of [null, [], 'x', 1]) expect(() => checkRequest(body)).to.throw(ApiError);
  });
});

describe('the stand-in model takes', () => {
  for (const [name, overrides] of [
    [
      'parallel calls with all their results, then news',
      messages(user(text), assistant(text, use(), use('toolu_2')), user(result('toolu_2'), result(), text)),
    ],
    [
      'neighbours of one role, as one turn',
      messages(user(text), user(text), assistant(use()), user(result()), user(text)),
    ],
    [
      'thinking with empty text',
      messages(user(text), assistant({ type: 'thinking', thinking: '', signature: 'x' }, text), user(text)),
    ],
    ['a system message after a user', messages(user(text), { role: 'system', content: 'It is Monday.' })],
    [
      'schemas within schemas',
      tool({
        input_schema: {
          type: 'object',
          properties: { a: { anyOf: [{ type: ['string', 'null'] }, { $ref: '#/$defs/b' }] } },
          $defs: { b: { enum: [1] } },
        },
      }),
    ],
    ['a long marker before the automatic one', { system: [{ ...text, cache_control: long }], cache_control: short }],
    ['no output at all', { max_tokens: 0 }],
  ] as const) {
    it(name, () => expect(checkRequest({ ...aRequest(), ...overrides })).to.include({ model: 'stand-in' }));
  }
});
