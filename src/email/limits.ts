// The limits for mails, each with its reason. Anybody who knows the address can send anything.

/** Gmail, Outlook and Postfix refuse mails above 25 MB by default. Larger ones are quarantined unread. */
export const MAIL_BYTES = 25 * 1024 * 1024;
/** Headers of one part: real ones stay below 64 kB even with long References and ARC chains. */
export const HEADER_BYTES = 256 * 1024;
/** Real mails nest below 10 levels; a forward of a forward of a forward adds three each. */
export const MIME_DEPTH = 30;
/** A mail with 500 parts is an attack, or an archive that belongs into a ZIP. */
export const MIME_PARTS = 500;
/** Characters that are read of a body. The rest stays in the original mail. */
export const TEXT_CHARS = 1_000_000;
export const HTML_CHARS = 2_000_000;
/** Characters of all bodies of a mail and the mails inside it. It bounds the work per mail. */
export const BODY_CHARS = 3_000_000;
/** Characters of all address lists of a mail and the mails inside it. Enough for ten thousand people. */
export const ADDRESS_CHARS = 500_000;
/** A deeper body is an attack: the parser takes quadratic time in the depth. */
export const HTML_DEPTH = 500;
/** Reading the largest allowed mail takes about a second. */
export const READ_MS = 15_000;
/** The heap of a reader process: a mail, its decoded parts and their copy. */
export const READ_HEAP_MB = 512;
export const FILE_NAME_CHARS = 120;
export const SUBJECT_CHARS = 500;

/** Longer lines are written by machines. Marks of quotes are found at the start of a line. */
export const LINE_CHARS = 1_000;

/** RFC 5322 section 2.1.1 wants lines below 998 characters. The root and the newest ids are enough for every mail program. */
export const MOST_REFERENCES = 20;

/** Time limits for one DNS answer, and for authenticating one mail. */
export const DNS_MS = 5_000;
export const AUTHENTICATE_MS = 20_000;
