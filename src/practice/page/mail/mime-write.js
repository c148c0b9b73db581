// Composes a mail by RFC 5322 and MIME: all lines are ASCII and short.

const WORD_BYTES = 42;
const LINE = 76;

/**
 * @typedef {{ name: string, mime: string, bytes: Uint8Array }} Attachment a `message/rfc822` goes in as it is, unencoded
 * @param {{ from: { name: string, address: string }, to: string[], cc?: string[], subject: string, text: string, date: Date, messageId: string, inReplyTo?: string, references?: string[], attachments?: Attachment[] }} mail
 * @param {string} boundary text that stands nowhere else in it
 * @returns {Uint8Array} the bytes to send
 */
export function composeMail(mail, boundary) {
  const { attachments = [] } = mail;
  const text = `${headersOf(mail)}MIME-Version: 1.0\r\n`;
  if (attachments.length === 0) return bytesOf(`${text}${textPart(mail.text)}`);
  const parts = [textPart(mail.text), ...attachments.map(filePart)].map((part) => `--${boundary}\r\n${part}\r\n`);
  const type = `Content-Type: multipart/mixed; boundary="${boundary}"\r\n\r\n`;
  return bytesOf(`${text}${type}${parts.join('')}--${boundary}--\r\n`);
}

function headersOf({ from, to, cc = [], subject, date, messageId, inReplyTo, references = [] }) {
  const lines = [
    ['From', `${phrase(from.name)} <${from.address}>`],
    ['To', to.map(oneLine).join(',\r\n ')],
    ['Cc', cc.map(oneLine).join(',\r\n ')],
    ['Subject', unstructured(subject)],
    ['Date', dateOf(date)],
    ['Message-ID', messageId],
    ['In-Reply-To', inReplyTo ?? ''],
    ['References', references.map(oneLine).join('\r\n ')],
  ];
  return lines
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
}

/** Removes line ends, which could inject a header. */
const oneLine = (text) => text.replace(/[\r\n]+/g, ' ').trim();

function phrase(name) {
  const plain = oneLine(name);
  if (!/^[ -~]*$/.test(plain)) return encodedWords(plain);
  return /^[\w .-]*$/.test(plain) && !plain.includes('.') ? plain : `"${plain.replace(/["\\]/g, '\\$&')}"`;
}

function unstructured(text) {
  const plain = oneLine(text);
  return /^[ -~]*$/.test(plain) && plain.length < LINE - 10 && !plain.includes('=?') ? plain : encodedWords(plain);
}

/** RFC 2047: words of at most 75 characters, never splitting a character. */
function encodedWords(text) {
  const words = [];
  let word = '';
  for (const sign of text) {
    if (utf8(word + sign).length > WORD_BYTES) {
      words.push(word);
      word = '';
    }
    word += sign;
  }
  return [...words, word].map((one) => `=?UTF-8?B?${base64(utf8(one))}?=`).join('\r\n ');
}

function textPart(text) {
  const head = 'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n';
  return `${head}${folded(base64(utf8(text.replace(/\r?\n/g, '\r\n'))))}`;
}

function filePart({ name, mime, bytes }) {
  const shown = parameter(name);
  // RFC 2046 5.2.1: a mail within a mail may not be encoded.
  if (mime === 'message/rfc822')
    return `Content-Type: message/rfc822\r\nContent-Disposition: attachment; ${shown}\r\n\r\n${binary(bytes)}`;
  const type = /^[\w.+-]+\/[\w.+-]+$/.test(mime) ? mime : 'application/octet-stream';
  return `Content-Type: ${type}\r\nContent-Disposition: attachment; ${shown}\r\nContent-Transfer-Encoding: base64\r\n\r\n${folded(base64(bytes))}`;
}

/** RFC 2231 where a name is more than plain ASCII. */
function parameter(name) {
  const plain = oneLine(name);
  if (/^[\w .()-]+$/.test(plain)) return `filename="${plain}"`;
  return `filename*=UTF-8''${encodeURIComponent(plain).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}`;
}

/** “Sat, 21 Nov 2026 10:32:00 +0000” */
const dateOf = (date) => date.toUTCString().replace(/GMT$/, '+0000');

const folded = (text) => text.replace(new RegExp(`.{${LINE}}`, 'g'), '$&\r\n');
const utf8 = (text) => new TextEncoder().encode(text);
const base64 = (bytes) => btoa(binary(bytes));

function binary(bytes) {
  const parts = [];
  for (let at = 0; at < bytes.length; at += 8_192) parts.push(String.fromCharCode(...bytes.subarray(at, at + 8_192)));
  return parts.join('');
}

/** One byte per character: the text is Latin-1. */
export function bytesOf(text) {
  return Uint8Array.from(text, (sign) => sign.charCodeAt(0));
}
