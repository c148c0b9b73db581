// Checks the DNS records of our mail domain: MX, SPF, DMARC and the DKIM key.
import { createPublicKey } from 'node:crypto';
import { Resolver } from 'node:dns/promises';
import { InvalidInput, Retryable } from '../../errors.ts';

export interface Dns {
  /** Returns the domain's mail servers; empty if there are none. @throws Retryable if no name server answers */
  mx(name: string): Promise<string[]>;
  txt(name: string): Promise<string[]>;
  stop(): void;
}

export interface DomainFound {
  mx: string[];
  spf?: string;
  dmarc?: string;
}

const ASKED_MS = 3000;

/** Returns a DNS client. `servers`: addresses such as `127.0.0.1:53`. Absent: the machine's own. */
export function systemDns(servers?: readonly string[]): Dns {
  const resolver = new Resolver({ timeout: ASKED_MS, tries: 2 });
  if (servers) resolver.setServers(servers);
  return {
    // A record with a single dot means that the domain accepts no mail (RFC 7505).
    mx: async (name) =>
      (await asked(name, () => resolver.resolveMx(name)))
        .sort((a, b) => a.priority - b.priority)
        .map(({ exchange }) => exchange)
        .filter((host) => host !== '' && host !== '.'),
    // DNS splits a text into pieces of at most 255 bytes, which are joined here.
    txt: async (name) => (await asked(name, () => resolver.resolveTxt(name))).map((pieces) => pieces.join('')),
    stop: () => resolver.cancel(),
  };
}

async function asked<T>(name: string, ask: () => Promise<T[]>): Promise<T[]> {
  try {
    return await ask();
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'ENODATA' || code === 'ENOTFOUND') return [];
    throw new Retryable(`The DNS could not be asked for ${name} (${code}).`, undefined, { cause: error });
  }
}

export async function checkDomain(dns: Dns, domain: string): Promise<DomainFound> {
  const [mx, texts, dmarc] = await Promise.all([dns.mx(domain), dns.txt(domain), dmarcOf(dns, domain)]);
  const spf = texts.find((text) => /^v=spf1(\s|$)/i.test(text));
  return { mx, ...(spf === undefined ? {} : { spf }), ...(dmarc === undefined ? {} : { dmarc }) };
}

/** Returns the DMARC record. The record of a parent domain applies to its subdomains (RFC 7489, 6.6.3). */
async function dmarcOf(dns: Dns, domain: string): Promise<string | undefined> {
  const labels = domain.split('.');
  const names = labels.slice(0, -1).map((_, n) => labels.slice(n).join('.'));
  const texts = await Promise.all(names.map((name) => dns.txt(`_dmarc.${name}`)));
  return texts.flat().find((text) => /^v=DMARC1\s*(;|$)/i.test(text));
}

export interface DkimSettings {
  domain: string;
  selector: string;
  privateKey: string;
}

/** The result of the check: the DNS record's name, and the text that the record must have. */
export type DkimFound = { name: string; record: string } & ({ kind: 'same' } | { kind: 'absent' } | { kind: 'other' });

/** Compares the published key with the signing key. @throws InvalidInput if MAIL_DKIM_KEY is not a key */
export async function checkDkim(dns: Dns, { domain, selector, privateKey }: DkimSettings): Promise<DkimFound> {
  const { kind, keys } = publicKeys(privateKey);
  const name = `${selector}._domainkey.${domain}`;
  const about = { name, record: `v=DKIM1; k=${kind}; p=${keys[0]}` };
  const published = (await dns.txt(name)).flatMap((text) => /(?:^|;)\s*p=([^;]*)/.exec(text)?.[1] ?? []);
  if (!published.length) return { kind: 'absent', ...about };
  return { kind: published.some((key) => keys.includes(key.replace(/\s/g, ''))) ? 'same' : 'other', ...about };
}

/**
 * Returns the forms in which the public key may be published: two for RSA (RFC 6376), the bare 32 bytes for Ed25519
 * (RFC 8463).
 */
function publicKeys(privateKey: string): { kind: 'rsa' | 'ed25519'; keys: string[] } {
  try {
    const key = createPublicKey(privateKey);
    const spki = key.export({ type: 'spki', format: 'der' });
    if (key.asymmetricKeyType === 'ed25519') return { kind: 'ed25519', keys: [spki.subarray(-32).toString('base64')] };
    const bare = key.export({ type: 'pkcs1', format: 'der' });
    return { kind: 'rsa', keys: [spki.toString('base64'), bare.toString('base64')] };
  } catch (error) {
    throw new InvalidInput(
      'MAIL_DKIM_KEY names a file whose key can not be used. Give an RSA or Ed25519 private key in PEM form, without a passphrase.',
      { cause: error },
    );
  }
}
