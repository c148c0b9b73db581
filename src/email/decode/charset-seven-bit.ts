// Decodes 7-bit charsets that Node does not support: UTF-7, HZ, ISO-2022-KR. Pure, linear.

const PLUS = 0x2b;
const MINUS = 0x2d;

/** Decodes UTF-7 (RFC 2152): base64 of UTF-16 between `+` and `-`. */
export function utf7(bytes: Buffer): string {
  const out = Buffer.alloc(bytes.length * 2);
  let to = 0;
  for (let at = 0; at < bytes.length; ) {
    if (bytes[at] !== PLUS) {
      to = out.writeUInt16LE(bytes[at++] ?? 0, to);
      continue;
    }
    const begin = ++at;
    let bits = 0;
    let pending = 0;
    for (let sextet = sextets[bytes[at] ?? 0] ?? -1; sextet >= 0; sextet = sextets[bytes[++at] ?? 0] ?? -1) {
      pending = ((pending << 6) | sextet) & 0x3fffff;
      bits += 6;
      if (bits < 16) continue;
      bits -= 16;
      to = out.writeUInt16LE((pending >> bits) & 0xffff, to);
    }
    if (at === begin) to = out.writeUInt16LE(PLUS, to);
    if (bytes[at] === MINUS) at += 1;
  }
  return out.toString('utf16le', 0, to);
}

const sextets = new Int8Array(256).fill(-1);
for (const [n, sign] of [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].entries())
  sextets[sign.charCodeAt(0)] = n;

const SHIFT_OUT = 0x0e;
const SHIFT_IN = 0x0f;

/** Sets the eighth bit of the GB2312 or KS C 5601 bytes between the shifts again (RFC 1843 and RFC 1557). */
export function withShifts(bytes: Buffer, kind: 'hz' | 'kr'): Buffer {
  const out = Buffer.alloc(bytes.length);
  let to = 0;
  let shifted = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    const next = bytes[at + 1];
    if (kind === 'kr' && (byte === SHIFT_OUT || byte === SHIFT_IN)) shifted = byte === SHIFT_OUT;
    // Skips the designator ESC $ ) C.
    else if (kind === 'kr' && byte === 0x1b && next === 0x24) at += 3;
    else if (kind === 'hz' && byte === 0x7e && next !== undefined) {
      at += 1;
      if (next === 0x7b || next === 0x7d) shifted = next === 0x7b;
      else if (next === 0x7e) out[to++] = next;
      else if (next !== 0x0a) at -= 1;
    } else {
      if (byte === 0x0a) shifted = false;
      out[to++] = shifted && byte > 0x20 && byte < 0x7f ? byte | 0x80 : byte;
    }
  }
  return out.subarray(0, to);
}
