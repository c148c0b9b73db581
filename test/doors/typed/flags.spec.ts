// Arguments are parsed in every way to write a flag, with a sentence for each mistake.
import { expect } from 'chai';
import { type Flag, parseFlags } from '../../../src/doors/typed/flags.ts';
import { InvalidInput } from '../../../src/errors.ts';

const FLAGS: readonly Flag[] = [
  { name: 'title', takes: 'text' },
  { name: 'default-agent', takes: 'text', no: true },
  { name: 'member', takes: 'texts', no: true },
  { name: 'restore', takes: 'nothing', no: true },
  { name: 'help', takes: 'nothing' },
];

const read = (...args: string[]) => {
  const { flags, rest } = parseFlags(args, FLAGS);
  return { ...Object.fromEntries(flags), ...(rest.length ? { rest } : {}) };
};

describe('doors/typed/flags', () => {
  const good: [string, string[], object][] = [
    ['nothing', [], {}],
    ['a text behind its flag', ['--title', 'Two words'], { title: ['Two words'] }],
    ['a text behind an equals sign', ['--title=a=b'], { title: ['a=b'] }],
    ['an empty text', ['--title', ''], { title: [''] }],
    ['an empty text behind an equals sign', ['--title='], { title: [''] }],
    ['a text that begins with a dash', ['--title', '- one\n- two'], { title: ['- one\n- two'] }],
    ['a text that looks like a flag of nobody', ['--title', '--wild'], { title: ['--wild'] }],
    ['a negative number', ['--title', '-3'], { title: ['-3'] }],
    ['a single dash', ['--title', '-'], { title: ['-'] }],
    ['a flag as text, if it is written so', ['--title=--help'], { title: ['--help'] }],
    ['underscores for hyphens', ['--default_agent', 'pilot'], { 'default-agent': ['pilot'] }],
    ['a text several times', ['--member', 'ben', '--member=zoe'], { member: ['ben', 'zoe'] }],
    ['a switch', ['--restore'], { restore: true }],
    ['a switch turned off', ['--no-restore'], { restore: false }],
    ['a switch with a value', ['--restore=false'], { restore: false }],
    ['an empty list', ['--no-member'], { member: false }],
    ['a short plea for help', ['-h'], { help: true }],
    ['words that belong to no flag', ['retry', '--title', 'x', 'i_1'], { title: ['x'], rest: ['retry', 'i_1'] }],
    ['all behind two dashes', ['--', '--title', '-h'], { rest: ['--title', '-h'] }],
  ];
  for (const [what, args, expected] of good)
    it(`reads ${what}`, () => {
      expect(read(...args)).to.deep.equal(expected);
    });

  const bad: [string, string[], RegExp][] = [
    ['a flag that is not there', ['--titel', 'x'], /no --titel here.*--title/],
    ['a short flag that is not there', ['-t', 'x'], /no -t here/],
    ['a flag of the prototype', ['--__proto__', 'x'], /no --__proto__ here/],
    ['another one', ['--constructor=x'], /no --constructor here/],
    ['nothing behind a text flag', ['--title'], /--title needs something behind it/],
    ['a flag where a text should be', ['--title', '--help'], /--title=--help/],
    ['the same with a value', ['--title', '--member=ben'], /needs something behind it/],
    ['a text given twice', ['--title', 'a', '--title', 'b'], /--title is given twice/],
    ['a switch given twice', ['--restore', '--no-restore'], /--restore is given twice/],
    ['a list that is empty and is not', ['--member', 'a', '--no-member'], /--member is given twice/],
    ['the same the other way round', ['--no-member', '--member', 'a'], /--member is given twice/],
    ['a switch with a text', ['--restore=yes'], /on or off/],
    ['a no with a value', ['--no-restore=true'], /takes nothing/],
    ['a no for what can not be empty', ['--no-title'], /no --no-title here/],
  ];
  for (const [what, args, sentence] of bad)
    it(`refuses ${what}`, () => {
      expect(() => read(...args)).to.throw(InvalidInput, sentence);
    });
});
