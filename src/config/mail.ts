// The settings of mail: a mailbox to read, a server to send through, and the addresses that are ours.
import { readFileSync } from 'node:fs';
import { type MailHome, mailHome } from '../email/address.ts';
import { type ImapAccount, imapAccount } from '../email/receive/imap-settings.ts';
import { isTlsOptional } from '../email/tls-required.ts';
import { reasonOf } from '../errors.ts';

export interface MailboxSettings {
  kind: 'mailbox';
  accounts: ImapAccount[];
  smtpUrl: string;
  home: MailHome;
  /** The server whose Authentication-Results are trusted. Absent: Skein verifies senders itself. */
  authservId?: string;
  dkim?: { domain: string; selector: string; privateKey: string };
}

/** `off`: Slack is a real one, and no mailbox is set. */
export type MailSettings = { kind: 'practice' } | { kind: 'off' } | MailboxSettings;

export const MAIL_NAMES = [
  ...['IMAP_URL', 'SMTP_URL', 'MAIL_DOMAIN', 'MAIL_ADDRESS', 'MAIL_AUTHSERV_ID'],
  ...['MAIL_DKIM_KEY', 'MAIL_DKIM_SELECTOR'],
];

/** Reads settings by name, and collects faults and notes. */
export interface SettingsReader {
  given(name: string): string | undefined;
  faults: string[];
  notes: string[];
}

/** Reads the settings of mail. `practising`: true if Slack is the practice one. */
export function mailFrom(reader: SettingsReader, practising: boolean): MailSettings {
  const { given, faults, notes } = reader;
  const names = MAIL_NAMES.filter((name) => given(name));
  if (!names.length) {
    if (!practising) notes.push('No mailbox is set, so pods have no mail addresses here (docs/mail.md).');
    return { kind: practising ? 'practice' : 'off' };
  }
  const before = faults.length;
  const accounts = accountsFrom(reader);
  const smtpUrl = smtpFrom(reader);
  const home = homeFrom(reader);
  const authservId = given('MAIL_AUTHSERV_ID');
  if (authservId !== undefined && !/^[A-Za-z0-9._-]{1,253}$/.test(authservId))
    faults.push(
      'MAIL_AUTHSERV_ID is not the name of a mail server. Copy it from the first word of an Authentication-Results header.',
    );
  const dkim = home && dkimFrom(reader, home.domain);
  if (faults.length > before || !home || !smtpUrl) return { kind: 'off' };
  return { kind: 'mailbox', accounts, smtpUrl, home, ...(authservId ? { authservId } : {}), ...(dkim ? { dkim } : {}) };
}

/** Reads the mailboxes from IMAP_URL, where spaces separate several. */
function accountsFrom({ given, faults }: SettingsReader): ImapAccount[] {
  const text = given('IMAP_URL');
  if (!text) {
    faults.push('IMAP_URL is missing, so no mail could come in. Set it as imaps://name:password@host:993/INBOX.');
    return [];
  }
  return text.split(/\s+/).flatMap((url, n) => {
    try {
      return [imapAccount(url, n === 0 ? 'mail' : `mail${n + 1}`)];
    } catch (error) {
      faults.push(reasonOf(error));
      return [];
    }
  });
}

function smtpFrom({ given, faults }: SettingsReader): string | undefined {
  const text = given('SMTP_URL');
  const form = 'Set it as smtp://name:password@host:587 or smtps://name:password@host:465.';
  if (!text) faults.push(`SMTP_URL is missing, so no mail could go out. ${form}`);
  else if (!URL.canParse(text) || !/^smtps?:\/\/[^/\s]/.test(text) || !new URL(text).hostname)
    faults.push(`SMTP_URL is not the address of a mail server. ${form}`);
  else {
    try {
      isTlsOptional(new URL(text), 'SMTP_URL');
      return text;
    } catch (error) {
      faults.push(reasonOf(error));
    }
  }
  return undefined;
}

const DOMAIN = /^(?=.{1,253}$)[a-z0-9-]+(\.[a-z0-9-]+)+$/i;
const ADDRESS = /^[^\s@+]{1,48}@(?=.{1,253}$)[a-z0-9-]+(\.[a-z0-9-]+)+$/i;

function homeFrom({ given, faults }: SettingsReader): MailHome | undefined {
  const [domain, address] = [given('MAIL_DOMAIN'), given('MAIL_ADDRESS')];
  if (!domain === !address) {
    faults.push(
      'Set either MAIL_DOMAIN (all mail of a domain comes into the mailbox) or MAIL_ADDRESS (one address that knows plus addressing), and not both.',
    );
    return undefined;
  }
  if (domain) {
    if (DOMAIN.test(domain)) return mailHome({ domain });
    faults.push('MAIL_DOMAIN is not a domain. Give one as in pods.example.com, without @.');
  } else if (address) {
    if (ADDRESS.test(address)) return mailHome({ address });
    faults.push('MAIL_ADDRESS is not an address without a plus. Give one as in skein@example.com.');
  }
  return undefined;
}

function dkimFrom({ given, faults }: SettingsReader, domain: string): MailboxSettings['dkim'] | undefined {
  const [key, selector] = [given('MAIL_DKIM_KEY'), given('MAIL_DKIM_SELECTOR')];
  if (!key && !selector) return undefined;
  if (!key || !selector) {
    faults.push(
      'MAIL_DKIM_KEY (the file of the private key) and MAIL_DKIM_SELECTOR go together. Set both, or neither.',
    );
    return undefined;
  }
  try {
    const privateKey = readFileSync(key, 'utf8');
    if (privateKey.includes('PRIVATE KEY')) return { domain, selector, privateKey };
    faults.push('MAIL_DKIM_KEY names a file that holds no private key in PEM form.');
  } catch {
    faults.push('MAIL_DKIM_KEY names a file that can not be read. Give the path of the private key in PEM form.');
  }
  return undefined;
}
