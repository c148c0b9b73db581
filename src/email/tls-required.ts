// Requires TLS for connections to other machines, unless the URL contains `?tls=optional`. Pure.
import { InvalidInput } from '../errors.ts';

export function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);
}

/**
 * True if the URL makes TLS optional. `name`: the setting's name. Throws InvalidInput for an unknown value, so that a
 * typo does not turn TLS off.
 */
export function isTlsOptional(url: URL, name: string): boolean {
  const wish = url.searchParams.get('tls');
  if (wish === null || wish === 'required') return false;
  if (wish === 'optional') return true;
  throw new InvalidInput(
    `${name} says tls=${wish.slice(0, 20)}. Leave it out, or write ?tls=optional where the mail server has no TLS and the way to it is safe.`,
  );
}

/** True if the password and the mails may cross a network without TLS. */
export function isClear(smtpUrl: string): boolean {
  const url = new URL(smtpUrl);
  return url.protocol === 'smtp:' && isTlsOptional(url, 'SMTP_URL') && !isLoopback(url.hostname);
}

/** Converts the URL for nodemailer, which would misinterpret its `tls` parameter. */
export function smtpTransport(text: string): { url: string; requireTLS: boolean } {
  const url = new URL(text);
  const requireTLS = url.protocol === 'smtp:' && !isTlsOptional(url, 'SMTP_URL') && !isLoopback(url.hostname);
  if (!url.searchParams.has('tls')) return { url: text, requireTLS };
  url.searchParams.delete('tls');
  return { url: url.href, requireTLS };
}
