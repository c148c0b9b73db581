// Adds the headers that a receiving server adds: Return-Path, Received and Authentication-Results (RFC 8601). Pure.

/** The server's name in Authentication-Results. */
export const AUTHSERV_ID = 'mx.practice';

export interface ToStamp {
  raw: Buffer;
  /** The address of MAIL FROM. */
  from: string;
  n: number;
  /** True: the added header reports a failed authentication. */
  fail?: boolean;
}

/**
 * Returns the mail with the headers. Deterministic, so that Skein recognises a duplicate. Removes
 * Authentication-Results with this server's name that the mail already has (RFC 8601 section 5).
 */
export function stamped({ raw, from, n, fail = false }: ToStamp): Buffer {
  const author = authorOf(raw);
  const result = !fail && author !== undefined && domainOf(author) === domainOf(from) ? 'pass' : 'fail';
  const head = [
    `Return-Path: <${from.replace(/[\r\n<>]/g, '')}>`,
    `Authentication-Results: ${AUTHSERV_ID}; dmarc=${result} header.from=${domainOf(author ?? from) || 'unknown'}`,
    `Received: by ${AUTHSERV_ID} with SMTP id practice-${n}`,
    '',
  ].join('\r\n');
  return Buffer.concat([Buffer.from(head), withoutOurs(raw)]);
}

/** Returns the address in the From header. Undefined if there are several, because that may be a forgery. */
function authorOf(raw: Buffer): string | undefined {
  const lines = unfolded(headerOf(raw)).filter((line) => /^from:/i.test(line));
  if (lines.length !== 1) return undefined;
  const [line = ''] = lines;
  const found = /<([^<>\s]{1,320})>\s*$/.exec(line) ?? /^from:\s*([^<>\s]{1,320})\s*$/i.exec(line);
  return found?.[1]?.toLowerCase();
}

function domainOf(address: string): string {
  return address
    .slice(address.lastIndexOf('@') + 1)
    .toLowerCase()
    .replace(/[^a-z0-9.-]/g, '');
}

const HEADER_BYTES = 256 * 1024;

function headerOf(raw: Buffer): string {
  const text = raw.subarray(0, HEADER_BYTES).toString('latin1');
  return text.slice(0, endOfHeader(text));
}

function endOfHeader(text: string): number {
  const end = /\r?\n\r?\n/.exec(text);
  return end ? end.index : text.length;
}

function unfolded(header: string): string[] {
  return header.replace(/\r?\n(?=[ \t])/g, '').split(/\r?\n/);
}

function withoutOurs(raw: Buffer): Buffer {
  const text = raw.subarray(0, HEADER_BYTES).toString('latin1');
  const end = endOfHeader(text);
  const forged = new RegExp(`^authentication-results:\\s*${AUTHSERV_ID.replace('.', '\\.')}\\b`, 'i');
  const kept = text
    .slice(0, end)
    .split(/\r?\n(?![ \t])/)
    .filter((line) => !forged.test(line))
    .join('\r\n');
  return Buffer.concat([Buffer.from(kept, 'latin1'), raw.subarray(end)]);
}
