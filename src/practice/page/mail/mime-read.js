// Parses the attachments of a raw mail, for saving and forwarding. Invalid ones are left out.
import { bytesOf } from './mime-write.js';

const DEEPEST = 12;

/** @param {string} raw one character per byte @returns {import('./mime-write.js').Attachment[]} in their order */
export function attachmentsOf(raw) {
  return partsOf(raw, 0);
}

function partsOf(raw, depth) {
  const { headers, body } = split(raw);
  const type = headers.get('content-type') ?? 'text/plain';
  const mime = type.split(';')[0].trim().toLowerCase();
  const boundary = parameterOf(type, 'boundary');
  if (mime.startsWith('multipart/') && boundary !== undefined && depth < DEEPEST)
    return between(body, boundary).flatMap((part) => partsOf(part, depth + 1));
  const disposition = headers.get('content-disposition') ?? '';
  const name = parameterOf(disposition, 'filename') ?? parameterOf(type, 'name');
  if (name === undefined && !/^\s*attachment/i.test(disposition)) return [];
  return [{ name: name ?? 'file', mime, bytes: decoded(body, headers.get('content-transfer-encoding') ?? '') }];
}

function split(raw) {
  const text = raw.replace(/\r\n/g, '\n');
  const end = text.indexOf('\n\n');
  const head = end === -1 ? text : text.slice(0, end);
  const fields = head.replace(/\n[ \t]+/g, ' ').split('\n');
  const named = fields.map((line) => /^([!-9;-~]+):\s*(.*)$/.exec(line)).filter((found) => found !== null);
  return {
    headers: new Map(named.map(([, name, value]) => [name.toLowerCase(), value])),
    body: end === -1 ? '' : text.slice(end + 2),
  };
}

function between(body, boundary) {
  const pieces = `\n${body}`.split(`\n--${boundary}`).slice(1);
  const end = pieces.findIndex((piece) => piece.startsWith('--'));
  return pieces.slice(0, end === -1 ? undefined : end).map((piece) => piece.replace(/^[ \t]*\n/, ''));
}

/** As given, as RFC 2231 has it (in pieces too), or as encoded words. */
function parameterOf(header, name) {
  const found = [
    ...header.matchAll(new RegExp(`;\\s*${name}(\\*\\d+)?(\\*)?\\s*=\\s*("(?:[^"\\\\]|\\\\.)*"|[^;\\s]*)`, 'gi')),
  ];
  if (found.length === 0) return undefined;
  const value = found.map(([, , , text]) => text.replace(/^"|"$/g, '').replace(/\\(.)/g, '$1')).join('');
  return found.some(([, , star]) => star !== undefined) ? percentDecoded(value) : wordsDecoded(value);
}

function percentDecoded(value) {
  try {
    return decodeURIComponent(value.replace(/^[^']*'[^']*'/, ''));
  } catch {
    // Invalid UTF-8: the name stays encoded.
    return value;
  }
}

function wordsDecoded(value) {
  return value.replace(/=\?utf-8\?([bq])\?([^?]*)\?=\s*/gi, (_, way, text) => {
    const bytes =
      way.toLowerCase() === 'b' ? decoded(text, 'base64') : decoded(text.replaceAll('_', ' '), 'quoted-printable');
    return new TextDecoder().decode(bytes);
  });
}

function decoded(body, encoding) {
  switch (encoding.trim().toLowerCase()) {
    case 'base64':
      return fromBase64(body.replace(/[^A-Za-z0-9+/]/g, ''));
    case 'quoted-printable':
      return bytesOf(
        body.replace(/=\n/g, '').replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
      );
    default:
      return bytesOf(body.replace(/\n/g, '\r\n'));
  }
}

function fromBase64(text) {
  // A single last character encodes nothing, and atob would refuse the text.
  return bytesOf(atob(text.length % 4 === 1 ? text.slice(0, -1) : text));
}
