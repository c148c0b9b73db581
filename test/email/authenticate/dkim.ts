// A DKIM signer (RFC 6376, RFC 8463) for tests: signs any list of headers, also as absent, with any tags.
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import type { Records } from '../signed.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ed25519 = generateKeyPairSync('ed25519');
const rsaRecord = rsa.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
const edRecord = ed25519.publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('base64');

/** The selectors of a domain: `s1` is an RSA key, `e1` an Ed25519 key. */
export function keysOf(domain: string): Records {
  return {
    [`s1._domainkey.${domain}`]: [`v=DKIM1; k=rsa; p=${rsaRecord}`],
    [`e1._domainkey.${domain}`]: [`v=DKIM1; k=ed25519; p=${edRecord}`],
  };
}

export interface ToSign {
  /** The value of the tag `h`: `From:To:From`. */
  h: string;
  d?: string;
  c?: 'relaxed/relaxed' | 'relaxed/simple' | 'simple/simple' | 'simple/relaxed';
  key?: 'rsa' | 'ed25519';
  /** `t`, `x`, `l`, `i` and others. */
  tags?: Record<string, string | number>;
}

/** The mail with the signature on top. */
export function dkimSigned(
  raw: Buffer,
  { h, d = 'example.org', c = 'relaxed/relaxed', key = 'rsa', tags = {} }: ToSign,
): Buffer {
  const text = raw.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  const lines = text.slice(0, end).split(/\r\n(?![ \t])/);
  const [header, body] = c.split('/');
  const signedBody = bodyOf(text.slice(end + 4), body === 'relaxed').slice(
    0,
    Number(tags.l ?? Number.POSITIVE_INFINITY),
  );
  const hash = createHash('sha256').update(signedBody, 'latin1').digest('base64');
  const more = Object.entries(tags).map(([name, value]) => `${name}=${value}; `);
  const s = key === 'rsa' ? 's1' : 'e1';
  const value = `v=1; a=${key}-sha256; c=${c}; d=${d}; s=${s};\r\n\t${more.join('')}h=${h};\r\n\tbh=${hash};\r\n\tb=`;
  const canon = (line: string) => (header === 'relaxed' ? relaxed(line) : line);
  const left = [...lines];
  const covered = h.split(':').flatMap((name) => {
    const at = left.findLastIndex((line) => line.toLowerCase().startsWith(`${name.trim().toLowerCase()}:`));
    return at === -1 ? [] : left.splice(at, 1);
  });
  const data = [...covered.map((line) => `${canon(line)}\r\n`), canon(`DKIM-Signature: ${value}`)].join('');
  const bytes = Buffer.from(data, 'latin1');
  const signature =
    key === 'rsa'
      ? sign('sha256', bytes, rsa.privateKey)
      : sign(null, createHash('sha256').update(bytes).digest(), ed25519.privateKey);
  const folded = signature.toString('base64').replace(/.{70}/g, '$&\r\n\t ');
  return Buffer.concat([Buffer.from(`DKIM-Signature: ${value}${folded}\r\n`), raw]);
}

/** Section 3.4.2. */
function relaxed(line: string): string {
  const colon = line.indexOf(':');
  const name = line.slice(0, colon).trim().toLowerCase();
  return `${name}:${line
    .slice(colon + 1)
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .trim()}`;
}

/** Sections 3.4.3 and 3.4.4. */
function bodyOf(body: string, isRelaxed: boolean): string {
  const lines = isRelaxed
    ? body.split('\r\n').map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''))
    : body.split('\r\n');
  const text = lines.join('\r\n').replace(/(?:\r\n)+$/, '');
  return text === '' && isRelaxed ? '' : `${text}\r\n`;
}
