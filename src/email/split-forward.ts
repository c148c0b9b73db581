// A forward taken apart: what the person wrote above it, and the mail below, attached or inline. Pure, linear.
import { type Line, linesOf, textOfLines } from './lines.ts';
import type { Mail } from './mail.ts';
import { beginForwardLine, forwardedLine, originalLine } from './mail-words.ts';
import { head, headerBlock, isCertain, wroteStart } from './reply-lines.ts';
import { readSubject } from './subject.ts';
import { trimReply } from './trim-reply.ts';

/** The mail that was forwarded. All of it is data: nobody has authenticated its sender. */
export interface Forwarded {
  from?: string;
  date?: string;
  to?: string;
  subject?: string;
  text: string;
}

export interface Forward {
  /** What the person wrote above; empty when they only forwarded. */
  above: string;
  /** Their signature, where one was found. */
  signature: string;
  forwarded: Forwarded[];
  how: 'attached' | 'inline';
}

type Body = Pick<Mail, 'subject' | 'text' | 'html' | 'forwarded'>;

export function splitForward(mail: Body): Forward | undefined {
  if (mail.forwarded.length > 0) {
    const { written, signature } = trimReply(mail);
    return { above: written, signature, forwarded: mail.forwarded.map(ofMail), how: 'attached' };
  }
  const lines = mail.text.trim() === '' || mail.html === undefined ? linesOf(mail) : linesOf({ text: mail.text });
  const at = markAt(lines, readSubject(mail.subject).forward);
  if (at === undefined) return passedOn(mail);
  const { written, signature } = trimReply({ text: shown(lines.slice(0, at)) });
  return { above: written, signature, forwarded: [ofLines(lines, at)], how: 'inline' };
}

/** Who answers a stranger, writes nothing and puts a pod into copy passes it on, though no word says so. */
function passedOn(mail: Body): Forward | undefined {
  const { written, signature, doubtful } = trimReply(mail);
  return doubtful && { above: '', signature, forwarded: [{ text: written }], how: 'inline' };
}

/** The line where the forwarded mail begins; a reply that quotes a forward is a reply. */
function markAt(lines: Line[], saysForward: boolean): number | undefined {
  for (const [at, line] of lines.entries()) {
    const text = head(line);
    const first = line.depth <= (saysForward ? 1 : 0);
    if (first && (forwardedLine.test(text) || beginForwardLine.test(text))) return at;
    const wrote = wroteStart(lines, at);
    if (wrote !== undefined && isCertain(lines, wrote, at) && !saysForward) return undefined;
    if (!saysForward || !first) continue;
    if (originalLine.test(text)) return at;
    if (headerBlock(lines, at)) return at > 0 && /^[\s_-]{5,}$/.test(head(lines[at - 1])) ? at - 1 : at;
  }
  return undefined;
}

/** Between the mark and the header block may be a few empty lines. */
const BLOCK_WITHIN = 5;

function ofLines(lines: Line[], at: number): Forwarded {
  for (let n = at; n < Math.min(lines.length, at + BLOCK_WITHIN); n += 1) {
    const block = headerBlock(lines, n, n > at ? 'any' : 'from');
    if (!block) continue;
    const { from, date, to, subject } = block.values;
    const fields = Object.entries({ from, date, to, subject }).filter(([, value]) => value !== undefined);
    return { ...Object.fromEntries(fields), text: shown(lines.slice(block.end), lines[n]?.depth) };
  }
  return { text: shown(lines.slice(at + 1), lines[at]?.depth) };
}

function ofMail(mail: Mail): Forwarded {
  const { from, date, to, subject } = mail;
  return {
    ...(from.kind === 'mailbox' ? { from: mailboxText(from) } : {}),
    ...(date === undefined ? {} : { date }),
    ...(to.length === 0 ? {} : { to: to.map(mailboxText).join(', ') }),
    ...(subject === '' ? {} : { subject }),
    text: shown(linesOf(mail)),
  };
}

function mailboxText({ name, address }: { name: string; address: string }): string {
  return name === '' ? address : `${name} <${address}>`;
}

/** Lines as text, with the quote marks that are theirs: `outer` ones belong to the forward itself. */
function shown(lines: Line[], outer = 0): string {
  return textOfLines(
    lines.map((line) => ({
      ...line,
      text: `${'> '.repeat(Math.max(0, Math.min(line.depth, 20) - outer))}${line.text}`,
    })),
  );
}
