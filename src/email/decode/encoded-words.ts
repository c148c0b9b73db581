// Decodes encoded words in headers (RFC 2047), even malformed ones: split inside a character, with raw bytes, or with a
// wrong charset. Pure, linear.
import { textIn, westernBytes } from './charset.ts';
import { decodeTransfer } from './transfer.ts';

interface Word {
  charset: string;
  base64: boolean;
  text: string;
}

/** Matches an encoded word. RFC 2047 allows 75 characters, but mailers write longer ones. */
const word = /=\?([^?\s]{1,60})\?([bq])\?([^?]{0,20000})\?=/giu;

export function decodeWords(value: string): string {
  return replaceWords(value, (words) => words);
}

/** Rewrites encoded words correctly, for a parser that splits addresses before it decodes names. */
export function cleanWords(value: string): string {
  return replaceWords(value, (text) => `=?utf-8?B?${Buffer.from(text, 'utf8').toString('base64')}?=`);
}

function replaceWords(value: string, shown: (text: string) => string): string {
  const out: string[] = [];
  let open: Word[] = [];
  let from = 0;
  const close = () => {
    if (open.length) out.push(shown(textOf(open)));
    open = [];
  };
  for (const found of value.matchAll(word)) {
    const [whole, charset = '', kind = '', text = ''] = found;
    const between = value.slice(from, found.index);
    const next = { charset: charset.toLowerCase(), base64: /b/i.test(kind), text };
    // White space between two encoded words is dropped (RFC 2047 section 6.2). Words with another charset or encoding
    // are decoded separately.
    if (open.length === 0 || between.trim() !== '') {
      close();
      out.push(between);
    } else if (open[0]?.charset !== next.charset || open[0].base64 !== next.base64) close();
    open.push(next);
    from = found.index + whole.length;
  }
  close();
  out.push(value.slice(from));
  return out.join('');
}

/**
 * Joins the bytes of consecutive words that have one charset, and then decodes them, because a character may be split
 * between two words.
 */
function textOf(words: readonly Word[]): string {
  const [{ charset = '', base64 = false } = {}] = words;
  const texts = words.map(({ text }) => text);
  if (base64) {
    const bytes = Buffer.concat(texts.map((text) => decodeTransfer(Buffer.from(text, 'latin1'), 'base64')));
    return textIn(bytes, charset) ?? textIn(bytes, undefined) ?? '';
  }
  const whole = texts
    .join('')
    .replace(/=[ \t]+(?=[0-9a-f]{2})/gi, '=')
    .replace(/[_\s]/g, ' ');
  // In a UTF-8 or Latin-1 header, raw characters are decoded already. In other charsets they are still raw bytes.
  const raw = /^(?:utf-?8|us-ascii|iso-8859-1$|windows-1252)/.test(charset) ? undefined : westernBytes(whole);
  if (!raw) return whole.replace(/\p{ASCII}+/gu, (encoded) => textOfBytes(Buffer.from(encoded), charset));
  return textOfBytes(raw, charset);
}

function textOfBytes(raw: Buffer, charset: string): string {
  const bytes = unquoted(raw);
  return textIn(bytes, charset) ?? textIn(bytes, undefined) ?? '';
}

function unquoted(raw: Buffer): Buffer {
  const text = raw.toString('latin1');
  return Buffer.from(
    text.replace(/=([0-9a-f]{2})/gi, (_pair, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
}
