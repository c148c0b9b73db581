// The shapes of the corpus: a case, the mail that is quoted in it, and a mail program that writes it.

export interface Person {
  name: string;
  address: string;
}

export interface Sentences {
  own: [string, string, string];
  stranger: [string, string, string];
  earlier: [string, string];
  agent: [string, string];
}

/** One paragraph of a mail in both of its forms; the text may have several lines. */
export interface Block {
  text: string;
  html: string;
}

/** A mail that somebody sent before, as the writer's mail program has it. */
export interface Sent {
  from: Person;
  to: Person;
  at: Date;
  subject: string;
  id: string;
  blocks: Block[];
}

export interface Draft {
  above: string[];
  /** The answer that stands after the quoted block with the same index. */
  answers: (string | undefined)[];
  below: string[];
  signature: string[];
  sent: Sent;
  writer: Person;
}

/** The facts that a reader can see in the mail. `from`: the address, or the name if no address is shown. */
export interface Source {
  from: string;
  date?: string;
  subject?: string;
}

export interface Body {
  text: string;
  /** The inside of `<body>`. */
  html: string;
  residue: string[];
  source: Source;
}

export type Format = 'text' | 'html' | 'alternative';
export type Place = 'below-forward' | 'below-reply' | 'between';

export interface Client {
  name: string;
  languages: string[];
  formats: Format[];
  /** True if this program allows text at positions where a reader can still see whose it is. */
  places: Partial<Record<Place, Format[]>>;
  /** The charset of a mail in this language; UTF-8 where it is not said. */
  charset?: (language: string) => string;
  encoding?: (language: string, format: Format) => Encoding;
  flowed?: boolean;
  headers: [string, string][];
  prefixes: (language: string) => { forward: string; reply: string };
  forward?: (language: string, draft: Draft) => Body;
  reply?: (language: string, draft: Draft) => Body;
  /** The mail as `<html>…`; most programs put a head of their own. */
  document: (html: string, charset: string) => string;
}

export type Encoding = 'quoted-printable' | 'base64' | '8bit' | '7bit';

export interface Known {
  messageId: string;
  subject: string;
  text: string;
  html: string;
}

export interface Case {
  name: string;
  client: string;
  language: string;
  format: Format | 'attached';
  kind: 'forward' | 'reply-to-known' | 'reply-to-stranger' | 'new';
  raw: Buffer;
  /** Sentences by the member: each must appear as the member's own words. */
  own: string[];
  /** Sentences by others: each must be kept, and be marked as from outside. */
  outside: string[];
  /** Sentences that must be there, as the member's or as from outside. */
  kept: string[];
  /** Mails that Skein has in the conversation already; their quotes may be trimmed. */
  known: Known[];
  source?: Source;
  /** Lines of the mail program that would better not stand in the member's own words: counted, not failed. */
  residue: string[];
}
