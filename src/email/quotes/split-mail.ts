// Splits the first mail of a conversation into its writer's own text and the forwarded or quoted mails. Keeps all text.
// Pure, linear.

import type { Line } from '../html/line.ts';
import type { Mail, Witness } from '../mail.ts';
import type { Head } from './header-block.ts';
import { type Faces, isBlank, linesOf, textLines, textOfLines } from './lines.ts';
import { type Passage, passagesOf, type Says } from './passages.ts';
import { readSubject } from './subject.ts';

/** A mail by another author. Untrusted, because its sender is not authenticated. */
export interface Forwarded extends Head {
  text: string;
}

export interface Split {
  /** The sender's own text, including the quotes that they answered. Empty if they only forwarded a mail. */
  written: string;
  /** The sender's signature. Empty if none was found. */
  signature: string;
  /** The forwarded mails, which may be below the text, inside it, or attached. */
  outside: Forwarded[];
  /** True if another author wrote the subject, because it is that of the forwarded or answered mail. */
  outsideSubject: boolean;
}

type Body = Faces & Pick<Mail, 'subject' | 'witness' | 'forwarded'> & Partial<Pick<Mail, 'inReplyTo' | 'references'>>;

/** A quote with more lines than this is moved below the text. */
const CONTEXT_LINES = 60;

export function splitMail(mail: Body): Split {
  const { forward, reply, title } = readSubject(mail.subject);
  const answers = reply || Boolean(mail.inReplyTo?.length || mail.references?.length);
  const sorted = passagesIn(mail, forward ? 'forward' : answers ? 'answer' : 'nothing');
  const attached = mail.forwarded.flatMap(mailsIn);
  const outside = [...quotesOf(sorted).map(forwardedOf), ...attached].filter(({ text, ...rest }) => text || rest.from);
  const own = wordsIn(sorted);
  // The sender wrote only a signature.
  const isSilent = own === '' && outside.length === 0;
  const written = isSilent ? shownText(sorted.flatMap(({ lines }) => lines)) : own;
  const isTheirs = (subject?: string) => subject !== undefined && sameTitle(subject, title);
  return {
    written,
    signature: isSilent
      ? ''
      : textOfLines(sorted.filter(({ kind }) => kind === 'signature').flatMap(({ lines }) => lines)),
    outside,
    outsideSubject: forward || answers || outside.some(({ subject }) => isTheirs(subject)),
  };
}

type Found = Faces & Pick<Mail, 'witness'> & Partial<Pick<Mail, 'subject' | 'forwarded'>>;

const isQuoted = (all: readonly Passage[]) => all.some(({ kind }) => kind === 'quoted');

/**
 * True if a forwarded mail clearly begins: with a header block, a program's phrase, or a container. Quote marks alone
 * may be part of that mail.
 */
const beginsAnother = (all: readonly Passage[]) =>
  all.some(
    ({ begins, introduction, lines }) =>
      begins || (!introduction.length && lines.some((line) => line.part === 'quoted' && !line.depth && !isBlank(line))),
  );

const isShown = (all: readonly Passage[], says: Says) => (says === 'forward' ? beginsAnother(all) : isQuoted(all));

/** True if the structure of the mail shows where other people's text begins. */
export function showsQuotes(mail: Faces & Pick<Mail, 'subject'>): boolean {
  const { forward, reply } = readSubject(mail.subject);
  const says = forward ? 'forward' : reply ? 'answer' : 'nothing';
  return shownIn(mail, passagesOf(linesOf(mail), says), says) !== undefined;
}

/**
 * Returns the passages by the structure of the mail, or else by the witness. If both fail and the mail is a forward,
 * everything after the first paragraph counts as quoted.
 */
export function passagesIn(mail: Found, says: Says): Passage[] {
  const preferred = passagesOf(linesOf(mail), says);
  const shown = shownIn(mail, preferred, says) ?? (mail.witness && asWitnessed(textLines(mail.text), mail.witness));
  if (shown) return shown;
  return says === 'forward' && !isAttached(mail) ? withoutMark(mail, preferred) : preferred;
}

