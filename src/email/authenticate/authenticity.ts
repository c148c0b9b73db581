// Decides from DMARC and DKIM results whether the author is authenticated. No other file contains this policy. Pure.

import type { Signed } from './signed.ts';

export type Verdict = 'pass' | 'fail' | 'later';

/**
 * The verdict. `from` is authenticated only with `pass`. `reason`: a sentence for the quarantine. `signed`: the parts
 * that the signatures cover, if only signatures prove the author; absent if a server of the author's domain delivered
 * the mail.
 */
export type Authenticated =
  | { verdict: 'pass'; from: string; reason: string; signed?: Signed }
  | { verdict: 'fail' | 'later'; from?: string; reason: string };

export interface Evidence {
  /** The author's address, in lower case. */
  from: string;
  /** All DMARC results. Normally there is one. */
  dmarc: string[];
  dkim: { domain: string; result: string; aligned: boolean }[];
  /** True if the SPF lookup failed for the moment (`temperror`). */
  unsure?: boolean;
}

const passing = (result: string) => result === 'pass';
const transient = (result: string) => result === 'temperror' || result === 'temperr';

/**
 * Decides by the domain's DMARC policy. Without a policy, requires a signature of the author's domain. SPF alone proves
 * nothing about the author.
 */
export function judge({ from, dmarc, dkim, unsure = false }: Evidence): Authenticated {
  const aligned = dkim.find((one) => one.aligned && passing(one.result));
  const later = unsure || dmarc.some(transient) || dkim.some(({ result }) => transient(result));
  const kinds = new Set(dmarc.filter((result) => !transient(result)));
  if (kinds.size > 1) return { verdict: 'fail', from, reason: 'Its DMARC results contradict one another.' };
  if (kinds.has('pass')) return { verdict: 'pass', from, reason: 'DMARC passed.' };
  if (kinds.has('fail')) {
    if (later) return { verdict: 'later', from, reason: LATER };
    return { verdict: 'fail', from, reason: `It may not come from ${domainOf(from)}: DMARC failed.` };
  }
  if (aligned && !dmarc.some(transient)) {
    return { verdict: 'pass', from, reason: `Signed by ${aligned.domain} (DKIM); the domain has no DMARC policy.` };
  }
  if (later) return { verdict: 'later', from, reason: LATER };
  return {
    verdict: 'fail',
    from,
    reason: `Nothing proves that it comes from ${domainOf(from)}: no signature of that domain is valid.`,
  };
}

const LATER = "The sender's domain could not be looked up just now.";

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

/**
 * True if both domains are equal or one is a subdomain of the other. This is stricter than DMARC's relaxed alignment,
 * and needs no list of public suffixes.
 */
export function isAligned(author: string, signer: string): boolean {
  const [long, short] = author.length >= signer.length ? [author, signer] : [signer, author];
  return short.includes('.') && (long === short || long.endsWith(`.${short}`));
}
