// Patterns and functions for English sentences that several intents use.

import type { Wish } from './situation.ts';

const noName =
  '(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Janu|Febru|March|April|June|July|August|Septem|Octo|Novem|Decem|I\\b|The\\b)';

/** A name after "for" or "to": `@ben`, `Ben`, `Ben Okafor`, `me`. Never "the …", and never a day. */
export const whoPattern = `(?:@[\\w.-]+|me|myself|(?!${noName})[A-Z][\\p{L}'-]+(?:\\s+(?:[a-z]{2,3}\\s+)?[A-Z][\\p{L}'-]+)?)`;

/** Returns the wish without the agent's name and polite phrases. */
export function plainWish(text: string): string {
  let plain = text.trim();
  for (const opening of openings) plain = plain.replace(opening, '');
  // A request such as "Can you mark #3 done?" is not a question.
  if (courtesy.test(plain)) plain = plain.replace(courtesy, '').replace(/\?+\s*$/, '');
  plain = plain.replace(/^(?:please|pls|also|kindly)[,\s]+/i, '');
  return plain.replace(/[,\s]+(?:please|thanks|thank you|thx)\s*[.!]*$/i, '').trim() || text.trim();
}

const courtesy = /^(?:(?:can|could|would|will) (?:you|someone|we)|i(?:'d| would) like you to|i want you to)\s+/i;

const openings = [
  /^(?:(?:<@\w+>|@[\w.-]+)[,:]?\s+(?!(?:needs|has|should|must|to|is|takes)\b))+/i,
  /^(?:hi|hey|hello|dear|ok|okay|so|and|also)(?:\s+(?:@?\w+))?\s*[,:!.]\s+/i,
  /^(?:and|also|so|then)[,\s]+/i,
  /^[-*•]\s+/,
  /^(?:please|pls|kindly)[,\s]+/i,
];

export function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[.!?])\s+|\n+|;\s+|,?\s+and then\s+|\s+and\s+(?=#\d+\s+(?:as|is|to)\b)/)
    .map((each) => each.trim())
    .filter(Boolean);
}

export function isQuestion(text: string): boolean {
  return (
    /\?\s*$/.test(text) || /^(?:what|who|which|when|where|why|how|is|are|was|were|did|do|does|has|have)\b/i.test(text)
  );
}

/** Returns the person's name. `me` is the author of the wish. */
export function personOf(name: string, wish: Wish): string {
  return /^(?:i|me|my|myself)$/i.test(name) && wish.from ? wish.from : name;
}

/** Capitalises the names of known people, because people write "for ben". */
export function withNames(text: string, people: readonly string[]): string {
  return people.reduce((named, person) => {
    const first = person.split(' ')[0] ?? '';
    if (!/^[\p{L}'-]{2,}$/u.test(first)) return named;
    const meant = new RegExp(`\\b(for|to|of|ask|tell|remind|give|assign|have)\\s+(${first})\\b`, 'giu');
    return named.replace(meant, (_, before: string) => `${before} ${first}`);
  }, text);
}

/** Capitalises the first letter, and removes the surrounding quotes and the final full stop. */
export function asTitle(text: string): string {
  const plain = text
    .trim()
    .replace(/^[\s:,–—-]+/, '')
    .replace(/^["'“”‘’*_`]+|["'“”‘’*_`]+$/g, '')
    .replace(/[\s.,;:!?]+$/, '')
    .replace(/\s+/g, ' ');
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

const small = new Set(
  'a about above after all also am an and any are as at be been below but by can could did do does done for from get give had has have hello help here hey hi how i if in into is it its just know like me my need not now of on or our out please see should so some tell that the their them then there these they thing things this to up us was we were what when where which who why will with would you your'.split(
    ' ',
  ),
);

/** Returns the content words of a text, in order, each once. */
export function subjectWords(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}'-]*/gu) ?? [];
  return [...new Set(words.filter((word) => word.length > 1 && !small.has(word)))];
}

export function shortened(text: string, length: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= length
    ? line
    : `${line
        .slice(0, length - 1)
        .replace(/[\uD800-\uDBFF]$/, '')
        .trimEnd()}…`;
}

/** Quotes another author's text. Inside quotation marks, a mention addresses nobody. */
export function quoted(text: string, length: number): string {
  return `“${shortened(text, length).replaceAll('“', '‘').replaceAll('”', '’')}”`;
}

export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** Formats a time: `2026-11-27T07:17Z` becomes “27 Nov, 07:17”. A date alone becomes “27 Nov”. */
export function shownTime(at: string): string {
  const time = Date.parse(at);
  if (Number.isNaN(time)) return at;
  const clock = at.includes('T') ? ({ hour: '2-digit', minute: '2-digit' } as const) : {};
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC', ...clock }).format(time);
}

/** Formats a date: `2026-12-04` becomes “Fri 4 Dec”. */
export function shownDay(date: string): string {
  const parts = { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' } as const;
  const time = Date.parse(date);
  return Number.isNaN(time) ? date : new Intl.DateTimeFormat('en-GB', parts).format(time).replace(',', '');
}
