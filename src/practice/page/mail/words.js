// Words a mail for the list, and the texts with which a reply or a forward begins.

/** “Ada Lindqvist <ada@…>” @param {string} text @returns {{ name: string, address: string }} */
export function whoOf(text) {
  const found = /^\s*(.*?)\s*<([^<>]*)>\s*$/.exec(text);
  const [name, address] = found === null ? ['', text.trim()] : [found[1].replace(/^"(.*)"$/, '$1'), found[2]];
  return { name: name || address, address: address.toLowerCase() };
}

/** @param {string} text addresses, between commas @returns {string[]} */
export function addressesIn(text) {
  return text
    .split(/[,;]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

/** @param {string} prefix `Re` or `Fwd` @param {string} subject */
export function subjectWith(prefix, subject) {
  const has = new RegExp(`^\\s*${prefix === 'Fwd' ? '(?:fwd?|wg)' : '(?:re|aw)'}\\s*:`, 'i').test(subject);
  return has ? subject : `${prefix}: ${subject}`;
}

const longDate = (date) =>
  new Date(date).toLocaleString('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });

/** @param {import('./model.js').Mail} mail */
export function replyText({ from, date, text }) {
  const quoted = (text ?? '')
    .trimEnd()
    .split('\n')
    .map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`));
  return `\n\nOn ${longDate(date)}, ${from} wrote:\n${quoted.join('\n')}\n`;
}

/** As Gmail writes it, so that every mail program knows it. @param {import('./model.js').Mail} mail */
export function forwardText({ from, date, subject, to, text }) {
  const head = [`From: ${from}`, `Date: ${longDate(date)}`, `Subject: ${subject}`, `To: ${[to].flat().join(', ')}`];
  return `\n\n---------- Forwarded message ---------\n${head.join('\n')}\n\n${(text ?? '').trimEnd()}\n`;
}

/** The headers In-Reply-To and References of a reply (RFC 5322 3.6.4). @param {import('./model.js').Mail} mail */
export function threadOf({ messageId, references = [], inReplyTo }) {
  if (messageId === undefined) return {};
  const before = references.length > 0 ? references : [inReplyTo].filter(Boolean);
  return { inReplyTo: messageId, references: [...before.filter((id) => id !== messageId), messageId] };
}
