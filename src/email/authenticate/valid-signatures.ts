// Selects the verified signatures that prove the author's domain, and returns the parts of the mail that each one
// covers. Pure.
import type { DKIMResult } from 'mailauth';
import { rawLines, splitHead } from '../decode/headers.ts';
import type { Signed } from './signed.ts';
import { type Signature, signaturesIn, signedByEach } from './signed-headers.ts';

/**
 * Returns the valid signatures of the author's domain. Our own code finds and parses each in the mail. If two lines
 * have the same value, one is a copy that may claim to cover more, so only parts that both cover count. A signature
 * proves nothing if our result differs from mailauth's.
 */
export function validIn(raw: Uint8Array, results: readonly DKIMResult[]): Map<DKIMResult, Signed> {
  const all = signaturesIn(raw);
  const lines = rawLines(splitHead(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)).head);
  const keys = lines.map((line) => (/^([^:]+):/.exec(line)?.[1] ?? '').trim().toLowerCase());
  const valid = new Map<DKIMResult, Signed>();
  for (const one of results) {
    if (one.status.result !== 'pass' || !one.status.aligned || !isWhole(one)) continue;
    const { signature, signingHeaders } = one as Details;
    const domain = one.signingDomain.toLowerCase();
    const found = all.filter((own) => own.value === signature && own.domain === domain);
    const isRead = found.some((own) => namesSigned(own, keys) === signingHeaders?.keys.toLowerCase());
    const signed = signedByEach(found);
    if (isRead && !signed.isPartial) valid.set(one, signed);
  }
  return valid;
}

/** The fields of mailauth's results that its types lack. */
interface Details {
  signature?: string;
  algo?: string;
  expiresAfter?: string | null;
  /** The names of the headers that were hashed, in order. */
  signingHeaders?: { keys: string };
}

function namesSigned({ headers }: Signature, keys: readonly string[]): string {
  const left = new Map<string, number>();
  for (const key of keys) left.set(key, (left.get(key) ?? 0) + 1);
  const found = headers.filter((name) => {
    const count = left.get(name) ?? 0;
    left.set(name, count - 1);
    return count > 0;
  });
  return found.join(': ');
}

/**
 * True if the signature covers the whole body and is valid now. `l=` signs only the start of a body, so anybody may
 * have added the rest. SHA-1 proves nothing any more (RFC 8301). An expired signature is a replay. A signature from the
 * near future is accepted, because clocks differ.
 */
function isWhole(signature: DKIMResult): boolean {
  const { expiresAfter, algo } = signature as Details;
  const expired = typeof expiresAfter === 'string' && Date.parse(expiresAfter) < Date.now();
  return !signature.status.underSized && !expired && !/sha1$/i.test(algo ?? '');
}
