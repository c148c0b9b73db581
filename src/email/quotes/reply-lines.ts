// Finds the attribution line above a quote (who wrote it and when), in any language. Examines a limited number of lines
// of limited length. Pure.

import type { Line } from '../html/line.ts';
import { LINE_CHARS } from '../limits.ts';
import { type Head, isDate, isFullDate } from './header-block.ts';
import { head, isBlank } from './lines.ts';
import { openingLine, requestWords, wroteLine } from './mail-words.ts';

/** Skein's mails contain this line above quoted text, and mail programs keep it in replies. */
export const REPLY_MARKER = 'Reply above this line';

/** The most lines into which mail programs break the attribution line. */
const WROTE_LINES = 4;

export interface Introduction {
  /** The position of the first line of the attribution. */
  from: number;
  text: string;
}

/**
 * Returns the attribution that ends at line `at`; undefined if none does. `quoted`: true if a quote follows, so that a
 * colon with a date or an address is enough.
 */
export function introductionAt(lines: Line[], at: number, quoted: boolean): Introduction | undefined {
  const last = head(lines[at]).trim();
  if (!/[:\uff1a]$|-{3,}$|[:\uff1a]\s?-{2,}$/.test(last)) return undefined;
  let text = '';
  let found: Introduction | undefined;
  for (let from = at; from > at - WROTE_LINES; from -= 1) {
    const line = lines[from];
    const words = head(line).trim();
    if (!line || words === '' || line.part !== lines[at]?.part || line.depth !== lines[at]?.depth) break;
    text = `${words} ${text}`.trim().slice(-LINE_CHARS);
    if (!isIntroduction(text, quoted) && !(quoted && opensBox(lines, from))) continue;
    if (openingLine.test(words) || !found) found = { from, text };
    if (openingLine.test(words)) break;
  }
  return found;
}

/** True if the line is the first inside a quote container. */
function opensBox(lines: Line[], at: number): boolean {
  const box = lines[at]?.box;
  return box !== undefined && lines.slice(Math.max(0, at - 2), at).every((line) => line.box !== box || isBlank(line));
}

const addressIn = /[^\s@<>()[\]"',;:]@[^\s@<>()[\]"',;:]/u;
const mailboxIn = /[<([](?:mailto:)?[^\s@<>]{1,200}@[^\s@<>]{1,200}[>)\]]/u;
/** Matches `---- On … wrote ----` and `-----Mill <m@mill.example> wrote: -----`. */
const dashed = /^-{3,}\s?\S.*\s-{3,}$/u;

function isIntroduction(text: string, quoted: boolean): boolean {
  if (!/[\p{Nd}@]/u.test(text)) return false;
  const dated = isDate(text);
  const addressed = addressIn.test(text);
  if (dashed.test(text)) return addressed || dated;
  if (!/[:\uff1a]$/.test(text)) return false;
  if (requestWords.test(text)) return false;
  if (wroteLine.test(text)) return dated || addressed;
  const named = mailboxIn.test(text);
  return dated ? named || (quoted && isFullDate(text)) : quoted && named;
}

/**
 * True if the line certainly introduces a quoted mail, even without quote marks below. `hinted`: true if the mail's
 * headers say that it is a forward or a reply.
 */
export function isCertain(text: string, hinted: boolean): boolean {
  if (dashed.test(text)) return true;
  const startsLikeOne = /^["'„«“]?\p{Lu}|^[在于於]|^\p{Nd}|^\p{Lo}|^[\p{Ll}]{2,3}[.,]?\s\p{Nd}/u.test(text);
  if (!startsLikeOne) return false;
  if (wroteLine.test(text)) return mailboxIn.test(text) || isFullDate(text);
  return hinted && isFullDate(text) && mailboxIn.test(text);
}

const named =
  /["'“„«]?([\p{L}\p{N}][\p{L}\p{M}\p{N}'’., -]{0,100}?)["'”“»]?\s*[<([]+(?:mailto:)?([^\s@<>()[\]]{1,200}@[^\s@<>()[\]]{1,200})[>)\]]+/u;

/** Returns the author and the date, if they can be parsed. */
export function headFrom(text: string): Head {
  const mailbox = named.exec(text);
  const [whole = '', name = '', address = ''] = mailbox ?? [];
  const plain = name
    .replace(/^.*(?:\p{Nd}|,|\b(?:AM|PM|Uhr)\b)[\s,]*/u, '')
    .replace(openingWord, '')
    .trim();
  const [before = '', after = ''] = mailbox
    ? [text.slice(0, mailbox.index + whole.indexOf(plain)), text.slice(mailbox.index + whole.length)]
    : [text];
  const when = [before, after].map(whenIn).find((part) => isDate(part));
  return {
    ...(address ? { from: plain ? `${plain} <${address}>` : address } : {}),
    ...(when ? { date: when } : {}),
  };
}

/** Returns the text up to its last number and time, as `On Friday, 27 November 2026 at 9:12 AM, `. */
function whenIn(part: string): string {
  const dated =
    /^.*\p{Nd}(?:\s?(?:[AaPp]\.?[Mm]\.?|Uhr|[A-Z]{2,4}(?:[+-]\p{Nd}{1,4})?|[日时時分点點]|г\.|р\.))?/u.exec(
      part,
    )?.[0] ?? '';
  return dated
    .replace(/^[\s,;:("'-]+/, '')
    .replace(openingWord, '')
    .trim()
    .slice(0, 120);
}

const openingWord =
  /^(?:On|Am|Le|El|Il(?: giorno)?|Em|Op|Den|På|Dne|W dniu|Dnia|Vào|Quoting|Zitat von|Citando a|schrieb|schreef|skrev|från|fra|from|von|de|da|van|于|於|在)\s*(?=[\s\p{Nd}\p{Lu}\p{Lo}])\s*/iu;
