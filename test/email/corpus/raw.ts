// Writes a mail as bytes (RFC 5322, RFC 2045-2047), as the program that is named sends it.

import type { Encoding, Person } from './case.ts';
import { encode } from './charset.ts';

export interface Part {
  type: string;
  parameters?: string;
  text?: string;
  charset?: string;
  encoding?: Encoding;
  headers?: [string, string][];
  parts?: Part[];
  /** A whole mail, for message/rfc822. */
  mail?: Buffer;
}

const CRLF = '\r\n';

function quotedPrintable(bytes: Buffer): string {
  const lines: string[] = [];
  for (const line of bytes.toString('latin1').split('\r\n')) {
    let out = '';
    for (let i = 0; i < line.length; i++) {
      const code = line.charCodeAt(i);
      const last = i === line.length - 1;
      const plain = (code > 32 && code < 127 && code !== 61) || ((code === 32 || code === 9) && !last);
      const piece = plain ? line.charAt(i) : `=${code.toString(16).toUpperCase().padStart(2, '0')}`;
      if (out.length + piece.length > 75) {
        lines.push(`${out}=`);
        out = '';
      }
      out += piece;
    }
    lines.push(out);
  }
  return lines.join(CRLF);
}

const base64 = (bytes: Buffer) => (bytes.toString('base64').match(/.{1,76}/g) ?? []).join(CRLF);

/** An encoded word where one is needed (RFC 2047), in pieces of whole characters. */
export function word(text: string, charset = 'utf-8'): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  const pieces: string[] = [];
  let piece = '';
  for (const char of text) {
    if (Buffer.byteLength(piece + char) > 40) {
      pieces.push(piece);
      piece = '';
    }
    piece += char;
  }
  pieces.push(piece);
  const fits = encode(text, charset) ? charset : 'utf-8';
  return pieces.map((one) => `=?${fits}?B?${(encode(one, fits) as Buffer).toString('base64')}?=`).join(`${CRLF} `);
}

export function mailbox(person: Person, charset?: string): string {
  return `${word(person.name, charset)} <${person.address}>`;
}

function body(part: Part): { headers: [string, string][]; bytes: Buffer } {
  const text = (part.text ?? '').replace(/\r?\n/g, CRLF);
  const asked = part.charset ?? 'utf-8';
  const encoded = encode(text, asked);
  const charset = encoded ? asked : 'utf-8';
  const bytes = encoded ?? Buffer.from(text, 'utf8');
  const encoding = part.encoding ?? 'quoted-printable';
  const type = `${part.type}; charset=${charset}${part.parameters ?? ''}`;
  const raw =
    encoding === 'base64' ? base64(bytes) : encoding === 'quoted-printable' ? quotedPrintable(bytes) : undefined;
  return {
    headers: [
      ['Content-Type', type],
      ['Content-Transfer-Encoding', encoding],
    ],
    bytes: raw === undefined ? bytes : Buffer.from(raw, 'latin1'),
  };
}

function write(part: Part, boundary: string): Buffer {
  const lines = (headers: [string, string][]) => headers.map(([name, value]) => `${name}: ${value}${CRLF}`).join('');
  if (part.mail) {
    const headers: [string, string][] = [
      ['Content-Type', `${part.type}${part.parameters ?? ''}`],
      ...(part.headers ?? []),
    ];
    return Buffer.concat([Buffer.from(`${lines(headers)}${CRLF}`), part.mail]);
  }
  if (part.parts) {
    const pieces: Buffer[] = [
      Buffer.from(
        `${lines([['Content-Type', `${part.type}; boundary="${boundary}"`], ...(part.headers ?? [])])}${CRLF}`,
      ),
    ];
    part.parts.forEach((child, index) => {
      pieces.push(Buffer.from(`--${boundary}${CRLF}`), write(child, `${boundary}.${index}`), Buffer.from(CRLF));
    });
    pieces.push(Buffer.from(`--${boundary}--${CRLF}`));
    return Buffer.concat(pieces);
  }
  const { headers, bytes } = body(part);
  return Buffer.concat([Buffer.from(`${lines([...headers, ...(part.headers ?? [])])}${CRLF}`), bytes]);
}

export function writeMail(headers: [string, string][], part: Part, boundary: string): Buffer {
  const head = headers.map(([name, value]) => `${name}: ${value}${CRLF}`).join('');
  return Buffer.concat([Buffer.from(`${head}MIME-Version: 1.0${CRLF}`), write(part, boundary), Buffer.from(CRLF)]);
}
