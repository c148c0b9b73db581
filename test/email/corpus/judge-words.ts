// Compares the messages in a pod with a case of the corpus: wrong authors and missing sentences.

import type { Case } from './case.ts';

/** The faults of a case. All lists are empty if it is right. */
export interface Judgement {
  name: string;
  /** The member's sentences that are not among the member's own words. */
  lost: string[];
  /** Sentences of others, or their sender, date and subject, that are nowhere in what is marked as from outside. */
  missing: string[];
  /** Sentences of others that stand among the member's words as if they were theirs. */
  unmarked: string[];
  /** Lines of the mail program, or of what Skein sent itself, among the member's words. */
  residue: string[];
}

/** Words alone, however they are wrapped, quoted, emphasised or spaced. */
export const plain = (text: string) =>
  text
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .replace(/[>*_\s\u00a0]+/g, ' ')
    .trim();

/** The forms in which a date may appear: as printed, or as in a header. */
function datesAs(date: string): string[] {
  const at = new Date(date);
  return Number.isNaN(at.getTime()) || !/\+\d{4}$/.test(date) ? [date] : [date, at.toISOString(), at.toUTCString()];
}

export function judgeWords(one: Case, own: string, outside: string): Omit<Judgement, 'name'> {
  // A quote between the answers is marked in place.
  const bare = own.split('\n').filter((line) => !/^\s*(?:[-*] )?>/.test(line));
  const [words, said, brought] = [plain(own), plain(bare.join('\n')), plain(outside)];
  const { from, date = '', subject = '' } = one.source ?? {};
  const head = [from ?? '', subject].filter(Boolean);
  const known = one.known.flatMap(({ text }) => text.split('\n\n'));
  return {
    lost: one.own.filter((sentence) => !said.includes(plain(sentence))),
    missing: [
      ...[...one.outside, ...head].filter((sentence) => !brought.includes(plain(sentence))),
      ...(datesAs(date).some((shape) => brought.includes(plain(shape))) ? [] : [date]),
      ...one.kept.filter((sentence) => !`${words} ${brought}`.includes(plain(sentence))),
    ],
    unmarked: one.outside.filter((sentence) => said.includes(plain(sentence))),
    // A line of underscores holds no words.
    residue: [...one.residue, ...known.filter((text) => !one.own.includes(text))].filter(
      (line) => plain(line) !== '' && said.includes(plain(line)),
    ),
  };
}
