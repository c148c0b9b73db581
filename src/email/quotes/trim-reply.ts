// Extracts the new text of a reply. Removes the signature and the quotes whose text Skein has; keeps unknown quotes.
// Pure, linear.

import type { Line } from '../html/line.ts';
import type { Mail } from '../mail.ts';
import { type Known, unknownIn, wordsOf } from './known-words.ts';
import { type Faces, isBlank, textOfLines } from './lines.ts';
import type { Passage } from './passages.ts';
import { asQuote, type Forwarded, forwardedOf, passagesIn, quotesOf, shownText } from './split-mail.ts';
import { readSubject } from './subject.ts';

export interface Reply {
  /**
   * The new text, including the quotes that it answers. Empty only if the mail is empty or all of it is in `outside`.
   */
  written: string;
  /** True if `written` only repeats what Skein has: the person wrote nothing above, between or below their quotes. */
  repeats: boolean;
  quoted: string;
  signature: string;
  /** The quotes whose text Skein does not have. Other people wrote them. */
  outside: Forwarded[];
  /** The whole visible body. */
  original: string;
}

/** A quote between a person's answers that has more lines than this is removed. */
const CONTEXT_LINES = 30;
/** A stranger's quote with fewer words than this is kept, because so few words may equal another text by chance. */
const STRANGER_WORDS = 8;

type Body = Faces & Pick<Mail, 'witness'> & Partial<Pick<Mail, 'subject' | 'forwarded'>>;

/** Splits a reply. Without `known`, removes every quote, so that only the person's own text is left. */
export function trimReply(mail: Body, known?: Known): Reply {
  // If the mail forwards another mail into a conversation, it may not show where that mail begins.
  const passages = passagesIn(mail, readSubject(mail.subject ?? '').forward ? 'forward' : 'answer');
  const original = shownText(passages.flatMap((one) => [...one.introduction, ...one.lines]));
  const isOwn = ({ kind, lines }: Passage) => kind === 'own' && !lines.every(isBlank);
  const unknown = known ? new Map(passages.map((one) => [one, unknownOf(one, known)])) : new Map<Passage, Passage>();
  const outside = quotesOf(passages)
    .map((quote) => quote.flatMap((one) => unknown.get(one) ?? []))
    .filter((quote) => quote.length > 0)
    .map(forwardedOf);
  const isSilent = !passages.some(isOwn);
  const linesOfKind = (kind: Passage['kind']) =>
    textOfLines(passages.filter((one) => one.kind === kind).flatMap((one) => [...one.introduction, ...one.lines]));
  return {
    written: isSilent ? (outside.length ? '' : known ? asWritten(passages) : original) : withContext(passages, isOwn),
    repeats: isSilent && known !== undefined && outside.length === 0,
    quoted: isSilent ? '' : linesOfKind('quoted'),
    signature: isSilent ? '' : linesOfKind('signature'),
    outside,
    original,
  };
}

/** Returns the whole text, because nothing in it is new. Its quotes stay marked, so that they mention nobody. */
function asWritten(passages: Passage[]): string {
  return textOfLines(
    passages.flatMap(({ kind, introduction, lines }) => {
      const all = [...introduction, ...lines];
      return kind === 'quoted' ? asQuote(all) : all;
    }),
  );
}

/**
 * Returns the paragraphs of a quote that contain unknown text, below the quote's introduction. Undefined if there are
 * none.
 */
function unknownOf(passage: Passage, known: Known): Passage | undefined {
  const { kind, head, lines } = passage;
  if (kind !== 'quoted') return undefined;
  const flags = flagsOf(lines, known);
  const from = /[^\s@<>()[\]"',;:]+@[^\s@<>()[\]"',;:]+/u.exec(head.from ?? '')?.[0]?.toLowerCase();
  const isStrangers = from !== undefined && !known.knowsAuthor(from);
  const words = isStrangers ? wordsOf(lines.map(({ text }) => text).join('\n')).length : 0;
  if (isStrangers && words > 0 && words < STRANGER_WORDS) return passage;
  if (!flags.some(Boolean)) return undefined;
  return { ...passage, lines: paragraphsOf(lines, flags) };
}

/**
 * Tells for each line whether it contains unknown text. Consecutive lines of one depth are compared together, because
 * one person wrote them.
 */
function flagsOf(lines: Line[], known: Known): boolean[] {
  const flags: boolean[][] = [];
  for (let from = 0; from < lines.length; ) {
    let to = from + 1;
    while (to < lines.length && (lines[to]?.depth === lines[from]?.depth || isBlank(lines[to]))) to += 1;
    const voice = lines.slice(from, to).map(({ text }) => text);
    flags.push(unknownIn(known, voice));
    from = to;
  }
  return flags.flat();
}

function paragraphsOf(lines: Line[], flags: boolean[]): Line[] {
  const kept: Line[][] = [];
  for (let from = 0; from < lines.length; ) {
    let to = from;
    while (to < lines.length && !isBlank(lines[to]) && lines[to]?.depth === lines[from]?.depth) to += 1;
    const end = isBlank(lines[to]) ? to + 1 : to;
    if (flags.slice(from, to).some(Boolean)) kept.push(lines.slice(from, end));
    from = end;
  }
  return kept.flat();
}

/**
 * Returns the person's own text with the quotes between their answers, which are not understandable without these
 * quotes.
 */
function withContext(passages: Passage[], isOwn: (one: Passage) => boolean): string {
  const inner = passages.slice(passages.findIndex(isOwn), passages.findLastIndex(isOwn) + 1);
  const quoted = inner.filter(({ kind }) => kind === 'quoted').flatMap(({ lines }) => lines);
  const keeps = quoted.length <= CONTEXT_LINES;
  const shown = inner.filter(({ kind }) => kind === 'own' || (kind === 'quoted' && keeps));
  return textOfLines(shown.flatMap(({ kind, lines }) => (kind === 'own' ? lines : asQuote(lines))));
}
