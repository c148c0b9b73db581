// From the results of DMARC and DKIM to one verdict about the author. Pure; the policy of who counts as authenticated is here and nowhere else.

import type { Signed } from './signed.ts';

export type Verdict = 'pass' | 'fail' | 'later';

/**
 * `from` is authenticated only with `pass`; `reason` is a sentence for whoever looks into the quarantine. `signed`: only signatures prove the
 * author, and only of what they cover; absent where the mail came from a server of the author's domain.
 */
export type Authenticated =
  | { verdict: 'pass'; from: string; reason: string; signed?: Signed }
  | { verdict: 'fail' | 'later'; from?: string; reason: string };

export interface Evidence {
  /** In lower case. */
  from: string;
  /** All results there are; they should be one. */
  dmarc: string[];
  dkim: { domain: string; result: string; aligned: boolean }[];
  /** Something else could not be looked up just now. */
  unsure?: boolean;
}

const passing = (result: string) => result === 'pass';
const transient = (result: string) => result === 'temperror' || result === 'temperr';

/** A domain's own policy first (DMARC); where it has none, a signature of the author's domain. SPF alone says nothing about the author. */
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

/** The same domain, or one inside the other: stricter than DMARC's relaxed alignment, and right without a list of public suffixes. */
export function isAligned(author: string, signer: string): boolean {
  const [long, short] = author.length >= signer.length ? [author, signer] : [signer, author];
  return short.includes('.') && (long === short || long.endsWith(`.${short}`));
}
