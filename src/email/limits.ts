// Every number that bounds a mail, each with its reason: whoever knows the address can send anything.

/** Gmail, Outlook and Postfix's usual setting refuse mails above 25 MB; bigger ones are put aside unread. */
export const MAIL_BYTES = 25 * 1024 * 1024;
/** Headers of one part: real ones stay below 64 kB even with long References and ARC chains. */
export const HEADER_BYTES = 256 * 1024;
/** Real mails nest below 10 levels; a forward of a forward of a forward adds three each. */
export const MIME_DEPTH = 30;
/** A mail with 500 parts is a bomb or an archive that belongs into a ZIP. */
export const MIME_PARTS = 500;
/** What is read of a body; the rest stays in the original. */
export const TEXT_CHARS = 1_000_000;
export const HTML_CHARS = 2_000_000;
/** All bodies of one mail together, with the mails inside it. It bounds the work per mail. */
export const BODY_CHARS = 3_000_000;
/** All address lists of one mail together, with the mails inside it. It is enough for ten thousand people. */
export const ADDRESS_CHARS = 500_000;
/** A deeper body is a bomb: the parser's own stack costs time in the square of its depth. */
export const HTML_DEPTH = 500;
/** Reading the largest allowed mail takes about a second. */
export const READ_MS = 15_000;
/** The reader's heap: a mail, its decoded parts and their copy. */
export const READ_HEAP_MB = 512;
export const FILE_NAME_CHARS = 120;
export const SUBJECT_CHARS = 500;

/** A longer line is wrapped text of a machine; what people quote and mark is found in its beginning. */
export const LINE_CHARS = 1_000;

/** RFC 5322 section 2.1.1 wants lines below 998; the root and the newest ids are enough for every mail client. */
export const MOST_REFERENCES = 20;

/** One DNS answer, and all of one mail's authentication. */
export const DNS_MS = 5_000;
export const AUTHENTICATE_MS = 20_000;
