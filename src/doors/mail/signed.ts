// Reduces a mail that only signatures prove to the parts that they cover. Anybody who has such a mail can add headers
// and send it again.
import { onlySigned } from '../../email/authenticate/only-signed.ts';
import type { Signed } from '../../email/authenticate/signed.ts';
import type { Arrived, MailContext } from './context.ts';
import { contentOf } from './origin.ts';

export type Provable = { kind: 'arrived'; arrived: Arrived } | { kind: 'doubt'; reason: string };

/**
 * Returns the proved part, or the reason for quarantine. `signed` absent: the author's own server delivered the mail,
 * so all of it is proved.
 */
export async function provablePart(mail: MailContext, whole: Arrived, signed: Signed | undefined): Promise<Provable> {
  if (!signed) return { kind: 'arrived', arrived: { ...whole, isTheirs: true } };
  const only = onlySigned(whole.raw, signed);
  if (only.kind === 'doubt') return only;
  const read = only.isSame ? whole.mail : await mail.reader.read(only.raw);
  if (read.kind === 'unreadable') return { kind: 'doubt', reason: read.reason };
  const added = (line: 'to' | 'cc') =>
    whole.mail[line].filter(({ address }) => !read[line].some((one) => one.address === address));
  // The envelope addresses and the duplicate headers are taken from the whole mail, because the reduced one lacks them.
  const { deliveredTo, trace, doubled } = whole.mail;
  const unsigned = { to: added('to'), cc: added('cc') };
  const provable = { mail: { ...read, deliveredTo, trace, doubled }, signed, unsigned };
  // Headers that a list or a server adds are harmless if the mail still reads the same.
  const readsSame = only.isSame || contentOf(read) === contentOf(whole.mail);
  const isTheirs = readsSame && ![...doubled, ...unsigned.to, ...unsigned.cc].length;
  return { kind: 'arrived', arrived: { ...whole, ...provable, ...(isTheirs ? { isTheirs } : {}) } };
}
