// Cuts the part of a text around the first match. Pure.

/** Returns the text without case and accents, but with the same number of characters, so that positions stay the same. */
function plain(text: string): string {
  return [...text]
    .map((sign) => {
      const bare = sign.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
      return bare.length === sign.length ? bare : sign;
    })
    .join('');
}

const LONGEST_WORD = 24;

/** Removes the word that was cut off at the end, unless it is very long or the only one. */
function toWholeWord(part: string, ends: boolean): string {
  const space = ends ? -1 : part.lastIndexOf(' ');
  return space < part.length - LONGEST_WORD || space < part.length / 2 ? part : part.slice(0, space);
}

/** Returns at most `most` characters in one line, with `…` where text was cut off. */
export function excerpt(text: string, query: string, most: number): string {
  const line = text.normalize('NFC').replace(/\s+/g, ' ').trim();
  if (line.length <= most) return line;
  const words = plain(query.normalize('NFC')).match(/[\p{L}\p{N}]+/gu) ?? [];
  const folded = words.length ? plain(line) : '';
  const hits = words
    .map((word) => folded.search(new RegExp(`(?<![\\p{L}\\p{N}])${word}`, 'u')))
    .filter((at) => at >= 0);
  const first = hits.length ? Math.min(...hits) : 0;
  // A third of the excerpt comes before the match, for its context.
  const start = Math.max(0, Math.min(first - Math.floor(most / 3), line.length - most + 1));
  const room = most - (start > 0 ? 1 : 0);
  const whole = start + room >= line.length;
  const part = line.slice(start, whole ? line.length : start + room - 1);
  // Truncates without splitting a surrogate pair.
  const clean = toWholeWord(
    part.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, ''),
    whole || line[start + part.length] === ' ',
  );
  return `${start > 0 ? '…' : ''}${clean}${whole ? '' : '…'}`;
}
