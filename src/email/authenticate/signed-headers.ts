// Finds the headers that DKIM signatures cover (RFC 6376 section 3.5, the tag `h`). Anybody may have added the other
// headers. Pure.

import { headerLines, splitHead, valuesOf } from '../decode/headers.ts';
import { isAligned } from './authenticity.ts';
import { covers, type Signed } from './signed.ts';

/** One DKIM-Signature line. */
export interface Signature {
  domain: string;
  selector: string;
  /** The tag `b`, without blanks. */
  value: string;
  /** The tag `h`, in lower case. A header that is signed twice occurs twice. */
  headers: string[];
  /** True if the tag `l` is present, so that only the start of the body is signed. */
  isPartial: boolean;
}

export function signaturesIn(raw: Uint8Array): Signature[] {
  const lines = headerLines(splitHead(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)).head);
  return valuesOf(lines, 'dkim-signature').map((value) => {
    const tags = tagsOf(value);
    return {
      domain: (tags.get('d') ?? '').toLowerCase(),
      selector: (tags.get('s') ?? '').toLowerCase(),
      value: tags.get('b') ?? '',
      headers: (tags.get('h') ?? '').toLowerCase().split(':').filter(Boolean),
      isPartial: tags.has('l') || tags.has('L'),
    };
  });
}

/**
 * Returns the coverage of signatures of which one is valid, but it is unknown which. Only a part that each of them
 * covers counts as signed.
 */
export function signedByEach(signatures: readonly Signature[]): Signed {
  const each = signatures.map(({ headers }) => countsOf(headers));
  return { counts: join(each, Math.min), isPartial: signatures.some((one) => one.isPartial) };
}

/** Returns the coverage of signatures that are all valid: a part counts as signed if any of them covers it. */
export function signedByAny(all: readonly Signed[]): Signed {
  const each = all.map(({ counts }) => counts);
  return { counts: join(each, Math.max), isPartial: all.every((one) => one.isPartial) };
}

function join(each: readonly ReadonlyMap<string, number>[], pick: typeof Math.min): ReadonlyMap<string, number> {
  const names = new Set(each.flatMap((counts) => [...counts.keys()]));
  return new Map([...names].map((name) => [name, pick(...each.map((counts) => counts.get(name) ?? 0))]));
}

function countsOf(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/**
 * Returns a function that tells whether every signature of the domain covers a header. Undefined if there is no
 * signature, so that something else proved the sender.
 */
export function coverage(raw: Uint8Array, domain: string): ((header: string) => boolean) | undefined {
  const own = signaturesIn(raw).filter((one) => isAligned(domain, one.domain));
  const signed = signedByEach(own);
  return own.length ? (header) => covers(signed, header) : undefined;
}

/**
 * Parses the tags of a signature, as `v=1; d=example.org; h=from : to` (RFC 6376 section 3.2). Spaces in these tags are
 * insignificant.
 */
function tagsOf(value: string): Map<string, string> {
  const tags = value.slice(0, 20_000).split(';');
  return new Map(
    tags.map((tag) => {
      const at = tag.indexOf('=');
      return [tag.slice(0, at).trim(), tag.slice(at + 1).replace(/\s+/g, '')];
    }),
  );
}
