// Thrown when a mail exceeds a limit. The reader returns `unreadable` for it.

/** `message` is a sentence about the mail. */
export class Unfit extends Error {}
