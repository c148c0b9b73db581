// Decodes bytes in a named charset. Mailers give wrong names or none, so nothing is refused, and invalid UTF-8 is
// decoded as windows-1252. Pure, linear.
import { utf7, withShifts } from './charset-seven-bit.ts';

/** Returns the text. Undefined for an unknown charset. */
export function textIn(bytes: Buffer, charset: string | undefined): string | undefined {
  const label = labelOf(charset);
  if (label === undefined || LIES_AS_ASCII.has(label)) return utf8(bytes);
  if (WESTERN.has(label)) return western(bytes);
  if (/^(?:x-)?(?:unicode-1-1-|unicode-2-0-)?utf-7/.test(label)) return utf7(bytes);
  // In UTF-16 every ASCII character has a zero byte, so bytes that are all ASCII and have no zero are not UTF-16.
  if (/^utf-16(?:le|be)?$/.test(label) && isAscii(bytes)) return utf8(bytes);
  if (/^utf-16$/.test(label)) return decoder(bigEndian(bytes) ? 'utf-16be' : 'utf-16le')?.decode(bytes);
  const shifts = { 'hz-gb-2312': 'hz', hz: 'hz', 'iso-2022-kr': 'kr', csiso2022kr: 'kr' } as const;
  if (Object.hasOwn(shifts, label)) {
    const kind = shifts[label as keyof typeof shifts];
    return decoder(kind === 'hz' ? 'gbk' : 'euc-kr')?.decode(withShifts(bytes, kind));
  }
  return decoder(label)?.decode(bytes);
}

/** Decodes text without a known charset: as UTF-8, or as windows-1252 where a sequence is invalid. */
export function utf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return mixed(bytes);
  }
}

/** Decodes ISO-8859-1 as windows-1252 (WHATWG Encoding). Node 20 would decode 80 to 9F as control characters. */
export function western(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/[\x80-\x9f]/g, (sign) => TYPOGRAPHY[sign.charCodeAt(0) - 0x80] ?? sign);
}

const TYPOGRAPHY = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** Returns the bytes of a windows-1252 text. Undefined if the text contains other characters. */
export function westernBytes(text: string): Buffer | undefined {
  const bytes = Buffer.alloc(text.length);
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const byte = code < 0x80 || (code > 0x9f && code < 0x100) ? code : 0x80 + TYPOGRAPHY.indexOf(text[at] ?? '');
    if (byte < 0x80 && code >= 0x80) return undefined;
    bytes[at] = byte;
  }
  return bytes;
}

/**
 * Decodes a mix of UTF-8 and windows-1252, such as a Latin-1 footer below a UTF-8 text. Ambiguous bytes are decoded as
 * the more frequent of the two.
 */
function mixed(bytes: Buffer): string {
  const pieces: string[] = [];
  let good = 0;
  let bad = 0;
  let from = 0;
  const take = (to: number) => {
    if (to > from) pieces.push(bytes.toString('utf8', from, to));
  };
  for (let at = 0; at < bytes.length; ) {
    if ((bytes[at] ?? 0) < 0x80) {
      at += 1;
      continue;
    }
    const length = sequenceLength(bytes, at);
    if (length > 0) {
      good += 1;
      at += length;
      continue;
    }
    take(at);
    // The bytes were truncated inside a character.
    const rest = bytes.subarray(at + 1);
    const cut =
      rest.length < 3 && good > bad && (bytes[at] ?? 0) >= 0xc2 && rest.every((byte) => (byte & 0xc0) === 0x80);
    pieces.push(cut ? '\ufffd' : western(bytes.subarray(at, at + 1)));
    bad += 1;
    at = cut ? bytes.length : at + 1;
    from = at;
  }
  take(bytes.length);
  return bad > good ? western(bytes) : pieces.join('');
}

/** Returns the length of the UTF-8 sequence that begins here; 0 if none begins. */
function sequenceLength(bytes: Buffer, at: number): number {
  const first = bytes[at] ?? 0;
  const length =
    first >= 0xc2 && first <= 0xdf ? 2 : (first & 0xf0) === 0xe0 ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0;
  if (length === 0 || at + length > bytes.length) return 0;
  for (let n = 1; n < length; n += 1) if (((bytes[at + n] ?? 0) & 0xc0) !== 0x80) return 0;
  return bytes.toString('utf8', at, at + length).includes('\ufffd') ? 0 : length;
}

/** True for eight or more bytes that are all ASCII. Fewer such bytes could be some Chinese characters in UTF-16. */
function isAscii(bytes: Buffer): boolean {
  return bytes.length >= 8 && bytes.every((byte) => (byte > 0x1f && byte < 0x7f) || (byte > 8 && byte < 14));
}

function bigEndian(bytes: Buffer): boolean {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return true;
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return false;
  const seen = bytes.subarray(0, 200);
  const zeros = (odd: number) => seen.filter((byte, n) => byte === 0 && n % 2 === odd).length;
  return zeros(0) > zeros(1);
}

function decoder(label: string): InstanceType<typeof TextDecoder> | undefined {
  try {
    return new TextDecoder(label);
  } catch {
    return undefined;
  }
}

const WESTERN = new Set(['windows-1252', 'cp1252', 'x-cp1252', 'iso-8859-1', 'iso8859-1', 'iso88591', 'latin1', 'l1']);
WESTERN.add('cp819').add('ibm819').add('iso_8859-1').add('iso_8859-1:1987').add('iso-ir-100').add('csisolatin1');
/** Charset names that careless mailers put on any text. */
const LIES_AS_ASCII = new Set(['us-ascii', 'ascii', 'usascii', 'ansi_x3.4-1968', 'iso646-us', 'utf-8', 'utf8', '7bit']);
LIES_AS_ASCII.add('8bit').add('binary').add('default').add('unknown-8bit').add('unknown').add('none').add('auto');

const ALIASES: Readonly<Record<string, string>> = {
  cp936: 'gbk',
  ms936: 'gbk',
  'windows-936': 'gbk',
  cp949: 'euc-kr',
  ms949: 'euc-kr',
  cp932: 'shift_jis',
  ks_c_5601: 'euc-kr',
  cp950: 'big5',
  'iso-2022-cn': 'gbk',
  'iso-2022-jp-ms': 'iso-2022-jp',
  'iso-2022-jp-1': 'iso-2022-jp',
  'iso-2022-jp-2': 'iso-2022-jp',
  cp50220: 'iso-2022-jp',
  'iso-8859-8-e': 'iso-8859-8',
  'koi8-ru': 'koi8-u',
  mac: 'macintosh',
};

function labelOf(charset: string | undefined): string | undefined {
  // RFC 2231 section 5 allows a language after a star, which is removed.
  const plain = (charset ?? '')
    .slice(0, 60)
    .replace(/\*.*$/s, '')
    .replace(/["'\s]/g, '')
    .toLowerCase();
  if (plain === '') return undefined;
  const usual = plain
    .replace(/^x-(?=utf|iso|windows)/, '')
    .replace(/^win(?:dows)?[-_]?(?=\d)/, 'windows-')
    .replace(/^cp[-_](?=\d)/, 'cp')
    .replace(/^latin[-_]/, 'latin')
    .replace(/^iso[-_]?8859[-_]?(?=\d)/, 'iso-8859-')
    .replace(/^utf[-_]?(?=\d)/, 'utf-')
    .replace(/^utf-8.+$/, 'utf-8');
  return ALIASES[usual] ?? usual;
}
