// A mail that begins a conversation, taken apart: its writer's own words, and below them the source. Nothing of it is dropped. Pure, linear.

import type { Line } from '../html/line.ts';
import type { Mail, Witness } from '../mail.ts';
import type { Head } from './header-block.ts';
import { type Faces, isBlank, linesOf, textLines, textOfLines } from './lines.ts';
import { type Passage, passagesOf, type Says } from './passages.ts';
import { readSubject } from './subject.ts';

/** A mail that somebody else wrote. All of it is data: nobody has authenticated its sender. */
export interface Forwarded extends Head {
  text: string;
}

export interface Split {
  /** What the sender wrote, with the quotes between which they wrote; empty when they only forwarded. */
  written: string;
  /** Their signature, where one was found. */
  signature: string;
  /** Forwarded mails: below the text, inside it, or attached. */
  outside: Forwarded[];
  /** The subject is another's, too: that of the mail that was forwarded or answered. */
  outsideSubject: boolean;
}

type Body = Faces & Pick<Mail, 'subject' | 'witness' | 'forwarded'> & Partial<Pick<Mail, 'inReplyTo' | 'references'>>;

/** Longer quotes stand below, not between the words. */
const CONTEXT_LINES = 60;

export function splitMail(mail: Body): Split {
  const { forward, reply, title } = readSubject(mail.subject);
  const answers = reply || Boolean(mail.inReplyTo?.length || mail.references?.length);
  const sorted = passagesIn(mail, forward ? 'forward' : answers ? 'answer' : 'nothing');
  const attached = mail.forwarded.flatMap(mailsIn);
  const outside = [...quotesOf(sorted).map(forwardedOf), ...attached].filter(({ text, ...rest }) => text || rest.from);
  const own = wordsIn(sorted);
  // A signature alone is all that somebody wrote.
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

/** Marks of quotes may stand in the mail that was forwarded: where that begins is told by a header block, by words of programs, or by a container. */
const beginsAnother = (all: readonly Passage[]) =>
  all.some(
    ({ begins, introduction, lines }) =>
      begins || (!introduction.length && lines.some((line) => line.part === 'quoted' && !line.depth && !isBlank(line))),
  );

const isShown = (all: readonly Passage[], says: Says) => (says === 'forward' ? beginsAnother(all) : isQuoted(all));

/** Whether the structure of the mail itself shows where another's words begin. */
export function saysQuoted(mail: Faces & Pick<Mail, 'subject'>): boolean {
  const { forward, reply } = readSubject(mail.subject);
  const says = forward ? 'forward' : reply ? 'answer' : 'nothing';
  return shownIn(mail, passagesOf(linesOf(mail), says), says) !== undefined;
}

/** By its structure; else as the witness says; else, where it says that it forwards, all but its first paragraph is another's. */
export function passagesIn(mail: Found, says: Says): Passage[] {
  const preferred = passagesOf(linesOf(mail), says);
  const shown = shownIn(mail, preferred, says) ?? (mail.witness && asWitnessed(textLines(mail.text), mail.witness));
  if (shown) return shown;
  return says === 'forward' && !isAttached(mail) ? withoutMark(mail, preferred) : preferred;
}

/** The mail that it forwards is attached, by its subject; another may have been attached to the mail that it forwards. */
function isAttached({ subject = '', forwarded = [] }: Found): boolean {
  const { title } = readSubject(subject);
  return forwarded.some((one) => sameTitle(one.subject, title) || (title === '' && one.subject === ''));
}

/** The face whose structure says the most: HTML that marks quotes, then plain text, then what HTML shows. */
function shownIn(mail: Faces, preferred: Passage[], says: Says): Passage[] | undefined {
  if (isShown(preferred, says)) return preferred;
  if (mail.html === undefined || mail.text.trim() === '') return undefined;
  const shown = passagesOf(linesOf({ ...mail, text: '' }), says);
  return isShown(shown, says) ? shown : undefined;
}

/** Undefined where what it says does not fit the text. */
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

/** It says that it forwards, and nothing shows where: all but the first paragraph may be another's. Of HTML without empty lines that is a line. */
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
  // Their own paragraph, and below it nothing but quotes, is as good as marked.
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

/** Quotes that follow each other are one mail, which quotes others in turn. */
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
  // Below words that only say that an old mail follows, Yandex writes who and when.
  const begin = passages.findIndex(
    ({ head, introduction, lines }) => head.from !== undefined || !lines.every(isBlank) || introduction.some(isTelling),
  );
  const [first, ...more] = passages.slice(Math.max(0, begin));
  const head = first?.head ?? {};
  // What an introduction says is not lost where it can't be told apart, or may be somebody's own sentence.
  const kept = first && (!head.from || first.isUnsure) ? first.introduction.filter(isTelling) : [];
  const lines = [...kept, ...(first?.lines ?? []), ...more.flatMap((one) => [...one.introduction, ...one.lines])];
  const depths = lines.filter((line) => !isBlank(line)).map(({ depth }) => depth);
  const outer = depths.reduce((least, depth) => Math.min(least, depth), Number.POSITIVE_INFINITY);
  return { ...head, text: withoutIndent(textOfLines(lines.map((line) => marked(line, line.depth - outer)))) };
}

/** Who or when, and not only that something follows. */
function isTelling({ text }: Line): boolean {
  return /\p{L}/u.test(text) && /[@\d]/.test(text);
}

/** Outlook for Mac moves the old mail to the right. */
function withoutIndent(text: string): string {
  const lines = text.split('\n');
  return lines.every((line) => line === '' || line.startsWith('    '))
    ? lines.map((line) => line.slice(4)).join('\n')
    : text;
}

function marked(line: Line, depth: number): Line {
  return { ...line, text: `${'> '.repeat(Math.max(0, Math.min(depth, 20)))}${line.text}` };
}

/** The writer's own words, and the quotes between them where they are. */
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

/** Also the mails inside the mails inside it. */
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

/** A body as a person sees it, quotes marked. */
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
