// Parses the single author of a mail (RFC 5322 section 3.6.2). The parser is so strict that no two programs can see
// different authors. Pure.

export type FromLine = { kind: 'address'; address: string } | { kind: 'fault'; reason: string };

export const MAILBOX = /^[^\s@<>()[\]\\,;:"\p{C}]+@[^\s@<>()[\]\\,;:"\p{C}]+$/u;

/**
 * Accepts `ada@example.org`, `<ada@example.org>`, `Ada (x) <ada@example.org>` and `ada@example.org (Ada)`. Refuses
 * groups, routes (RFC 5322 section 4.4) and a second address. Also refuses encoded words or quotes in the address,
 * because some programs see another author in them. `value` is unfolded.
 */
export function readFromLine(value: string): FromLine {
  const fault = (reason: string): FromLine => ({ kind: 'fault', reason });
  if (/\p{Cc}/u.test(value)) return fault('Its From line has control characters in it.');
  const bare = withoutNames(value.slice(0, MOST_CHARS));
  if (bare === undefined || value.length > MOST_CHARS) return fault(TWO_WAYS);
  const found = bare.match(/[^\s<>,;:"]*@[^\s<>,;:"]*/g) ?? [];
  if (found.length === 0) return fault('Its From line names no address.');
  if (found.length > 1) return fault('Its From line names more than one address.');
  const [, inside] = /^[^<>@:;]*<([^<>]*)>\s*$/.exec(bare) ?? [];
  const address = (inside ?? bare).trim();
  if (!MAILBOX.test(address) || address.includes('=?')) return fault(TWO_WAYS);
  return { kind: 'address', address: lowered(address) };
}

const TWO_WAYS = 'Its From line can be read in more than one way.';
const MOST_CHARS = 5_000;

/**
 * Converts only ASCII letters to lower case. Other letters may become ASCII (the Kelvin sign becomes `k`), and a
 * look-alike must not match.
 */
function lowered(address: string): string {
  return address.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/**
 * Removes comments and encoded words, and reduces a quoted string to `"`. Undefined if a comment or string is not
 * closed, or a comment contains an address.
 */
function withoutNames(value: string): string | undefined {
  let kept = '';
  let comment = '';
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < value.length; at += 1) {
    const char = value.charAt(at);
    if (quoted || depth > 0) {
      if (char === '\\') at += 1;
      else if (quoted) quoted = char !== '"';
      else if (char === '(') depth += 1;
      else if (char === ')') depth -= 1;
      else comment += char;
    } else if (char === '"') {
      quoted = true;
      kept += '"';
    } else if (char === '(') {
      depth = 1;
      kept += ' ';
    } else if (char === ')' || char === '\\') return undefined;
    else kept += char;
  }
  if (quoted || depth > 0 || /[<>@]/.test(comment)) return undefined;
  // Before the address, an encoded word is part of the name and may contain `:` or `,`. Inside the address it stays, so
  // that the address is refused.
  const open = kept.indexOf('<');
  const name = open === -1 ? '' : kept.slice(0, open).replace(/=\?[^?\s]{1,80}\?[bq]\?[^?\s]{0,400}\?=/gi, 'w');
  return open === -1 ? kept : name + kept.slice(open);
}
