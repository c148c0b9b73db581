// Composes an outgoing mail for nodemailer, with all our headers. The same input gives the same bytes. Pure.
import { createHash } from 'node:crypto';
import type { SendMailOptions } from 'nodemailer';
import type { Mailbox } from '../mail.ts';

/** `reply`: an answer to a person's mail. `notice`: a mail that nobody requested, such as a digest. */
export type OutgoingKind = 'reply' | 'notice';

export interface Outgoing {
  kind: OutgoingKind;
  from: Mailbox;
  to: Mailbox[];
  cc?: Mailbox[];
  replyTo?: Mailbox;
  subject: string;
  /** The Message-ID with angle brackets. It is stored with the delivery, so that a retry sends the same mail. */
  messageId: string;
  /** The Date as ISO 8601. It is stored with the delivery too. */
  date: string;
  inReplyTo?: string;
  references?: string[];
  text: string;
  html: string;
  attachments?: { name: string; mime: string; content: Uint8Array }[];
  /**
   * The address of MAIL FROM. Empty for an acknowledgement (RFC 3834 section 3.3); otherwise an address that identifies
   * the mail in a bounce.
   */
  envelopeFrom?: string;
  /** The recipients for RCPT TO, if only some still need the mail. Absent: all recipients. */
  envelopeTo?: string[];
  /** The value of our X-Loop header. */
  loop: string;
  /**
   * The ways to unsubscribe, for digests. All are in one header (RFC 2369). If Skein has a public URL, one-click POST
   * is among them (RFC 8058).
   */
  unsubscribe?: { url?: string; address: string };
}

export type Composed = SendMailOptions & { baseBoundary: string };

export function composeMail(mail: Outgoing): Composed {
  const { from, to, cc = [], replyTo, inReplyTo, references = [], unsubscribe, attachments = [] } = mail;
  const recipients = [...to, ...cc].map(({ address }) => address);
  return {
    from: mailbox(from),
    to: to.map(mailbox),
    ...(cc.length === 0 ? {} : { cc: cc.map(mailbox) }),
    ...(replyTo === undefined ? {} : { replyTo: mailbox(replyTo) }),
    ...(inReplyTo === undefined ? {} : { inReplyTo }),
    ...(references.length === 0 ? {} : { references }),
    subject: mail.subject,
    messageId: mail.messageId,
    date: new Date(mail.date),
    text: mail.text,
    html: mail.html,
    attachments: attachments.map(({ name, mime, content }) => ({
      filename: name,
      contentType: mime,
      content: Buffer.from(content),
    })),
    envelope: { from: mail.envelopeFrom ?? from.address, to: mail.envelopeTo ?? [...new Set(recipients)] },
    headers: {
      'Auto-Submitted': mail.kind === 'reply' ? 'auto-replied' : 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'X-Loop': mail.loop,
      ...(unsubscribe ? { Precedence: 'bulk' } : {}),
      ...(unsubscribe?.url ? { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {}),
    },
    // The list is nested, because nodemailer makes two headers of a flat list, and only one is allowed.
    ...(unsubscribe ? { list: { unsubscribe: [waysOut(unsubscribe)] } } : {}),
    baseBoundary: createHash('sha256').update(mail.messageId).digest('hex').slice(0, 24),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function waysOut({ url, address }: { url?: string; address: string }): string[] {
  return [...(url ? [url] : []), unsubscribeLink(address)];
}

/** Returns a mailto link that prepares the unsubscribe mail. */
export function unsubscribeLink(address: string): string {
  return `mailto:${address}?subject=unsubscribe`;
}

function mailbox({ name, address }: Mailbox): { name: string; address: string } {
  return { name: name.replace(/[\p{Cc}\s]+/gu, ' ').trim(), address };
}

/**
 * The headers that DKIM signs: all that readers or programs act on. nodemailer's list lacks List-Unsubscribe-Post
 * (required by RFC 8058) and Auto-Submitted.
 */
export const SIGNED_HEADERS = [
  'from',
  'sender',
  'reply-to',
  'to',
  'cc',
  'subject',
  'date',
  'message-id',
  'in-reply-to',
  'references',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
  'auto-submitted',
  'x-auto-response-suppress',
  'x-loop',
  'precedence',
  'list-unsubscribe',
  'list-unsubscribe-post',
].join(':');
