// A parsed mail, as plain data. The sender chose everything in it, so it proves nothing.
import type { Line } from './html/line.ts';

export interface Mailbox {
  /** The address, in lower case. */
  address: string;
  name: string;
}

/** The author of a mail. A mail must have exactly one; any other From header is a fault. */
export type From = ({ kind: 'mailbox' } & Mailbox) | { kind: 'fault'; reason: string };

export interface Attachment {
  /** The file name, without path and control characters. Never empty. */
  name: string;
  mime: string;
  /** The size in bytes. */
  size: number;
  content: Uint8Array;
  /** True if the file is shown inside the HTML body (`cid:`), as a picture in a signature is. */
  inline: boolean;
}

/** The start of a forwarded mail in the text, as another library's parser found it. */
export interface Witness {
  /** The text above the forwarded mail. */
  above: string;
  from: string;
  date?: string;
  subject?: string;
}

export interface HeaderLine {
  /** The header's name, in lower case. */
  key: string;
  /** The header's value, unfolded and not decoded. */
  value: string;
}

/**
 * The headers that distinguish an automatic mail from a person's (RFC 3834, RFC 2369, RFC 2919 and custom ones). A
 * missing header is absent here.
 */
export interface Marks {
  /** The return path without angle brackets. It is empty for a bounce (`<>`). */
  returnPath?: string;
  autoSubmitted?: string;
  precedence?: string;
  autoResponseSuppress?: string;
  autoReply?: string;
  loop?: string;
  listId?: string;
  listUnsubscribe?: string;
  listPost?: string;
  feedbackId?: string;
  /** The report-type of a multipart/report, as `delivery-status`, `disposition-notification` or `feedback-report`. */
  reportType?: string;
  /** The header X-Failed-Recipients. It and the next field are for bounces without a multipart/report. */
  failedRecipients?: string;
  originalMessageId?: string;
}

export interface Mail {
  kind: 'mail';
  /** The Message-ID, with its angle brackets. */
  messageId?: string;
  inReplyTo: string[];
  references: string[];
  from: From;
  replyTo: Mailbox[];
  to: Mailbox[];
  cc: Mailbox[];
  /**
   * The addresses in Delivered-To, X-Original-To and similar headers, in lower case. They show a Bcc or a plus address.
   */
  deliveredTo: string[];
  subject: string;
  /** The date as ISO 8601. Absent without a readable Date header. */
  date?: string;
  /** The Date header as the sender wrote it, with its time zone. */
  dateLine?: string;
  /**
   * Headers that occur twice although RFC 5322 section 3.6 allows one. At least one of the two copies is then not the
   * sender's.
   */
  doubled: string[];
  text: string;
  html?: string;
  /** The visible lines of the HTML, which only the reader process parses. */
  htmlLines?: Line[];
  /** Used if the structure of the mail does not show where a forwarded mail begins. */
  witness?: Witness;
  /** True if a body was truncated. */
  cut: boolean;
  attachments: Attachment[];
  /** The mails inside this mail (message/rfc822), attached or inline. */
  forwarded: Mail[];
  /** Notes for people about content that was unreadable or omitted. The mails inside this one have their own notes. */
  notes?: string[];
  marks: Marks;
  /** The headers that servers added above the sender's first header. */
  trace: HeaderLine[];
  /** The size of the raw mail in bytes. */
  size: number;
}

/** A mail that can't be parsed. `reason` is a sentence for people. */
export interface Unreadable {
  kind: 'unreadable';
  reason: string;
}

/** The data of a mail's delivery, from the receiving server. IMAP gives only a part of it. */
export interface Envelope {
  /** The name of the mailbox in the settings. */
  mailbox: string;
  /** An id of the arrival: `<uidvalidity>:<uid>`, or the id of the SMTP session. */
  arrival: string;
  /** The address of MAIL FROM. Empty for a bounce. */
  mailFrom?: string;
  rcptTo?: string[];
  remoteIp?: string;
  helo?: string;
  /**
   * When the mail server received the mail, as ISO 8601. IMAP gives it also for mails that waited in the mailbox. If
   * absent, the mail has just arrived.
   */
  receivedAt?: string;
}

/**
 * Stores a mail. Resolves when it is stored durably. Rejects with Retryable if a later attempt may succeed; any other
 * error means that this mail can't be stored.
 */
export type Ingest = (raw: Uint8Array, envelope: Envelope) => Promise<void>;
