// Signs mails for a test domain (DKIM), and provides the domain's DNS records.
import { generateKeyPairSync } from 'node:crypto';
import { dkimSign } from 'mailauth';
import type { Resolve } from '../../src/email/authenticate/authenticate.ts';

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const publicKey = keys.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
const privateKey = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

export type Records = Record<string, string[]>;
export const records: Records = {
  's1._domainkey.example.org': [`v=DKIM1; k=rsa; p=${publicKey}`],
  's1._domainkey.other.test': [`v=DKIM1; k=rsa; p=${publicKey}`],
  '_dmarc.example.org': ['v=DMARC1; p=reject'],
  'example.org': ['v=spf1 ip4:192.0.2.1 -all'],
};

export function resolver(known: Records, failing?: RegExp): Resolve {
  return async (name, type) => {
    if (failing?.test(name)) throw Object.assign(new Error('It timed out.'), { code: 'ETIMEOUT' });
    const found = type === 'TXT' ? known[name] : undefined;
    if (!found) throw Object.assign(new Error('There is none.'), { code: 'ENOTFOUND' });
    return found.map((text) => [text]);
  };
}

export async function signed(raw: Buffer, signingDomain = 'example.org', more: object = {}): Promise<Buffer> {
  const { signatures } = await dkimSign(raw, {
    signatureData: [{ signingDomain, selector: 's1', privateKey, ...more }],
  } as never);
  return Buffer.concat([Buffer.from(signatures), raw]);
}
