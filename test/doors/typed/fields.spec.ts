// Flags are made of an action's schema, and turned back into an input.
import { expect } from 'chai';
import fc from 'fast-check';
import { z } from 'zod';
import { ACT_FLAGS } from '../../../src/cli/commands/act.ts';
import { fieldsOf, flagName, flagsOf, inputOf, wantsStdin } from '../../../src/doors/typed/fields.ts';
import { parseFlags } from '../../../src/doors/typed/flags.ts';
import { InvalidInput } from '../../../src/errors.ts';
import { ACTIONS, ALL_ACTIONS } from '../../../src/pods/actions.ts';
import { TASKS_INPUT } from '../../../src/pods/tasks/task-words.ts';
import { typedFields } from '../../parity/doors.ts';

const shapes = z.strictObject({
  title: z.string().min(1).describe('What it is'),
  due: z.iso.date().describe('The last day').nullable().optional(),
  limit: z.int().default(10),
  restore: z.boolean().default(false),
  role: z.enum(['owner', 'guest']).default('guest'),
  default_tools: z.array(z.string()).optional(),
  budget: z.strictObject({ turns: z.int() }).optional(),
  rows: z.array(z.array(z.int())).optional(),
  first: z.array(z.string()).optional().describe(TASKS_INPUT),
});
const fields = fieldsOf({ input: shapes });
const given = (...args: string[]) => parseFlags(args, [...flagsOf(fields), ...ACT_FLAGS]);
const input = (...args: string[]) => inputOf(fields, given(...args), '2026-12-01');

describe('doors/typed/fields', () => {
  it('says of each field what it takes, whether it is needed, and what is meant when it is absent', () => {
    const told = fields.map(({ name, kind, shape, nullable, required, about }) =>
      [name, kind, shape, nullable ? 'or none' : '', required ? 'needed' : '', about].filter(Boolean).join(', '),
    );
    expect(told).to.deep.equal([
      'title, text, <text>, needed, What it is',
      'due, text, <text>, or none, The last day',
      'limit, number, <number>, 10 when absent',
      'restore, switch',
      'role, text, owner|guest, guest when absent',
      'default_tools, texts, <text> …',
      "budget, json, '<json>'",
      "rows, json, '<json>'",
      'first, texts, <text> …, #numbers or ids',
    ]);
  });

  const good: [string, string[], object][] = [
    ['texts', ['--title', '12'], { title: '12' }],
    ['numbers', ['--limit', '-3.5'], { limit: -3.5 }],
    ['switches', ['--restore'], { restore: true }],
    ['lists', ['--default-tools', 'a', '--default-tools', 'b'], { default_tools: ['a', 'b'] }],
    ['empty lists', ['--no-default-tools'], { default_tools: [] }],
    ['nothing, where nothing is a value', ['--no-due'], { due: null }],
    ['nothing, by its name in JSON', ['--due', 'null'], { due: null }],
    ['the word null, where a text must be', ['--title', 'null'], { title: 'null' }],
    ['JSON', ['--budget', '{"turns":3}', '--rows', '[[1]]'], { budget: { turns: 3 }, rows: [[1]] }],
    ['a day in words', ['--due', 'friday'], { due: '2026-12-04' }],
    ['a day that is none, which the action refuses', ['--due', 'soon'], { due: 'soon' }],
    ['numbers of tasks in one word', ['--first', '#1, #2', '--first', '#3'], { first: ['#1', '#2', '#3'] }],
    ['a list of other texts, commas and all', ['--default-tools', '#1, #2'], { default_tools: ['#1, #2'] }],
    ['the whole input at once', ['--input', '{"title":"a","limit":1}'], { title: 'a', limit: 1 }],
    ['flags over the whole input', ['--limit', '2', '--input', '{"title":"a","limit":1}'], { title: 'a', limit: 2 }],
  ];
  for (const [what, args, expected] of good)
    it(`makes an input of ${what}`, () => {
      expect(input(...args)).to.deep.equal(expected);
    });

  const bad: [string, string[], RegExp][] = [
    ['a number that is a word', ['--limit', 'ten'], /--limit takes a number, not “ten”/],
    ['a day that may be two', ['--due', 'tuesday'], /--due: “tuesday” may be 2026-12-01 or 2026-12-08\. Write which\./],
    ['an empty number', ['--limit', ''], /takes a number/],
    ['a number in another base', ['--limit', '0x10'], /takes a number/],
    ['infinity', ['--limit', 'Infinity'], /takes a number/],
    ['broken JSON', ['--budget', '{turns:3}'], /--budget takes JSON/],
    ['an input that is a list', ['--input', '[]'], /--input takes a JSON object/],
    ['an input that is nothing', ['--input', 'null'], /--input takes a JSON object/],
  ];
  for (const [what, args, sentence] of bad)
    it(`refuses ${what}`, () => {
      expect(() => input(...args)).to.throw(InvalidInput, sentence);
    });

  it('asks for standard input where a text is a single dash, and once only', () => {
    expect(wantsStdin(fields, given('--title', '-'))).to.equal('title');
    expect(wantsStdin(fields, given('--input', '-'))).to.equal('input');
    expect(wantsStdin(fields, given('--title', 'x'))).to.equal(undefined);
    expect(() => wantsStdin(fields, given('--title=-', '--due=-'))).to.throw(/--title and --due both/);
  });

  it('lets no input reach the prototype', () => {
    const made = input('--input', '{"__proto__":{"polluted":true},"title":"a"}');
    expect(Object.keys(made)).to.include('__proto__');
    expect(({} as { polluted?: boolean }).polluted).to.equal(undefined);
    expect(shapes.safeParse(made).success).to.equal(false);
  });

  it('gives back any input that was typed', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((one) => one !== '-');
    const anInput = fc.record(
      {
        title: text,
        due: fc.option(
          text.filter((one) => one !== 'null'),
          { nil: null },
        ),
        limit: fc.integer(),
        restore: fc.boolean(),
        default_tools: fc.array(text),
        budget: fc.record({ turns: fc.integer() }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(anInput, (wanted) => {
        expect(input(...typedFields(wanted))).to.deep.equal({ ...wanted });
      }),
    );
  });

  it('has no field of an action that hides a flag which every action has', () => {
    const general = ACT_FLAGS.map(({ name }) => name);
    // People can't type fields that are Skein's own.
    for (const definition of ALL_ACTIONS.filter(({ internal }) => !internal)) {
      const names = flagsOf(fieldsOf(definition)).flatMap(({ name, no }) => (no ? [name, `no-${name}`] : [name]));
      expect(
        names.filter((name) => general.includes(name)),
        definition.name,
      ).to.deep.equal([]);
      expect(new Set(names).size, definition.name).to.equal(names.length);
    }
  });

  it('has a flag for each field of create_agent', () => {
    const create = ACTIONS.get('create_agent');
    expect(create && fieldsOf(create).map((field) => `${flagName(field)} ${field.kind}`)).to.deep.equal([
      ...['handle text', 'name text', 'purpose text', 'instructions text', 'avatar-emoji text', 'model text'],
      ...['tools texts', 'skills texts', 'budget json', 'addressable-by texts'],
    ]);
  });
});