/**
 * True if the forwarded mail is attached. Compares the subjects, because another attached mail may belong to the
 * forwarded one.
 */
function isAttached({ subject = '', forwarded = [] }: Found): boolean {
  const { title } = readSubject(subject);
  return forwarded.some((one) => sameTitle(one.subject, title) || (title === '' && one.subject === ''));
}

/**
 * Returns the passages of the alternative with the clearest structure: HTML with quotes, then plain text, then visible
 * HTML. Undefined if none shows quotes.
 */
function shownIn(mail: Faces, preferred: Passage[], says: Says): Passage[] | undefined {
  if (isShown(preferred, says)) return preferred;
  if (mail.html === undefined || mail.text.trim() === '') return undefined;
  const shown = passagesOf(linesOf({ ...mail, text: '' }), says);
  return isShown(shown, says) ? shown : undefined;
}

/** Returns the passages as the witness found them. Undefined if the witness does not fit the text. */
function asWitnessed(lines: Line[], { above, ...head }: Witness): Passage[] | undefined {
  const bare = (text: string) => text.replace(/\s+/g, '');
  const wanted = bare(above);
  let seen = '';
  let end = 0;
  while (end < lines.length && seen.length < wanted.length) {
    seen += bare(lines[end]?.text ?? '');
    end += 1;
  }
  if (seen !== wanted || end === lines.length) return undefined;
  return [passage('own', lines.slice(0, end)), { ...passage('quoted', lines.slice(end)), head, begins: true }];
}

/**
 * Counts everything after the first paragraph as quoted, because the mail is a forward but shows no start of the
 * forwarded mail. In HTML without empty lines, a paragraph is one line.
 */
function withoutMark(mail: Found, passages: Passage[]): Passage[] {
  const found = firstParagraph(passages);
  if (found || mail.html === undefined) return found ?? passages;
  const lines = linesOf({ ...mail, text: '' });
  const begin = lines.findIndex((line) => !isBlank(line) && line.part === 'written');
  return begin === -1 ? passages : around(lines, begin, begin + 1);
}

function firstParagraph(passages: Passage[]): Passage[] | undefined {
  const all = passages.flatMap((one) => [...one.introduction, ...one.lines].map((line) => ({ line, kind: one.kind })));
  const begin = all.findIndex(({ line, kind }) => kind === 'own' && !isBlank(line));
  const end = all.findIndex(({ line, kind }, at) => at > begin && (isBlank(line) || kind === 'quoted'));
  if (begin === -1 || end === -1) return undefined;
  // If only quotes follow the first paragraph, the mail is already split correctly.
  if (all.slice(end).every(({ line, kind }) => kind === 'quoted' || isBlank(line))) return passages;
  return around(
    all.map(({ line }) => line),
    begin,
    end,
  );
}

function around(lines: Line[], begin: number, end: number): Passage[] {
  const parts = [
    passage('quoted', lines.slice(0, begin)),
    passage('own', lines.slice(begin, end)),
    passage('quoted', lines.slice(end)),
  ];
  return parts.filter((one) => !one.lines.every(isBlank));
}

function passage(kind: Passage['kind'], lines: Line[]): Passage {
  return { kind, introduction: [], head: {}, lines };
}

/**
 * Groups the quotes by mail. Consecutive quotes belong to one mail, because a quoted mail may contain quotes itself.
 */
export function quotesOf(passages: Passage[]): Passage[][] {
  const quotes: Passage[][] = [];
  let open = false;
  for (const one of passages) {
    const isEmpty = one.kind !== 'quoted' && one.lines.every(isBlank);
    if (one.kind === 'quoted') {
      if (open) quotes.at(-1)?.push(one);
      else quotes.push([one]);
      open = true;
    } else if (!isEmpty) open = false;
  }
  return quotes;
}

