// Parses a bounce of any server: which mail was not delivered, to which recipients, and why. Pure, linear.
import { messageIds } from '../decode/headers.ts';
import { htmlText } from '../html/html-text.ts';
import type { Mail } from '../mail.ts';

export interface Bounced {
  /** The Message-ID of the undelivered mail. Absent if it can't be found. */
  messageId?: string;
  /** All message ids in the report, the most likely first. */
  ids: string[];
  /** The recipients that the bounce lists as undelivered, in lower case. */
  recipients: string[];
  /** All addresses in the bounce, in lower case. If the bounce is free text, the recipient is one of them. */
  named: string[];
  /** The status code, as `5.1.1` (RFC 3463). */
  status?: string;
  why: Undelivered;
  /** True if the failure is not final: the server retries, or has delivered the mail. */
  pending: boolean;
}

export type Undelivered = 'address' | 'full' | 'closed' | 'domain' | 'size' | 'policy' | 'time' | 'circle' | 'unknown';

type Report = Pick<
  Mail,
  'marks' | 'subject' | 'text' | 'html' | 'attachments' | 'forwarded' | 'inReplyTo' | 'references'
>;

/** The most characters that are read of an attached mail. It may be long, but its headers are at its start. */
const TEXT_CHARS = 200_000;
const PART_BYTES = 100_000;
const MOST_PARTS = 20;
const MOST_NAMED = 100;
const MOST_LOOKED_AT = 400;

/**
 * Parses the bounce. `sure`: true if the mail is certainly a bounce. Otherwise In-Reply-To is not used, because in an
 * ordinary answer it refers to a mail that did arrive.
 */
export function bouncedOf(mail: Report, sure: boolean): Bounced {
  const { marks, subject, forwarded, inReplyTo, references } = mail;
  const parts = partsOf(mail);
  const fields = parts.filter(({ mime }) => isStatus(mime)).map(({ text }) => text);
  const words = wordsOf(mail);
  const returned = [...parts.map(({ text }) => text), words];
  const ids = [
    ...forwarded.flatMap(idsWithin),
    ...fields.flatMap(originalIds),
    ...messageIds(marks.originalMessageId ? [marks.originalMessageId] : []),
    ...returned.flatMap(labelledIds),
    ...(sure ? [...inReplyTo, ...references.toReversed(), ...returned.flatMap(allIds)] : []),
  ];
  const groups = fields.flatMap(groupsOf);
  const failed = groups.filter(({ action }) => action === undefined || action === 'failed');
  const status = failed.find((group) => group.status)?.status ?? groups[0]?.status ?? codeIn(words);
  const [messageId] = ids;
  const reasonText = [...failed.map(({ text }) => text), words.slice(0, 20_000)].join('\n');
  return {
    ...(messageId === undefined ? {} : { messageId }),
    ids: [...new Set(ids)].slice(0, MOST_NAMED),
    recipients: [
      ...new Set([...failed.flatMap(({ recipients }) => recipients), ...addressesIn(marks.failedRecipients ?? '')]),
    ],
    named: [...new Set([...[...fields, ...returned].flatMap(addressesIn), ...forwarded.flatMap(namedWithin)])].slice(
      0,
      MOST_NAMED,
    ),
    ...(status === undefined ? {} : { status }),
    why: whyOf(status, reasonText),
    pending: isPending(groups, status, `${subject}\n${words.slice(0, 5_000)}`),
  };
}

function isStatus(mime: string): boolean {
  return mime === 'message/delivery-status' || mime === 'message/global-delivery-status';
}

interface ReportPart {
  mime: string;
  text: string;
}

/**
 * Returns the machine-readable fields and the returned headers. They arrive as attachments: message/rfc822-headers,
 * text/rfc822-headers, .txt and .eml.
 */
function partsOf({ attachments }: Report): ReportPart[] {
  return attachments
    .filter(({ mime }) => /^(?:message|text)\//.test(mime) || mime === 'application/octet-stream')
    .slice(0, MOST_PARTS)
    .map(({ mime, content }) => ({ mime, text: Buffer.from(content.subarray(0, PART_BYTES)).toString('utf8') }));
}

function wordsOf({ text, html }: Pick<Mail, 'text' | 'html'>): string {
  const shown = html === undefined ? '' : htmlText(html.slice(0, TEXT_CHARS));
  return [text.slice(0, TEXT_CHARS), shown].filter(Boolean).join('\n');
}

/** Returns the ids of the mail and of the mails inside it. */
function idsWithin(mail: Mail): string[] {
  const own = mail.messageId === undefined ? labelledIds(wordsOf(mail)) : [mail.messageId];
  return [...own, ...mail.forwarded.flatMap(idsWithin), ...mail.references.toReversed()];
}

/**
 * Returns the recipients of the returned mail. For a forwarded bounce, returns the recipients in the bounce inside it.
 */
function namedWithin({ to, cc, text, forwarded }: Mail): string[] {
  const words = forwarded.length ? addressesIn(text.slice(0, TEXT_CHARS)) : [];
  return [...[...to, ...cc].map((one) => one.address), ...words, ...forwarded.flatMap(namedWithin)];
}

function originalIds(fields: string): string[] {
  return [...fields.matchAll(/^(?:X-)?Original-Message-ID:\s*(<[^<>\s]{1,900}>)/gim)].flatMap(([, id]) => id ?? []);
}

/** Returns the ids after `Message-ID:`, also in a quote, on the next line, or in JSON. */
function labelledIds(text: string): string[] {
  return [...text.matchAll(/message-?id\b[^<\n]{0,40}(?:\r?\n[ \t>]{1,20})?(<[^<>\s]{1,900}>)/gi)]
    .slice(0, MOST_NAMED)
    .flatMap(([, id]) => id ?? []);
}

function allIds(text: string): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += 40_000) pieces.push(text.slice(at, at + 41_000));
  return messageIds(pieces);
}

