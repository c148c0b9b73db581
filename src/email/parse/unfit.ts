// Thrown inside the reading of a mail when it is beyond our limits; the reader makes an `unreadable` of it.

/** `message` is a sentence about the mail. */
export class Unfit extends Error {}
