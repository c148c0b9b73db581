// Finds the recipients of a mail who are neither known nor ours. Pure.
import { type MailHome, parseAddress } from './address.ts';
import type { Mail } from './mail.ts';

/**
 * Returns the addresses in To and Cc to which Skein sends no mails. `known`: the addresses of those who
 * hear otherwise.
 */
export function strangersIn({ to, cc }: Pick<Mail, 'to' | 'cc'>, home: MailHome, known: readonly string[]): string[] {
  const members = new Set(known.map((address) => address.toLowerCase()));
  const others = [...to, ...cc]
    .map(({ address }) => address.toLowerCase())
    .filter((address) => address && !members.has(address) && !parseAddress(home, address));
  return [...new Set(others)];
}
