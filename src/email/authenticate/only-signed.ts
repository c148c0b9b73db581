// Reduces a mail to the parts that its sender's signature covers. Used if DKIM alone proves the sender. Pure.

import { rawLines, splitHead } from '../decode/headers.ts';
import { misfitOf } from './body-form.ts';
import { covers, type Signed } from './signed.ts';

export type OnlySigned =
  /**
   * `raw` consists of the signed headers and the body. `isSame`: true if the removed headers are none that the parser
   * reads.
   */
  | { kind: 'mail'; raw: Buffer; isSame: boolean }
  /** `reason`: a sentence that says which part may be forged and can't be removed. */
  | { kind: 'doubt'; reason: string };

/**
 * Removes unsigned headers. If a header occurs more often than it is signed, the signed copies are counted from the
 * bottom up (RFC 6376 section 5.4.2). The mail is quarantined if From, Subject, Date or a header about the body's form
 * is unsigned or occurs twice.
 * Many servers leave headers about the body's form unsigned (Gmail: Content-Type; iCloud: Content-Transfer-Encoding;
 * Yahoo, Proton, GMX and OpenDKIM: both). Such a header counts only if it fits the signed body. If neither To nor Cc is
 * signed (Microsoft 365), both are kept.
 */
export function onlySigned(raw: Uint8Array, signed: Signed): OnlySigned {
  const { head, body } = splitHead(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength));
  const lines = rawLines(head).map((text) => ({ text, key: keyOf(text) }));
  const reason = doubtOf(lines, body, signed);
  if (reason) return { kind: 'doubt', reason };
  const left = new Map(signed.counts);
  const isOpen = !covers(signed, 'to') && !covers(signed, 'cc');
  const kept: string[] = [];
  let isSame = true;
  for (const { text, key } of lines.toReversed()) {
    const count = left.get(key) ?? 0;
    left.set(key, count - 1);
    if (count > 0 || HOW_TO_READ.includes(key) || delivery.test(key) || (isOpen && (key === 'to' || key === 'cc')))
      kept.push(`${text}\r\n`);
    else isSame &&= key === '' || servers.test(key);
  }
  return { kind: 'mail', raw: Buffer.concat([Buffer.from(`${kept.reverse().join('')}\r\n`, 'latin1'), body]), isSame };
}

interface Line {
  /** The header line, still folded. */
  text: string;
  /** The header's name in lower case. Empty for a line without a name. */
  key: string;
}

const TWO_WAYS = 'Its headers can be read in more than one way.';
const HOW_TO_READ = ['content-type', 'content-transfer-encoding', 'mime-version'];
/** These headers may occur only once. Date is first, because a wrong Date is the strongest evidence. */
const ONCE = ['date', 'from', 'subject', ...HOW_TO_READ];

/** Headers in which servers write the envelope. They affect only in which pod's quarantine the mail waits. */
const delivery = /^(?:return-path|(?:x-)?(?:delivered|envelope|original|forwarded)-to)$/;
/** Headers of servers and mail programs that the parser does not read. */
const servers =
  /^(?:received|received-spf|authentication-results|dkim-signature|arc-[a-z-]+|x-(?:received|mailer|google-[a-z-]+|gm-[a-z-]+|ms-[a-z-]+|ymail-[a-z-]+|sonic-[a-z-]+|icl-[a-z-]+|ui-[a-z-]+|provags-id)|user-agent|thread-index|thread-topic|content-language|accept-language)$/;

function keyOf(text: string): string {
  return /^([!-9;-~]+)[ \t]*:/.exec(text)?.[1]?.toLowerCase() ?? '';
}

function doubtOf(lines: readonly Line[], body: Buffer, signed: Signed): string | undefined {
  if (signed.isPartial)
    return 'Its signature covers only the beginning of its text: somebody else may have written the rest.';
  // For a bare CR, and for a fold with other white space, DKIM verifiers and mail programs do not agree where a header
  // ends.
  if (
    lines.some(({ text, key }) => text.includes('\0') || /\r(?!\n)/.test(text) || (key === '' && /^[^!-~]/.test(text)))
  )
    return TWO_WAYS;
  const all = (name: string) => lines.filter(({ key }) => key === name);
  for (const name of ONCE) {
    const { length } = all(name);
    if (length > 1) return `It has more than one ${shown(name)} line: somebody else may have added one.`;
    if (name === 'date' && !covers(signed, name))
      return 'Its date is not signed: an old mail may have been sent again.';
    if (length === 1 && !covers(signed, name) && !HOW_TO_READ.includes(name)) return unsigned(name);
  }
  const value = (name: string) => {
    const [line] = all(name);
    return line?.text
      .slice(line.text.indexOf(':') + 1)
      .replace(/\r\n/g, '')
      .trim();
  };
  // The parser does not use this header, and servers that sign the headers about the body's form would have signed it
  // too.
  const version = value('mime-version');
  const signsNeighbours = covers(signed, 'content-type') || covers(signed, 'content-transfer-encoding');
  if (version !== undefined && !covers(signed, 'mime-version') && (signsNeighbours || !/^1\.0(?![\d.])/.test(version)))
    return unsigned('mime-version');
  const misfit = misfitOf({
    type: { value: value('content-type'), isSigned: covers(signed, 'content-type') },
    encoding: { value: value('content-transfer-encoding'), isSigned: covers(signed, 'content-transfer-encoding') },
    body,
  });
  return misfit && `${unsigned(misfit)} Its text reads otherwise with it than without.`;
}

function unsigned(name: string): string {
  return `Its ${shown(name)} line is not signed: somebody else may have added, changed or removed it.`;
}

function shown(name: string): string {
  if (name === 'mime-version') return 'MIME-Version';
  return name.replace(/(?:^|-)[a-z]/g, (start) => start.toUpperCase());
}