export function forwardedOf(passages: Passage[]): Forwarded {
  // Yandex writes the author and the date below a line that only announces a quoted mail.
  const begin = passages.findIndex(
    ({ head, introduction, lines }) =>
      head.from !== undefined || !lines.every(isBlank) || introduction.some(namesAuthorOrDate),
  );
  const [first, ...more] = passages.slice(Math.max(0, begin));
  const head = first?.head ?? {};
  // The introduction stays as text if it can't be parsed, or if it may be the writer's own sentence.
  const kept = first && (!head.from || first.isUnsure) ? first.introduction.filter(namesAuthorOrDate) : [];
  const lines = [...kept, ...(first?.lines ?? []), ...more.flatMap((one) => [...one.introduction, ...one.lines])];
  const depths = lines.filter((line) => !isBlank(line)).map(({ depth }) => depth);
  const outer = depths.reduce((least, depth) => Math.min(least, depth), Number.POSITIVE_INFINITY);
  return { ...head, text: withoutIndent(textOfLines(lines.map((line) => marked(line, line.depth - outer)))) };
}

/** True if the line contains an author or a date. */
function namesAuthorOrDate({ text }: Line): boolean {
  return /\p{L}/u.test(text) && /[@\d]/.test(text);
}

/** Removes the indentation with which Outlook for Mac marks a quoted mail. */
function withoutIndent(text: string): string {
  const lines = text.split('\n');
  return lines.every((line) => line === '' || line.startsWith('    '))
    ? lines.map((line) => line.slice(4)).join('\n')
    : text;
}

function marked(line: Line, depth: number): Line {
  return { ...line, text: `${'> '.repeat(Math.max(0, Math.min(depth, 20)))}${line.text}` };
}

/** Returns the writer's own text with the quotes that they answered. */
function wordsIn(passages: Passage[]): string {
  const says = ({ kind, lines }: Passage) => kind === 'own' && !lines.every(isBlank);
  const inner = passages.slice(passages.findIndex(says), passages.findLastIndex(says) + 1);
  if (!passages.some(says)) return '';
  const quoted = inner.filter(({ kind }) => kind === 'quoted').flatMap(({ lines }) => lines);
  const own = quoted.length === 0 || quoted.length > CONTEXT_LINES;
  const shown = inner.filter(({ kind }) => kind === 'own' || (kind === 'quoted' && !own));
  return textOfLines(shown.flatMap(({ kind, lines }) => (kind === 'own' ? lines : asQuote(lines))));
}

export function asQuote(lines: Line[]): Line[] {
  const first = lines.findIndex((line) => !isBlank(line));
  const last = lines.findLastIndex((line) => !isBlank(line));
  return lines.map((line, at) => (at < first || at > last ? line : marked(line, Math.max(1, line.depth))));
}

/** Returns the mails inside a mail, at every depth. */
export function mailsIn(mail: Mail): Forwarded[] {
  const { from, dateLine, to, subject } = mail;
  const one: Forwarded = {
    ...(from.kind === 'mailbox' ? { from: mailboxText(from) } : {}),
    ...(dateLine === undefined ? {} : { date: dateLine }),
    ...(to.length === 0 ? {} : { to: to.map(mailboxText).join(', ') }),
    ...(subject === '' ? {} : { subject }),
    text: shownText(linesOf(mail)),
  };
  return [one, ...mail.forwarded.flatMap(mailsIn)];
}

/** Returns the visible body, with its quotes marked. */
export function shownText(lines: Line[]): string {
  return textOfLines(lines.map((line) => marked(line, line.part === 'quoted' ? Math.max(1, line.depth) : 0)));
}

function mailboxText({ name, address }: { name: string; address: string }): string {
  return name === '' ? address : `${name} <${address}>`;
}

function sameTitle(one: string, title: string): boolean {
  const plain = (text: string) => readSubject(text).title.replace(/\s+/g, ' ').toLowerCase();
  return title !== '' && plain(one) === plain(title);
}
