// Parses `imaps://name:password@host:993/INBOX` into settings for imapflow. Pure.
import { InvalidInput } from '../../errors.ts';
import { isLoopback, isTlsOptional } from '../tls-required.ts';

export interface ImapAccount {
  /** The mailbox's name in settings, logger fields and inbox keys. */
  name: string;
  host: string;
  port: number;
  /** True for TLS from the first byte. False for STARTTLS, which is required for other machines. */
  secure: boolean;
  /** `optional` (`?tls=optional`): no TLS if the server does not offer it. */
  tls?: 'optional';
  user: string;
  password: string;
  folder: string;
}

const FORM = 'imaps://name:password@host:993/INBOX (special characters in name and password percent-encoded)';

/** Parses the URL. Throws InvalidInput, whose message never contains the password. */
export function imapAccount(url: string, name = 'mail'): ImapAccount {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !['imap:', 'imaps:'].includes(parsed.protocol) || parsed.hostname === '') {
    throw new InvalidInput(`IMAP_URL is no address of a mailbox. It looks like ${FORM}.`);
  }
  if (parsed.username === '' || parsed.password === '') {
    throw new InvalidInput(`IMAP_URL lacks the name or the password. It looks like ${FORM}.`);
  }
  const secure = parsed.protocol === 'imaps:';
  const optional = isTlsOptional(parsed, 'IMAP_URL') && !secure && !isLoopback(parsed.hostname);
  try {
    return {
      name,
      host: parsed.hostname.replace(/^\[|\]$/g, ''),
      port: parsed.port === '' ? (secure ? 993 : 143) : Number(parsed.port),
      secure,
      ...(optional ? { tls: 'optional' as const } : {}),
      user: decodeURIComponent(parsed.username),
      password: decodeURIComponent(parsed.password),
      folder: decodeURIComponent(parsed.pathname.slice(1)) || 'INBOX',
    };
  } catch {
    throw new InvalidInput(`IMAP_URL has a % that is no encoded character. It looks like ${FORM}.`);
  }
}

/** Returns imapflow's option. True requires STARTTLS. If absent, imapflow uses STARTTLS if the server offers it. */
export function starttls({ host, secure, tls }: ImapAccount): { doSTARTTLS?: true } {
  return secure || tls === 'optional' || isLoopback(host) ? {} : { doSTARTTLS: true };
}
