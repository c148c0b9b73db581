// Reads lines that are the beginning of a command and lack what it needs: “drop #4”, “#4 assign”, “workflow”. They are asked
// back, with the whole line as an example. Pure.
import type { CommandFacts, Half, ReplyCommand } from '../command.ts';
import { ofTask, polite } from './parts.ts';

/** `means`: the words of the line beside its number. `asks`: the sentence for its author. `n`: the number, as “#4 ”, or nothing. */
const HALVES: Readonly<Record<Half, { means: RegExp; asks: (n: string) => string }>> = {
  drop: {
    means: /^drop(?: it)?(?: (?:with|without) (?:its|the) parts)?$/i,
    asks: (n) => `Say why, behind a colon: “${n}drop: the hall is closed”.`,
  },
  'send-back': {
    means: /^send(?: it)? back$/i,
    asks: (n) => `Say what has to be mended, behind a colon: “${n}send back: the dates are last year’s”.`,
  },
  back: { means: /^not me$/i, asks: (n) => `Say why, behind a colon: “${n}not me: I am away that week”.` },
  assign: { means: /^assign(?: it)?(?: to)?$/i, asks: (n) => `Say to whom: “${n}assign to Ben”.` },
  merge: { means: /^merge(?: it)?(?: (?:into|with))?$/i, asks: (n) => `Say into which task: “${n}merge into #3”.` },
  due: { means: /^due(?: on)?$/i, asks: (n) => `Say on which day: “${n}due 24 December”, or “${n}due Friday”.` },
  repeat: { means: /^repeat(?: every)?$/i, asks: (n) => `Say when it comes again: “${n}repeat every Monday at 9:00”.` },
  without: { means: /^go on without$/i, asks: (n) => `Say without which task: “${n}go on without #7”.` },
  workflow: {
    means: /^(?:start (?:a |the )?)?workflow$/i,
    asks: () =>
      'Write the name of a workflow, what it is for, and who has its roles: “workflow customer-question: Sundays (expert: Ben, sender: Ada)”.',
  },
};

/** Matches “workflow weekly-slides”: a word with a hyphen is a name, any other may be the beginning of a sentence. */
const NAMED = /^workflow ([a-z][a-z0-9]*(?:-[a-z0-9]+)+)[.!:]?$/iu;

/** Matches the words with a number before or behind them: “#4 drop”, “drop #4:”. */
const WORDS = /^(?:#(\d{1,9})[:,]?\s+)?(\p{L}[\p{L} ]{2,40}?)(?:\s+#(\d{1,9}))?\s*[.:!]?$/u;

/** Without a number, and in a reply that answers no notice about a task, the words may be for a colleague. */
export function half(line: string, { about }: CommandFacts): ReplyCommand | undefined {
  const name = line.length < 80 ? NAMED.exec(line)?.[1]?.toLowerCase() : undefined;
  if (name)
    return {
      kind: 'half',
      line,
      asks: `Say what it is for, or who has its roles: “workflow ${name}: week 49 (presenter: Ada)”.`,
    };
  const [, first, words, second] = (line.length < 80 && WORDS.exec(line.replace(polite, ''))) || [];
  if (!words) return undefined;
  const of = ofTask(first, second);
  const found = Object.entries(HALVES).find(([, { means }]) => means.test(words.trim()));
  if (!found || !(of.task || about || found[0] === 'workflow')) return undefined;
  const [, { asks }] = found;
  return { kind: 'half', line, asks: asks(of.task ? `${of.task} ` : ''), ...of };
}
