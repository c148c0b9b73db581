// A mail that only signatures prove -> what they cover of it, and nothing else: whoever has such a mail can add lines to it and send it on.
import { onlySigned } from '../../email/authenticate/only-signed.ts';
import type { Signed } from '../../email/authenticate/signed.ts';
import type { Arrived, MailContext } from './context.ts';
import { contentOf } from './origin.ts';

export type Provable = { kind: 'arrived'; arrived: Arrived } | { kind: 'doubt'; reason: string };

/** `signed` absent: the mail came from a server of its author's, and all of it is theirs. `reason`: why it has to wait. */
export async function provablePart(mail: MailContext, whole: Arrived, signed: Signed | undefined): Promise<Provable> {
  if (!signed) return { kind: 'arrived', arrived: { ...whole, isTheirs: true } };
  const only = onlySigned(whole.raw, signed);
  if (only.kind === 'doubt') return only;
  const read = only.isSame ? whole.mail : await mail.reader.read(only.raw);
  if (read.kind === 'unreadable') return { kind: 'doubt', reason: read.reason };
  const added = (line: 'to' | 'cc') =>
    whole.mail[line].filter(({ address }) => !read[line].some((one) => one.address === address));
  // How it came and what stood twice is known of the whole.
  const { deliveredTo, trace, doubled } = whole.mail;
  const unsigned = { to: added('to'), cc: added('cc') };
  const provable = { mail: { ...read, deliveredTo, trace, doubled }, signed, unsigned };
  // A line that a list or a server adds does no harm; one by which the mail reads otherwise does.
  const readsSame = only.isSame || contentOf(read) === contentOf(whole.mail);
  const isTheirs = readsSame && ![...doubled, ...unsigned.to, ...unsigned.cc].length;
  return { kind: 'arrived', arrived: { ...whole, ...provable, ...(isTheirs ? { isTheirs } : {}) } };
}
