// Returns the parts that are covered by the signatures that our own mail server has verified and reported (RFC 8601).
// Pure.
import type { AuthResult } from './auth-results.ts';
import { domainOf, isAligned } from './authenticity.ts';
import type { Signed } from './signed.ts';
import { type Signature, signaturesIn, signedByEach } from './signed-headers.ts';

/**
 * The report contains a signature's domain, and perhaps its selector and the start of its value. Anybody can add a
 * signature line that has all three. Only parts that every matching line covers count as signed, and no part if no line
 * matches. Returns undefined if SPF proves that the author's own server sent the mail.
 */
export function signedAsReported(author: string, results: AuthResult[], raw: Uint8Array): Signed | undefined {
  const spf = results.some(
    ({ method, result, properties }) =>
      method === 'spf' && result === 'pass' && isAligned(author, domainOf(properties.get('smtp.mailfrom') ?? '')),
  );
  if (spf) return undefined;
  const own = signaturesIn(raw).filter(({ domain }) => isAligned(author, domain));
  const reported = results.filter(
    ({ method, result, properties }) =>
      method === 'dkim' &&
      result === 'pass' &&
      isAligned(author, properties.get('header.d') ?? domainOf(properties.get('header.i') ?? '')),
  );
  // The server reported only DMARC and the mail has no signature, so SPF passed.
  if (reported.length === 0) return own.length ? signedByEach(own) : undefined;
  return signedByEach(own.filter((one) => reported.some(({ properties }) => isOf(one, properties))));
}

function isOf({ domain, selector, value }: Signature, reported: AuthResult['properties']): boolean {
  const d = reported.get('header.d') ?? domainOf(reported.get('header.i') ?? '');
  return (
    (domain === d || (!reported.has('header.d') && isAligned(domain, d))) &&
    (reported.get('header.s') ?? selector) === selector &&
    value.toLowerCase().startsWith(reported.get('header.b') ?? '')
  );
}
