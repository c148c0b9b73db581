// Decodes transfer encodings (RFC 2045 section 6) as mail programs do: a damaged byte affects only its own position.
// Pure, linear.

const EQUALS = 0x3d;

/** Decodes the body. `most`: the number of bytes that the caller wants; decoding stops there. */
export function decodeTransfer(body: Buffer, encoding: string | undefined, most = Number.POSITIVE_INFINITY): Buffer {
  switch ((encoding ?? '').replace(/[\s"';]/g, '').toLowerCase()) {
    case 'base64':
      return base64(body, most);
    case 'quoted-printable':
      return quotedPrintable(body, most);
    default:
      return body.subarray(0, Math.min(body.length, most));
  }
}

/**
 * Decodes base64. Continues after padding in the middle, which joined texts contain and at which Node's decoder stops.
 */
function base64(body: Buffer, most: number): Buffer {
  const padding = body.indexOf(EQUALS);
  if (padding === -1 || padding >= body.length - 8) {
    // Line ends are only a few percent of the text, so twice the wanted bytes is enough input.
    const whole = Buffer.from(body.toString('latin1', 0, Math.min(body.length, most * 2)), 'base64');
    return whole.subarray(0, Math.min(whole.length, most));
  }
  const out = Buffer.alloc(Math.min(Math.ceil((body.length * 3) / 4), most));
  let to = 0;
  let pending = 0;
  let bits = 0;
  for (let at = 0; at < body.length && to < out.length; at += 1) {
    const byte = body[at] ?? 0;
    const sextet = sextets[byte] ?? -1;
    if (byte === EQUALS) bits = 0;
    if (sextet < 0) continue;
    pending = ((pending << 6) | sextet) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    out[to++] = (pending >> bits) & 0xff;
  }
  return out.subarray(0, to);
}

const sextets = new Int8Array(256).fill(-1);
for (const [n, sign] of [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].entries())
  sextets[sign.charCodeAt(0)] = n;

const LF = 0x0a;
const CR = 0x0d;

function quotedPrintable(body: Buffer, most: number): Buffer {
  const out = Buffer.alloc(Math.min(body.length, most));
  let to = 0;
  for (let at = 0; at < body.length && to < out.length; ) {
    const byte = body[at] ?? 0;
    if (byte === EQUALS) {
      const high = hexes[body[at + 1] ?? 0] ?? -1;
      const low = hexes[body[at + 2] ?? 0] ?? -1;
      if (high >= 0 && low >= 0) {
        out[to++] = high * 16 + low;
        at += 3;
        continue;
      }
      const soft = softBreak(body, at + 1);
      if (soft === undefined) out[to++] = byte;
      at = soft ?? at + 1;
      continue;
    }
    if (isBlank(byte) && !isText(body[at + 1])) {
      // Rule 3: white space at the end of a line was added in transit, so it is removed.
      const end = blanksEnd(body, at);
      if (isText(body[end])) while (at < end && to < out.length) out[to++] = body[at++] ?? 0;
      at = end;
      continue;
    }
    out[to++] = byte;
    at += 1;
  }
  return out.subarray(0, to);
}

const hexes = new Int8Array(256).fill(-1);
for (const [n, sign] of [...'0123456789abcdef'].entries()) {
  hexes[sign.charCodeAt(0)] = n;
  hexes[sign.toUpperCase().charCodeAt(0)] = n;
}

/** Returns the start of the next line if only white space follows the `=`. Otherwise undefined. */
function softBreak(body: Buffer, from: number): number | undefined {
  const end = blanksEnd(body, from);
  if (end >= body.length) return end;
  if (body[end] === LF) return end + 1;
  if (body[end] !== CR) return undefined;
  return body[end + 1] === LF ? end + 2 : end + 1;
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09;
}

/** True for a byte that is neither white space nor a line end. */
function isText(byte: number | undefined): boolean {
  return byte !== undefined && !isBlank(byte) && byte !== LF && byte !== CR;
}

function blanksEnd(body: Buffer, from: number): number {
  let end = from;
  while (isBlank(body[end])) end += 1;
  return end;
}
