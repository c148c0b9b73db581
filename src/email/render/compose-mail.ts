// What goes out -> nodemailer's message: every header we promise, and the same bytes each time it is composed. Pure.
import { createHash } from 'node:crypto';
import type { SendMailOptions } from 'nodemailer';
import type { Mailbox } from '../mail.ts';

/** `reply`: an answer to a person's mail. `notice`: nobody asked for it (a digest, a notification). */
export type OutgoingKind = 'reply' | 'notice';

export interface Outgoing {
  kind: OutgoingKind;
  from: Mailbox;
  to: Mailbox[];
  cc?: Mailbox[];
  replyTo?: Mailbox;
  subject: string;
  /** Ours, with its angle brackets: kept with the delivery, so that a repeat is the same mail. */
  messageId: string;
  /** ISO 8601; kept with the delivery as well. */
  date: string;
  inReplyTo?: string;
  references?: string[];
  text: string;
  html: string;
  attachments?: { name: string; mime: string; content: Uint8Array }[];
  /** MAIL FROM: empty for an acknowledgement (RFC 3834 section 3.3), else an address that knows which mail a bounce is about. */
  envelopeFrom?: string;
  /** RCPT TO, where the others have the mail already; absent: everybody it is to. */
  envelopeTo?: string[];
  /** The value of our X-Loop. */
  loop: string;
  /** For digests: all ways, in one header (RFC 2369), and the one click of RFC 8058 where there is an address on the web. */
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
    // Nested: a flat list makes two headers of it, and only one is allowed.
    ...(unsubscribe ? { list: { unsubscribe: [waysOut(unsubscribe)] } } : {}),
    baseBoundary: createHash('sha256').update(mail.messageId).digest('hex').slice(0, 24),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function waysOut({ url, address }: { url?: string; address: string }): string[] {
  return [...(url ? [url] : []), unsubscribeLink(address)];
}

/** A link that writes the mail. */
export function unsubscribeLink(address: string): string {
  return `mailto:${address}?subject=unsubscribe`;
}

function mailbox({ name, address }: Mailbox): { name: string; address: string } {
  return { name: name.replace(/[\p{Cc}\s]+/gu, ' ').trim(), address };
}

/** All that a reader or a program acts on; nodemailer's own list has neither List-Unsubscribe-Post (RFC 8058 wants it) nor Auto-Submitted. */
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
