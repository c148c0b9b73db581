// What the DNS says of our mail domain: where its mail goes, who may send for it, and the key that signatures are checked with.
import { createPublicKey } from 'node:crypto';
import { Resolver } from 'node:dns/promises';
import { InvalidInput, Retryable } from '../../errors.ts';

export interface Dns {
  /** Empty where there is none. @throws Retryable when no name server answers */
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

/** `servers` as `127.0.0.1:53`; the machine's own when absent. */
export function systemDns(servers?: readonly string[]): Dns {
  const resolver = new Resolver({ timeout: ASKED_MS, tries: 2 });
  if (servers) resolver.setServers(servers);
  return {
    // A lone dot says that the domain takes no mail (RFC 7505).
    mx: async (name) =>
      (await asked(name, () => resolver.resolveMx(name)))
        .sort((a, b) => a.priority - b.priority)
        .map(({ exchange }) => exchange)
        .filter((host) => host !== '' && host !== '.'),
    // One text comes in pieces of at most 255 bytes.
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

/** What a parent domain says counts for those below it (RFC 7489, 6.6.3). */
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

export type DkimFound = { name: string /** What is to stand there. */; record: string } & (
  | { kind: 'same' }
  | { kind: 'absent' }
  | { kind: 'other' }
);

/** Whether the key that is published is the one that signs. @throws InvalidInput when MAIL_DKIM_KEY is no key */
export async function checkDkim(dns: Dns, { domain, selector, privateKey }: DkimSettings): Promise<DkimFound> {
  const { kind, keys } = publicKeys(privateKey);
  const name = `${selector}._domainkey.${domain}`;
  const about = { name, record: `v=DKIM1; k=${kind}; p=${keys[0]}` };
  const published = (await dns.txt(name)).flatMap((text) => /(?:^|;)\s*p=([^;]*)/.exec(text)?.[1] ?? []);
  if (!published.length) return { kind: 'absent', ...about };
  return { kind: published.some((key) => keys.includes(key.replace(/\s/g, ''))) ? 'same' : 'other', ...about };
}

/** The forms that are published: RFC 6376 names both for RSA; Ed25519 is the bare 32 bytes (RFC 8463). */
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
