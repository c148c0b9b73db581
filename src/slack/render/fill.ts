// Fills parts one after the other: a chunk goes whole into the open part or the next one; one too long for any part is cut, from where the open part ends. Pure.

/** What a text costs: its length as Slack receives it, in JSON. */
export function costOf(text: string): number {
  return JSON.stringify(text).length;
}

export interface Room {
  /** What a part may hold. */
  limit: number;
  /** What the open part can still take. */
  left: number;
  /** What the quotes and lists around will add to each line. */
  perLine: number;
}

export interface Chunk {
  text: string;
  /** The blank lines behind it: left out where a part ends. */
  tail?: string;
  /** Pieces for a text too long for a part. The first one is for the open part, and empty when nothing fits there. */
  cut(room: Room): string[];
}

/** Below this, repeating what a text stands in leaves no room for the text. */
const LEAST_ROOM = 200;
/** How much may stand before each line: deeper structure is cut as if it were text. */
const MOST_PER_LINE = 40;

/** The room left inside something that costs `overhead` in each part and `perLine` on each line; undefined when that is too little. */
export function within(room: Room, overhead: number, perLine = 0): Room | undefined {
  const inner = { limit: room.limit - overhead, left: room.left - overhead, perLine: room.perLine + perLine };
  return inner.limit >= LEAST_ROOM && inner.perLine <= MOST_PER_LINE ? inner : undefined;
}

/** Like `costOf`, for a text that will be joined to others, with what is added to its lines. */
export function sizeOf(text: string, perLine: number): number {
  if (text === '') return 0;
  return costOf(text) - costOf('') + perLine * (perLine && text.split(/\n(?!$)/).length);
}

/** The first part goes on in the open one, and is empty when nothing fitted there. */
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
      // A few words at the end of a post are worse than a little space there.
      if (left < room.limit / 8) next();
      for (const [n, piece] of cut({ ...room, left }).entries()) {
        if (n > 0) next();
        put(piece);
      }
    } else {
      if (size > left) next();
      put(text);
    }
    // Where its blank line has no room the next chunk would become part of this one.
    if (sizeOf(tail, room.perLine) <= left) put(tail);
    else left = 0;
  }
  return parts;
}