interface Group {
  recipients: string[];
  action?: string;
  status?: string;
  text: string;
}

/**
 * Returns the groups of fields of a delivery status (RFC 3464 section 2): one group per recipient, separated by empty
 * lines.
 */
function groupsOf(fields: string): Group[] {
  return fields.split(/\r?\n[ \t]*\r?\n/).flatMap((text) => {
    const recipients = [...text.matchAll(/^(?:Final|Original)-Recipient:[^\n]{0,400}/gim)].flatMap(([line]) =>
      addressesIn(line),
    );
    const action = /^Action:\s*([a-z]{1,20})/im.exec(text)?.[1]?.toLowerCase();
    const status = /^Status:\s*([245]\.\d{1,3}\.\d{1,3})/im.exec(text)?.[1];
    if (!recipients.length && action === undefined && status === undefined) return [];
    return [{ recipients, text, ...(action ? { action } : {}), ...(status ? { status } : {}) }];
  });
}

const address = /[^\s<>()[\]\\,;:"'`|=@]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?/gi;

/**
 * Returns the addresses in a text. Searches a limited distance around each @, so a long line without one costs a single
 * step.
 */
function addressesIn(text: string): string[] {
  const found = new Set<string>();
  let at = text.indexOf('@');
  for (let looked = 0; at !== -1 && looked < MOST_LOOKED_AT; looked += 1) {
    const near = text.slice(Math.max(0, at - 64), at + 254).match(address) ?? [];
    for (const one of near) found.add(one.toLowerCase());
    at = text.indexOf('@', at + 1);
  }
  return [...found];
}

/** Returns the status code in a sentence such as `550 5.1.1 …`. */
function codeIn(words: string): string | undefined {
  return /(?:^|[\s(#])([45]\.\d\.\d{1,3})(?![\d.])/.exec(words.slice(0, 20_000))?.[1];
}

const reasons: readonly [Undelivered, RegExp, RegExp][] = [
  ['full', /^[45]\.2\.2$/, /quota|mailbox (?:is )?full|full mailbox|out of (?:storage|space)|over ?quota/i],
  ['size', /^[45]\.(?:2\.3|3\.4)$/, /too (?:large|big)|size limit|exceeds[^\n]{0,40}size|maximum[^\n]{0,20}size/i],
  ['circle', /^[45]\.4\.6$/, /too many hops|mail loop|loops? back|hop count/i],
  [
    'domain',
    /^[45]\.(?:1\.2|4\.[34])$/,
    /(?:host|domain)[^\n]{0,30}(?:not found|unknown|not exist)|unknown host|nxdomain/i,
  ],
  ['closed', /^[45]\.2\.1$/, /(?:mailbox|account)[^\n]{0,30}(?:disabled|inactive|suspended|closed)/i],
  [
    'address',
    /^[45]\.1\.(?:0|1|3|10)$/,
    /(?:user|recipient|mailbox|address|account)[^\n]{0,40}(?:unknown|not found|not exist|invalid|unavailable)|(?:no such|unknown|invalid) (?:user|recipient|mailbox|address|person|local)|unrouteable|does ?n[o']t exist|no mailbox/i,
  ],
  [
    'policy',
    /^[45]\.7\.\d{1,3}$/,
    /spam|blacklist|blocklist|blocked|policy|dmarc|\bspf\b|\bdkim\b|reputation|denied|junk/i,
  ],
  ['time', /^[45]\.4\.[17]$/, /retry time(?:out)?|expired|timed? ?out|too long in|giv(?:en|ing) up|days? (?:ago|old)/i],
];

/** Returns the reason by the status code, or else by the text. */
function whyOf(status: string | undefined, reasonText: string): Undelivered {
  const byCode = status && reasons.find(([, code]) => code.test(status));
  return (byCode || reasons.find(([, , words]) => words.test(reasonText)))?.[0] ?? 'unknown';
}

const goesOn =
  /\bdelayed\b|will (?:be retried|retry|keep trying|continue)|still (?:being )?(?:retr|try)|not yet been delivered|no action is required|do not need to resend/i;
const gaveUp = /giv(?:en|ing|e) up|expired|too long|could not be delivered|cannot be delivered/i;

function isPending(groups: readonly Group[], status: string | undefined, words: string): boolean {
  const actions = groups.flatMap(({ action }) => action ?? []);
  if (actions.length) return !actions.includes('failed');
  if (status?.startsWith('2')) return true;
  if (goesOn.test(words)) return true;
  return (status?.startsWith('4') ?? false) && !gaveUp.test(words);
}
