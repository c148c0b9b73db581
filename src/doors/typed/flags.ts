// Parses command line arguments according to a command's declared flags. Pure.
import { InvalidInput } from '../../errors.ts';

export interface Flag {
  /** The flag's name as people write it, without the dashes: `default-agent`. */
  name: string;
  /** The value after the flag: one text, one text for each use of the flag, or nothing. */
  takes: 'text' | 'texts' | 'nothing';
  /** True if `--no-<name>` is allowed too, which means off or empty. */
  no?: true;
}

export interface Given {
  /** The values of the flags: the texts as given, true for a flag without a value, false for `--no-<name>`. */
  flags: Map<string, readonly string[] | boolean>;
  /** The words that belong to no flag. */
  rest: string[];
}

/**
 * Accepts `--name text`, `--name=text`, `--switch` and `--no-name`. After `--`, no word is a flag.
 * @throws InvalidInput that contains the argument and lists all flags
 */
export function parseFlags(args: readonly string[], flags: readonly Flag[]): Given {
  const words = flagWords(flags);
  const given: Given = { flags: new Map(), rest: [] };
  const left = [...args];
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    if (word === '--') {
      given.rest.push(...left);
      break;
    }
    if (!word.startsWith('-') || word === '-') given.rest.push(word);
    else takeFlag(word, left, words, given.flags);
  }
  return given;
}

interface Word {
  flag: Flag;
  /** True for `--no-<name>`. */
  off: boolean;
}

/** Each way in which a flag of the command can be written, with its flag. */
type Words = ReadonlyMap<string, Word>;

function flagWords(flags: readonly Flag[]): Words {
  const on = flags.map((flag): [string, Word] => [`--${flag.name}`, { flag, off: false }]);
  const off = flags.filter(({ no }) => no).map((flag): [string, Word] => [`--no-${flag.name}`, { flag, off: true }]);
  return new Map([...on, ...off]);
}

function takeFlag(word: string, left: string[], words: Words, into: Given['flags']): void {
  const cut = word.indexOf('=');
  const bare = cut < 0 ? word : word.slice(0, cut);
  const behind = cut < 0 ? undefined : word.slice(cut + 1);
  const known = lookUp(bare, words);
  if (!known) throw new InvalidInput(`There is no ${bare} here. These exist: ${[...words.keys()].join(', ')}.`);
  const { flag, off } = known;
  const before = into.get(flag.name);
  if (off) {
    if (behind !== undefined) throw new InvalidInput(`${bare} takes nothing: leave out “=${behind}”.`);
    once(flag, before);
    into.set(flag.name, false);
  } else if (flag.takes === 'nothing') {
    once(flag, before);
    into.set(flag.name, switched(bare, behind));
  } else {
    const text = behind ?? nextText(bare, left, words);
    if (flag.takes === 'text' || !Array.isArray(before)) once(flag, before);
    into.set(flag.name, [...(Array.isArray(before) ? before : []), text]);
  }
}

/** Returns the flag of a word. Accepts `--default_agent` for `--default-agent`. */
function lookUp(bare: string, words: Words): Word | undefined {
  return words.get(bare === '-h' ? '--help' : bare.replaceAll('_', '-'));
}

function once(flag: Flag, before: unknown): void {
  if (before !== undefined) throw new InvalidInput(`--${flag.name} is given twice. Give it once.`);
}

function switched(bare: string, behind: string | undefined): boolean {
  if (behind === undefined || behind === 'true') return true;
  if (behind === 'false') return false;
  throw new InvalidInput(`${bare} is on or off: write ${bare}, or ${bare}=false, not “=${behind}”.`);
}

/**
 * Takes the value that follows a flag. It may begin with a dash, as a Markdown list does, unless it is another flag of
 * the command.
 */
function nextText(bare: string, left: string[], words: Words): string {
  const next = left.shift();
  if (next === undefined) throw new InvalidInput(`${bare} needs something behind it.`);
  if (next.startsWith('--') && lookUp(next.split('=', 1)[0] ?? '', words))
    throw new InvalidInput(`${bare} needs something behind it, and ${next} is a flag. If it is meant: ${bare}=${next}`);
  return next;
}

/** Returns the text of a flag. Undefined if the flag was not given. */
export function textOf(given: Given, name: string): string | undefined {
  const texts = given.flags.get(name);
  return Array.isArray(texts) ? texts[0] : undefined;
}

/** @throws InvalidInput if any words belong to no flag */
export function nothingElse({ rest }: Given, cure: string): void {
  if (rest.length) throw new InvalidInput(`“${rest.join(' ')}” is not understood here. ${cure}`);
}
