// Findings about mail: the mailbox, the sending server, and the DNS records of the domain. Pure.

import type { ImapFound } from '../email/receive/check-imap.ts';
import type { DkimFound, DomainFound } from '../email/send/check-dns.ts';
import { type Finding, fault, ok, warning } from './check.ts';

export function imapFinding(host: string, { folder, messages, idle }: ImapFound): Finding {
  const says = `${host} opens ${folder} (${messages} ${messages === 1 ? 'mail' : 'mails'})`;
  switch (idle) {
    case 'works':
      return ok(`${says} and announces new mail at once (IDLE).`);
    case 'missing':
    case 'refused':
      return warning(
        `${says}, but announces no new mail (IDLE ${idle === 'missing' ? 'is not offered' : 'was refused'}).`,
        'It works: Skein looks every minute. A mail server with IDLE is faster.',
      );
    default:
      return idle satisfies never;
  }
}

/** Returns a warning about an address with `?tls=optional`. */
export function clearFinding(name: string, host: string): Finding {
  return warning(
    `${name} lets the password and mails go to ${host} without TLS.`,
    'Take ?tls=optional out of it, unless the way to that server is your own.',
  );
}

export function smtpFinding(url: string): Finding {
  const { host, username } = new URL(url);
  return ok(username ? `${host} takes the login.` : `${host} answers; no login is set.`);
}

export function domainFindings(domain: string, { mx, spf, dmarc }: DomainFound): Finding[] {
  return [
    mx.length
      ? ok(`Mail to ${domain} goes to ${mx[0]}.`)
      : warning(
          `${domain} has no MX record, so no mail from elsewhere comes in.`,
          `Add this record: ${domain}. MX 10 <the server that takes mail for your mailbox>.`,
        ),
    spf !== undefined
      ? ok(`SPF says who may send for ${domain}.`)
      : warning(
          `${domain} has no SPF record, so mail of agents may be taken for spam.`,
          `Add this record: ${domain}. TXT "v=spf1 mx ~all" (with the include that your mail provider names, before ~all).`,
        ),
    dmarc !== undefined
      ? ok(`DMARC is published for ${domain}.`)
      : warning(
          `${domain} has no DMARC record, so anybody may pass for it.`,
          `Add this record: _dmarc.${domain}. TXT "v=DMARC1; p=none" (quarantine instead of none when all is well).`,
        ),
  ];
}

export function dkimFinding(found: DkimFound): Finding {
  const { kind, name, record } = found;
  switch (kind) {
    case 'same':
      return ok(`${name} publishes the key that signs.`);
    case 'absent':
      return fault(`${name} publishes no key, so no signature counts.`, `Add this record: ${name}. TXT "${record}"`);
    case 'other':
      return fault(
        `${name} publishes another key than MAIL_DKIM_KEY, so every signature is wrong.`,
        `Set the key that belongs to it, or change the record: ${name}. TXT "${record}"`,
      );
    default:
      return kind satisfies never;
  }
}
