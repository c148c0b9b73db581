// Decides which open question a person's message answers. Pure. In doubt it answers none, because a question that stays
// open is better than one that is closed wrongly.
import type { ParticipantId } from '../../../log/participant.ts';
import { addressableText } from '../../conversations/addressable-text.ts';
import type { QuestionDoc } from '../question.ts';

export interface Words {
  text: string;
  /** Everybody whom the text calls by name. */
  named: readonly ParticipantId[];
  /** True if the text calls somebody who is no member of the pod. */
  strangers: boolean;
  /** The question whose mail the message answers. */
  mail?: string | undefined;
  /** The open questions of the conversation that the author of the message may answer. */
  open: readonly QuestionDoc[];
}

export type Meant =
  | { kind: 'one'; question: QuestionDoc }
  /** The message may answer several of these questions, so none is settled. */
  | { kind: 'unclear'; questions: readonly QuestionDoc[] }
  | { kind: 'none' };

const NONE: Meant = { kind: 'none' };

export function questionMeant({ text, named, strangers, mail, open }: Words): Meant {
  if (!open.length || asksBack(text)) return NONE;
  const mailed = open.find(({ id }) => id === mail);
  if (mailed) return { kind: 'one', question: mailed };
  const forAuthor = named.length ? open.filter(({ by }) => named.includes(by)) : open;
  // The text also calls somebody who has asked none of these questions, so it may be meant for them.
  if (strangers || named.some((one) => !open.some(({ by }) => by === one))) return NONE;
  const numbers = numbersIn(text);
  const numbered = forAuthor.filter(({ number }) => numbers.includes(number));
  const [one, another] = numbered.length ? numbered : forAuthor;
  if (!one) return NONE;
  // The text begins with the number of a question that is over, so it is not meant for the open one.
  if (!numbered.length && numberFirst(text) !== undefined) return { kind: 'unclear', questions: forAuthor };
  return another
    ? { kind: 'unclear', questions: numbered.length ? numbered : forAuthor }
    : { kind: 'one', question: one };
}

/** True if words about one question may be its answer. They are none if they ask something themselves. */
export function meansAnswer(text: string): boolean {
  return !asksBack(text);
}

/** True if the text itself asks something, or has no words. */
function asksBack(text: string): boolean {
  const said = addressableText(text)
    .replace(/@[\p{L}\p{N}._-]+/gu, '')
    .trim();
  return !/[\p{L}\p{N}\p{S}]/u.test(said) || /\?[\s!?.)]{0,9}$/.test(said.slice(-20));
}

/** Returns the number of the question with which the text begins: 1 for “q1: yes”. */
export function numberFirst(text: string): number | undefined {
  const number = /^(?:@[\p{L}\p{N}._-]+[\s,:]*)*q(\d{1,6})\s*(?:[:,.–-]|$)/iu.exec(addressableText(text).trim())?.[1];
  return number === undefined ? undefined : Number(number);
}

export function numbersIn(text: string): number[] {
  return [...addressableText(text).matchAll(/(?<![\p{L}\p{N}])q(\d{1,6})(?![\p{L}\p{N}])/giu)].map(([, n]) =>
    Number(n),
  );
}

/**
 * Returns the position of the option with which the text begins, or whose number it gives. Undefined if that is not
 * certain.
 */
export function optionIn(text: string, options: readonly string[]): number | undefined {
  const said = bare(text.replace(/^[\s]*q\d{1,6}\s*[:,.]?/i, ''));
  const number = /^\d{1,2}$/.test(said) && !options.some((option) => bare(option) === said) ? Number(said) : undefined;
  if (number !== undefined) return number >= 1 && number <= options.length ? number - 1 : undefined;
  const begun = options
    .map((option, n) => ({ n, words: bare(option) }))
    .filter(({ words }) => words && (said === words || said.startsWith(`${words} `)))
    .sort((a, b) => b.words.length - a.words.length);
  const [longest, next] = begun;
  return longest && longest.words.length !== next?.words.length ? longest.n : undefined;
}

/** Returns the words of a text in lower case, without mentions and punctuation. */
function bare(text: string): string {
  const words = text
    .slice(0, 2000)
    .toLowerCase()
    .replace(/@[\p{L}\p{N}._-]+/gu, ' ')
    .match(/[\p{L}\p{N}\p{M}]+(?:[’'.-][\p{L}\p{N}\p{M}]+)*|[\p{S}]+/gu);
  return (words ?? []).join(' ');
}
