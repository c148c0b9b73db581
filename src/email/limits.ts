// The limits for mails, each with its reason. They are needed because anybody who knows the address can send anything.

/**
 * The largest mail that is parsed. Gmail, Outlook and Postfix refuse mails above 25 MB by default. A larger mail is
 * quarantined without parsing.
 */
export const MAIL_BYTES = 25 * 1024 * 1024;
/** The limit for the headers of one part. Real headers stay below 64 kB, even with long References and ARC chains. */
export const HEADER_BYTES = 256 * 1024;
/** The deepest nesting of parts. Real mails nest below 10 levels: each forward around a forwarded mail adds three. */
export const MIME_DEPTH = 30;
/** The most parts of a mail. A mail with more is an attack, or an archive that should be a ZIP file. */
export const MIME_PARTS = 500;
/** The most characters of a body that are read. The rest stays in the original mail. */
export const TEXT_CHARS = 1_000_000;
export const HTML_CHARS = 2_000_000;
/** The most characters of all bodies of a mail and the mails inside it. This limits the work per mail. */
export const BODY_CHARS = 3_000_000;
/** The most characters of all address lists of a mail and the mails inside it: enough for ten thousand people. */
export const ADDRESS_CHARS = 500_000;
/** The deepest nesting of HTML. A deeper body is an attack, because the parser takes quadratic time in the depth. */
export const HTML_DEPTH = 500;
/** The time limit for parsing a mail. The largest allowed mail takes about a second. */
export const READ_MS = 15_000;
/** The heap of a reader process in MB: enough for a mail, its decoded parts and a copy of these. */
export const READ_HEAP_MB = 512;
/** The most bytes of files in a mail of ours, before Base64 adds a third. Many servers refuse mails above 10 MB. */
export const MOST_ATTACHED = 7_000_000;
export const FILE_NAME_CHARS = 120;
export const SUBJECT_CHARS = 500;

/**
 * The longest line that is examined. Longer lines are written by machines, and the marks of quotes are at the start of
 * a line.
 */
export const LINE_CHARS = 1_000;

/**
 * The most ids in References. The root and the newest ids are enough for every mail program, and RFC 5322 section 2.1.1
 * requires lines below 998 characters.
 */
export const MOST_REFERENCES = 20;

/** The time limits for one DNS answer, and for authenticating one mail. */
export const DNS_MS = 5_000;
export const AUTHENTICATE_MS = 20_000;
