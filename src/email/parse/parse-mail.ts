// Parses raw bytes into a Mail. Runs in the reader process (read-mail.ts). For a hostile mail it throws Unfit or any
// parser error.

import { MAILBOX, readFromLine } from '../authenticate/from-line.ts';
import { addressList } from '../decode/address-list.ts';
import { decodeAttachment } from '../decode/decode-part.ts';
import { decodeWords } from '../decode/encoded-words.ts';
import { firstOf, messageIds, parametersOf, valuesOf } from '../decode/headers.ts';
import { withoutInvisible } from '../decode/invisible-signs.ts';
import { htmlLines } from '../html/html-lines.ts';
import { ADDRESS_CHARS, BODY_CHARS, SUBJECT_CHARS } from '../limits.ts';
import type { From, HeaderLine, Mail, Mailbox, Marks } from '../mail.ts';
import { forwardWitness, mayForward } from '../quotes/forward-witness.ts';
import { showsQuotes } from '../quotes/split-mail.ts';
import { sortParts, type Work } from './body.ts';
import { type Part, readMime } from './mime.ts';
import { makeNotes } from './notes.ts';

export async function parseMail(raw: Buffer): Promise<Mail> {
  const mail = await mailOf(readMime(raw), { chars: BODY_CHARS, addresses: ADDRESS_CHARS });
  const witness = mayForward(mail) && !showsQuotes(mail) ? forwardWitness(mail) : undefined;
  return { ...mail, ...(witness ? { witness } : {}) };
}

async function mailOf(part: Part, work: Work): Promise<Mail> {
  const { lines } = part;
  const notes = makeNotes();
  const { body, files, messages } = await sortParts(part, notes, work);
  const subject = withoutInvisible(subjectOf(lines));
  notes.hid({ counts: { signs: subject.taken }, unsure: false });
  const attachments = files.map((file, n) => decodeAttachment(file, n + 1));
  const from = await fromOf(lines, work);
  const people = {
    replyTo: await mailboxes(lines, 'reply-to', work),
    to: await mailboxes(lines, 'to', work),
    cc: await mailboxes(lines, 'cc', work),
  };
  if (work.addresses <= 0) notes.add('It names more addresses than Skein reads.');
  // The mails inside this mail are parsed last, within the remaining budget.
  const forwarded = await inOrder(messages, (message) => mailOf(message, work));
  const [messageId] = messageIds(valuesOf(lines, 'message-id').slice(0, 1));
  const date = dateOf(firstOf(lines, 'date'));
  return {
    kind: 'mail',
    ...(messageId === undefined ? {} : { messageId }),
    inReplyTo: messageIds(valuesOf(lines, 'in-reply-to')),
    references: messageIds(valuesOf(lines, 'references')),
    from,
    ...people,
    deliveredTo: deliveredTo(lines),
    subject: subject.text,
    ...(date === undefined ? {} : { date, dateLine: oneLine(firstOf(lines, 'date') ?? '').slice(0, 100) }),
    doubled: ['date', 'to', 'cc'].filter((key) => valuesOf(lines, key).length > 1),
    ...body,
    ...(body.html === undefined ? {} : { htmlLines: htmlLines(body.html) }),
    attachments,
    forwarded,
    notes: notes.all(),
    marks: marksOf(part),
    trace: traceOf(lines),
    size: part.size,
  };
}

/** Handles the items one after the other, so that only one decoded part is in memory at a time. */
async function inOrder<T, R>(all: T[], each: (one: T, n: number) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const [n, one] of all.entries()) results.push(await each(one, n));
  return results;
}

/**
 * Returns the author. Two From lines or two mailboxes are a fault: a forger could show one author to the check and
 * another to the reader.
 */
async function fromOf(lines: HeaderLine[], work: Work): Promise<From> {
  const values = valuesOf(lines, 'from');
  const fault = (reason: string): From => ({ kind: 'fault', reason });
  if (values.length === 0) return fault('It has no From line.');
  if (values.length > 1) return fault('It has more than one From line.');
  const read = readFromLine(values[0] ?? '');
  if (read.kind === 'fault') return read;
  const [only, ...others] = await mailboxes(lines, 'from', work);
  if (only?.address.toLowerCase() !== read.address.toLowerCase() || others.length)
    return fault('Its From line can be read in more than one way.');
  return { kind: 'mailbox', address: read.address, name: only.name };
}

