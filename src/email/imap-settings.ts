// `imaps://name:password@host:993/INBOX` -> what imapflow wants. Pure.
import { InvalidInput } from '../errors.ts';

export interface ImapAccount {
  /** Of this mailbox in the settings, the log, and inbox keys. */
  name: string;
  host: string;
  port: number;
  secure: boolean;
  user: string;
  password: string;
  folder: string;
}

const FORM = 'imaps://name:password@host:993/INBOX (special characters in name and password percent-encoded)';

/** Throws InvalidInput; its sentence never holds the password. */
export function imapAccount(url: string, name = 'mail'): ImapAccount {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !['imap:', 'imaps:'].includes(parsed.protocol) || parsed.hostname === '') {
    throw new InvalidInput(`IMAP_URL is no address of a mailbox. It looks like ${FORM}.`);
  }
  if (parsed.username === '' || parsed.password === '') {
    throw new InvalidInput(`IMAP_URL lacks the name or the password. It looks like ${FORM}.`);
  }
  const secure = parsed.protocol === 'imaps:';
  try {
    return {
      name,
      host: parsed.hostname.replace(/^\[|\]$/g, ''),
      port: parsed.port === '' ? (secure ? 993 : 143) : Number(parsed.port),
      secure,
      user: decodeURIComponent(parsed.username),
      password: decodeURIComponent(parsed.password),
      folder: decodeURIComponent(parsed.pathname.slice(1)) || 'INBOX',
    };
  } catch {
    throw new InvalidInput(`IMAP_URL has a % that is no encoded character. It looks like ${FORM}.`);
  }
}
