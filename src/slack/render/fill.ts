// Fills parts in order: a chunk goes into the open part or the next one. A chunk too long for any part is split where the open part ends. Pure.

/** The cost of a text: its length in JSON, as Slack receives it. */
export function costOf(text: string): number {
  return JSON.stringify(text).length;
}

export interface Room {
  /** The capacity of a part. */
  limit: number;
  /** The remaining capacity of the open part. */
  left: number;
  /** The characters that surrounding quotes and lists add to each line. */
  perLine: number;
}

export interface Chunk {
  text: string;
  /** The blank lines after it, left out at the end of a part. */
  tail?: string;
  /** Splits a text that is too long for a part. The first piece is for the open part, and empty if nothing fits. */
  cut(room: Room): string[];
}

/** With less room than this, repeating the surrounding structure leaves none for the text. */
const LEAST_ROOM = 200;
/** The most that may precede each line. Deeper structure is split as plain text. */
const MOST_PER_LINE = 40;

/** The room inside a structure that costs `overhead` per part and `perLine` per line; undefined if it is too small. */
export function within(room: Room, overhead: number, perLine = 0): Room | undefined {
  const inner = { limit: room.limit - overhead, left: room.left - overhead, perLine: room.perLine + perLine };
  return inner.limit >= LEAST_ROOM && inner.perLine <= MOST_PER_LINE ? inner : undefined;
}

/** Like `costOf`, plus the cost per line, for a text that will be joined to others. */
export function sizeOf(text: string, perLine: number): number {
  if (text === '') return 0;
  return costOf(text) - costOf('') + perLine * (perLine && text.split(/\n(?!$)/).length);
}

/** The first returned part continues the open one, and is empty if nothing fits there. */
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
      // A little free space at the end of a post reads better than a few words.
      if (left < room.limit / 8) next();
      for (const [n, piece] of cut({ ...room, left }).entries()) {
        if (n > 0) next();
        put(piece);
      }
    } else {
      if (size > left) next();
      put(text);
    }
    // Without the blank line the next chunk would become part of this one.
    if (sizeOf(tail, room.perLine) <= left) put(tail);
    else left = 0;
  }
  return parts;
}
