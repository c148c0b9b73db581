// Which lines of a mail its sender's signatures cover (RFC 6376 section 3.5, the tag `h`): the others may be anybody's. Pure.
import { isAligned } from './authenticity.ts';
import { headerLines, splitHead, valuesOf } from './headers.ts';

/** Does each signature of that domain cover this header? Undefined where there is none: then no signature was what proved the sender. */
export function coverage(raw: Uint8Array, domain: string): ((header: string) => boolean) | undefined {
  const lines = headerLines(splitHead(Buffer.from(raw)).head);
  const signed = valuesOf(lines, 'dkim-signature')
    .map(tagsOf)
    .filter((tags) => isAligned(domain, tags.get('d')?.toLowerCase() ?? ''))
    .map((tags) => (tags.get('h') ?? '').toLowerCase().split(':'));
  return signed.length ? (header) => signed.every((headers) => headers.includes(header)) : undefined;
}

/** `v=1; d=example.org; h=from : to` (RFC 6376 section 3.2); spaces mean nothing in the values that are read. */
function tagsOf(value: string): Map<string, string> {
  const tags = value.slice(0, 20_000).split(';');
  return new Map(
    tags.map((tag) => {
      const at = tag.indexOf('=');
      return [tag.slice(0, at).trim(), tag.slice(at + 1).replace(/\s+/g, '')];
    }),
  );
}
