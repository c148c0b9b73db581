// Encodes text in the charsets that mail programs still write, by turning the platform's decoders round.

const TABLES = new Map<string, Map<string, Buffer>>();

function tableOf(charset: string): Map<string, Buffer> {
  const known = TABLES.get(charset);
  if (known) return known;
  const table = new Map<string, Buffer>();
  const decoder = new TextDecoder(charset, { fatal: true });
  const add = (bytes: number[]) => {
    try {
      const text = decoder.decode(Uint8Array.from(bytes));
      if ([...text].length === 1 && !table.has(text)) table.set(text, Buffer.from(bytes));
    } catch {
      // not a character of this charset
    }
  };
  for (let byte = 0; byte < 256; byte++) add([byte]);
  if (/^(gb|big5|euc|shift_jis|ks_c)/.test(charset))
    for (let lead = 0x81; lead < 0xff; lead++) for (let trail = 0x40; trail < 0xff; trail++) add([lead, trail]);
  TABLES.set(charset, table);
  return table;
}

function iso2022jp(text: string): Buffer | undefined {
  const euc = tableOf('euc-jp');
  const bytes: number[] = [];
  let wide = false;
  for (const char of text) {
    const code = euc.get(char);
    if (!code) return undefined;
    if (code.length === 2 && !wide) bytes.push(0x1b, 0x24, 0x42);
    if (code.length === 1 && wide) bytes.push(0x1b, 0x28, 0x42);
    wide = code.length === 2;
    bytes.push(...[...code].map((byte) => byte & 0x7f));
  }
  if (wide) bytes.push(0x1b, 0x28, 0x42);
  return Buffer.from(bytes);
}

/** The bytes, or undefined where the charset lacks a character: a mail program takes UTF-8 then. */
export function encode(text: string, charset: string): Buffer | undefined {
  const name = charset.toLowerCase();
  if (name === 'utf-8') return Buffer.from(text, 'utf8');
  if (name === 'iso-2022-jp') return iso2022jp(text);
  if (name === 'us-ascii') return /^[\0-\x7f]*$/.test(text) ? Buffer.from(text, 'latin1') : undefined;
  const table = tableOf(name);
  const parts: Buffer[] = [];
  for (const char of text) {
    const code = table.get(char);
    if (!code) return undefined;
    parts.push(code);
  }
  return Buffer.concat(parts);
}
