// What a mail is, once it is read: plain data. Everything in it was written by its sender and proves nothing.
import type { Line } from './html/line.ts';

export interface Mailbox {
  /** In lower case. */
  address: string;
  name: string;
}

/** Exactly one mailbox wrote a mail; any other From is a fault, and such a mail has no author. */
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

/** A second opinion, from another library's parser, on where a forwarded mail begins in the text. */
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

/** What tells machine-made mail from a person's (RFC 3834, RFC 2369, RFC 2919 and habit). Absent headers are absent. */
export interface Marks {
  /** Empty for a bounce: `<>`. */
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
  /** Bounces without a multipart/report: X-Failed-Recipients, the addresses that were not reached, and the bounced mail's id. */
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
  /** Delivered-To, X-Original-To and their like, in lower case: how a Bcc or a plus address is known. */
  deliveredTo: string[];
  subject: string;
  /** ISO 8601; absent where the mail has none that can be read. */
  date?: string;
  /** As it stands in the mail, with its zone. */
  dateLine?: string;
  /** Headers that are repeated although RFC 5322 section 3.6 allows each once. One copy is not the sender's. */
  doubled: string[];
  text: string;
  html?: string;
  /** What a person sees of the HTML, line by line: HTML is parsed where the mail is read, and nowhere else. */
  htmlLines?: Line[];
  /** Asked where nothing in the mail's structure says that another's words begin. */
  witness?: Witness;
  /** A body was longer than what is read of it. */
  cut: boolean;
  attachments: Attachment[];
  /** Mails inside this one (message/rfc822), attached or inline. */
  forwarded: Mail[];
  /** Sentences for people: what of it could not be read or was left out. Those of mails inside it are theirs. */
  notes?: string[];
  marks: Marks;
  /** The headers that the servers on the way put on top, down to the first one of the sender. */
  trace: HeaderLine[];
  /** Bytes. */
  size: number;
}

/** A mail that nobody can read: `reason` is a sentence for the person who looks at it. */
export interface Unreadable {
  kind: 'unreadable';
  reason: string;
}

/** How a mail came, as the server that took it says. From IMAP only part of it is known. */
export interface Envelope {
  /** The mailbox's name in the settings. */
  mailbox: string;
  /** Unique for one arrival: `<uidvalidity>:<uid>`, or the SMTP session's own. */
  arrival: string;
  /** Empty for a bounce. */
  mailFrom?: string;
  rcptTo?: string[];
  remoteIp?: string;
  helo?: string;
  /** When the server took it in, ISO 8601: IMAP tells, also of what lay there while nobody looked. Absent: just now. */
  receivedAt?: string;
}

/** Resolves when the mail is stored for good. Retryable: try later. Anything else: this mail can't be taken. */
export type Ingest = (raw: Uint8Array, envelope: Envelope) => Promise<void>;
