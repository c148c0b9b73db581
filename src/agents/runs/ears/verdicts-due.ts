// Tells a model on which words it owes a verdict, and what stands beside them.
import type { Reader } from '../../../log/action.ts';
import type { BodyRef } from '../../../log/body.ts';
import { isQuoted } from '../../../log/labels/label.ts';
import { clipped } from '../../../log/well-formed.ts';
import { CONVERSATIONS } from '../../../pods/conversations/conversation.ts';
import { MESSAGES } from '../../../pods/conversations/message.ts';
import {
  dueIn,
  type Instruction,
  instructionName,
  isStanding,
} from '../../../pods/conversations/words/instructions.ts';
import { aliasesOf } from '../../../pods/people/aliases.ts';
import { called, namesOfAll } from '../../../pods/people/directory.ts';
import { attribute, inLine } from '../../sessions/fence.ts';

/** More would not help the model to find what was said. */
const LONGEST_QUOTE = 80;
const MOST_BESIDE = 6;

export interface VerdictsDue {
  /** Empty if no verdict is due. */
  text: string;
  /** The names of the instructions by the messages of the turn that give them. */
  names: ReadonlyMap<string, string>;
}

export const NONE_DUE: VerdictsDue = { text: '', names: new Map() };

/**
 * `upTo`: the number of the log up to which the turn holds what was said. `shown`: the messages of the turn. They get the name
 * that their line has, and are not quoted.
 */
export async function verdictsDue(
  read: Reader,
  { conversation, agent }: { conversation: string; agent: string },
  upTo: number,
  shown: ReadonlySet<string>,
): Promise<VerdictsDue> {
  const doc = await read.get(CONVERSATIONS, conversation);
  const list = doc?.atWork?.find((one) => one.agent === agent)?.instructions ?? [];
  const due = dueIn(list, upTo);
  const [first] = due;
  if (!first) return NONE_DUE;
  const open = list.filter((one) => isStanding(one) && !due.includes(one) && one.seq <= upTo);
  const beside = newestBeside(open, first);
  const all = [...due, ...beside];
  const words = await wordsOf(read, all, shown);
  const other = [...beside, ...due].find(({ by }) => by !== first.by);
  const [one, another] = [first, other ?? first].map(({ n }) => instructionName(n));
  const text = [
    '<verdicts>',
    ...due.map((each) => `due: ${words.get(each.n)}`),
    ...beside.map((each) => `stands: ${words.get(each.n)}`),
    `Before your next call that changes something, and first in its turn, go_ahead with verdicts, as {"${one}": "fits"}; or "replaces ${another}", "conflicts ${another}" (they are asked), "none" (no instruction). An answer needs none.`,
    '</verdicts>',
  ].join('\n');
  const named = all.filter(({ message }) => shown.has(message));
  return { text, names: new Map(named.map(({ message, n }) => [message, instructionName(n)])) };
}

/** Pure. Returns the newest, and among them one of somebody else than who gave `due`: a verdict is about theirs. */
export function newestBeside(open: readonly Instruction[], due: Pick<Instruction, 'by'>): Instruction[] {
  const newest = open.slice(-MOST_BESIDE);
  const other = open.findLast(({ by }) => by !== due.by);
  return !other || newest.includes(other) ? newest : [other, ...newest.slice(1)];
}

/** Quotes the beginning of those from earlier turns: `i41 Ben Okafor: “no, green”`. Texts that no member wrote are not quoted. */
async function wordsOf(
  read: Reader,
  all: readonly Instruction[],
  shown: ReadonlySet<string>,
): Promise<Map<number, string>> {
  const authors = all.map(({ by }) => by);
  const [names, aliases, docs] = await Promise.all([
    namesOfAll(read, authors),
    aliasesOf(read, authors),
    Promise.all(all.map(({ message }) => (shown.has(message) ? undefined : read.get(MESSAGES, message)))),
  ]);
  const texts = await read.texts(docs.flatMap((doc): BodyRef[] => (doc?.body ? [doc.body] : [])));
  return new Map(
    all.map(({ n, by }, at) => {
      const doc = docs[at];
      const words = isQuoted(doc?.labels?.body) ? '' : (texts.get(doc?.body ?? '') ?? '');
      const quote = words ? `: “${inLine(clipped(words.replace(/\s+/g, ' ').trim(), LONGEST_QUOTE))}”` : '';
      return [n, `${instructionName(n)} ${attribute(aliases.get(by) ?? called(names, by).name)}${quote}`];
    }),
  );
}
