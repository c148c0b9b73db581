// Packs chunks into parts, in order. A chunk goes into the open part if it fits, else into the next one. A chunk too
// long for any part is split where the open part ends. Pure.

/** Returns the cost of a text: its length as JSON, which is what Slack's limits count. */
export function costOf(text: string): number {
  return JSON.stringify(text).length;
}

export interface Room {
  /** The most that one part may cost. */
  limit: number;
  /** The cost that the open part can still take. */
  left: number;
  /** The number of characters that surrounding quotes and lists add to each line. */
  perLine: number;
}

export interface Chunk {
  text: string;
  /** The blank lines after the chunk. Omitted at the end of a part. */
  tail?: string;
  /**
   * Splits a text that is too long for a part. The first piece is for the open part. It is empty if nothing fits there.
   */
  cut(room: Room): string[];
}

/**
 * The least cost that must remain for the text inside a structure. With less, the repeated structure would fill the
 * part.
 */
const LEAST_ROOM = 200;
/** The most characters that quotes and lists may add to each line. A deeper structure is split as plain text. */
const MOST_PER_LINE = 40;

/**
 * Returns the room inside a structure that costs `overhead` per part and `perLine` per line; undefined if that room is
 * too small.
 */
export function within(room: Room, overhead: number, perLine = 0): Room | undefined {
  const inner = { limit: room.limit - overhead, left: room.left - overhead, perLine: room.perLine + perLine };
  return inner.limit >= LEAST_ROOM && inner.perLine <= MOST_PER_LINE ? inner : undefined;
}

/**
 * Returns the cost of a text that will be joined to others: without JSON's quotes, and with `perLine` for each line.
 */
export function sizeOf(text: string, perLine: number): number {
  if (text === '') return 0;
  return costOf(text) - costOf('') + perLine * (perLine && text.split(/\n(?!$)/).length);
}

/** Returns the parts. The first one continues the open part, and is empty if nothing fits there. */
export function fill(chunks: readonly Chunk[], room: Room): string[] {
  const parts = [''];
  let left = room.left;
  const next = () => {
    parts.push('');
    left = room.limit;
  };
  const put = (text: string) => {
    parts.push(`${parts.pop()}${text}`);
    left -= sizeOf(text, room.perLine);
  };
  for (const { text, tail = '', cut } of chunks) {
    const size = sizeOf(text, room.perLine);
    if (size > room.limit) {
      // If little room is left, the chunk starts in the next part: free space reads better than a few words at the end
      // of a post.
      if (left < room.limit / 8) next();
      for (const [n, piece] of cut({ ...room, left }).entries()) {
        if (n > 0) next();
        put(piece);
      }
    } else {
      if (size > left) next();
      put(text);
    }
    // If the blank line does not fit, the next chunk goes into the next part. Without the blank line, the chunk would
    // become part of this one.
    if (sizeOf(tail, room.perLine) <= left) put(tail);
    else left = 0;
  }
  return parts;
}
