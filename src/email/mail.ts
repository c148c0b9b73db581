// A parsed mail, as plain data. Its sender wrote everything in it, and it proves nothing.
import type { Line } from './html/line.ts';

export interface Mailbox {
  /** In lower case. */
  address: string;
  name: string;
}

/** A mail has exactly one author. Any other From is a fault, and such a mail has no author. */
export type From = ({ kind: 'mailbox' } & Mailbox) | { kind: 'fault'; reason: string };

export interface Attachment {
  /** Without path and control characters; never empty. */
  name: string;
  mime: string;
  /** Bytes. */
  size: number;
  content: Uint8Array;
  /** Shown inside the HTML body (`cid:`), as pictures in signatures are. */
  inline: boolean;
}

/** Where a forwarded mail begins in the text, according to another library's parser. */
export interface Witness {
  /** The text above the forwarded mail. */
  above: string;
  from: string;
  date?: string;
  subject?: string;
}

export interface HeaderLine {
  /** In lower case. */
  key: string;
  /** Unfolded, not decoded. */
  value: string;
}

/** The headers that distinguish automatic mail from a person's (RFC 3834, RFC 2369, RFC 2919 and custom). Missing headers are absent. */
export interface Marks {
  /** Without angle brackets; so empty for a bounce (`<>`). */
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
  /** The report-type of a multipart/report: `delivery-status`, `disposition-notification`, `feedback-report`. */
  reportType?: string;
  /** For bounces without a multipart/report: X-Failed-Recipients here, and the bounced mail's id below. */
  failedRecipients?: string;
  originalMessageId?: string;
}

export interface Mail {
  kind: 'mail';
  /** With its angle brackets. */
  messageId?: string;
  inReplyTo: string[];
  references: string[];
  from: From;
  replyTo: Mailbox[];
  to: Mailbox[];
  cc: Mailbox[];
  /** Delivered-To, X-Original-To and similar headers, in lower case. They show a Bcc or a plus address. */
  deliveredTo: string[];
  subject: string;
  /** ISO 8601; absent without a readable Date. */
  date?: string;
  /** The Date header as written, with its time zone. */
  dateLine?: string;
  /** Headers that occur twice although RFC 5322 section 3.6 allows one. Then one copy is not the sender's. */
  doubled: string[];
  text: string;
  html?: string;
  /** The visible lines of the HTML. HTML is parsed only in the reader process. */
  htmlLines?: Line[];
  /** Used if the structure of the mail does not show where a forwarded mail begins. */
  witness?: Witness;
  /** True if a body was truncated. */
  cut: boolean;
  attachments: Attachment[];
  /** Mails inside this one (message/rfc822), attached or inline. */
  forwarded: Mail[];
  /** Notes for people about content that was unreadable or left out. Mails inside it have their own. */
  notes?: string[];
  marks: Marks;
  /** The headers that servers added on top, down to the sender's first header. */
  trace: HeaderLine[];
  /** Bytes. */
  size: number;
}

/** A mail that can't be parsed. `reason` is a sentence for people. */
export interface Unreadable {
  kind: 'unreadable';
  reason: string;
}

/** How a mail arrived, according to the receiving server. IMAP gives only a part of it. */
export interface Envelope {
  /** The mailbox's name in the settings. */
  mailbox: string;
  /** Unique per arrival: `<uidvalidity>:<uid>`, or the id of the SMTP session. */
  arrival: string;
  /** Empty for a bounce. */
  mailFrom?: string;
  rcptTo?: string[];
  remoteIp?: string;
  helo?: string;
  /** When the mail server received it, ISO 8601. IMAP gives it even for mails that waited in the mailbox. Absent: just now. */
  receivedAt?: string;
}

/** Resolves when the mail is stored durably. Retryable: try later. Other errors: this mail can't be stored. */
export type Ingest = (raw: Uint8Array, envelope: Envelope) => Promise<void>;