/** The most characters of an address header. A line of this length has a thousand addresses. */
const LINE_OF_PEOPLE = 50_000;

async function mailboxes(lines: HeaderLine[], key: string, work: Work): Promise<Mailbox[]> {
  const wanted = lines.filter((line) => line.key === key && !line.value.includes('\0'));
  const found = await inOrder(wanted, async ({ value }) => {
    const taken = value.slice(0, Math.max(0, Math.min(LINE_OF_PEOPLE, work.addresses)));
    work.addresses -= taken.length;
    return taken === '' ? [] : addressList(taken);
  });
  return found.flat().flatMap(({ address, name }) => {
    const plain = address.trim().toLowerCase();
    return MAILBOX.test(plain) ? [{ address: plain, name: withoutInvisible(oneLine(name)).text }] : [];
  });
}

function deliveredTo(lines: HeaderLine[]): string[] {
  const keys = ['delivered-to', 'x-delivered-to', 'envelope-to', 'x-envelope-to', 'x-original-to', 'x-forwarded-to'];
  const found = valuesOf(lines, ...keys).flatMap((value) => value.split(','));
  const plain = found.map((value) => value.replace(/[<>]/g, '').trim().toLowerCase());
  return [...new Set(plain.filter((value) => MAILBOX.test(value)))];
}

function subjectOf(lines: HeaderLine[]): string {
  const value = firstOf(lines, 'subject') ?? '';
  return [...oneLine(decodeWords(value.slice(0, 20_000)))].slice(0, SUBJECT_CHARS).join('');
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
}

function dateOf(value: string | undefined): string | undefined {
  const time = Date.parse((value ?? '').replace(/\([^()]*\)/g, '').trim());
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** Non-standard headers that programs add to automatic replies. */
const AUTO_REPLY = [
  'x-autoreply',
  'x-autorespond',
  'x-auto-reply-from',
  'x-autoreply-from',
  'x-mail-autoreply',
  'x-vacation',
  'x-fc-machinegenerated',
];

function marksOf({ lines }: Part): Marks {
  // Uses the declared type, because a report whose parts can't be found is still a report.
  const type = parametersOf(firstOf(lines, 'content-type') ?? '');
  const returnPath = firstOf(lines, 'return-path')?.replace(/[<>]/g, '').trim().toLowerCase();
  const found = {
    returnPath,
    autoSubmitted: firstOf(lines, 'auto-submitted')?.toLowerCase(),
    precedence: firstOf(lines, 'precedence')?.toLowerCase(),
    autoResponseSuppress: firstOf(lines, 'x-auto-response-suppress'),
    autoReply: valuesOf(lines, ...AUTO_REPLY)[0],
    loop: firstOf(lines, 'x-loop'),
    listId: firstOf(lines, 'list-id'),
    listUnsubscribe: firstOf(lines, 'list-unsubscribe'),
    listPost: firstOf(lines, 'list-post'),
    feedbackId: firstOf(lines, 'feedback-id'),
    failedRecipients: firstOf(lines, 'x-failed-recipients'),
    originalMessageId: valuesOf(lines, 'x-original-message-id', 'original-message-id')[0],
    reportType: type.value === 'multipart/report' ? (type.params.get('report-type')?.toLowerCase() ?? '') : undefined,
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

const servers = /^(?:return-path|delivered-to|envelope-to|received|received-spf|authentication-results|arc-.+|x-.+)$/;

/**
 * Returns the headers that servers added. Servers add them on top (RFC 5321 section 4.4, RFC 8601 section 5), so the
 * first other header is the sender's.
 */
function traceOf(lines: HeaderLine[]): HeaderLine[] {
  const end = lines.findIndex(({ key }) => !servers.test(key));
  return lines.slice(0, end === -1 ? lines.length : end);
}
