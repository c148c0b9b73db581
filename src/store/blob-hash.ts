// Checks a blob when it is written: its name must be the SHA-256 of its content.
import { createHash } from 'node:crypto';
import { InvalidInput } from '../errors.ts';

export const isHash = (hash: string): boolean => /^[0-9a-f]{64}$/.test(hash);

export function checkHash(hash: string): void {
  if (!isHash(hash)) throw new InvalidInput(`"${hash}" is not a SHA-256 in hex (64 digits): hash the content first.`);
}

/** Yields the content in chunks. Throws after the last chunk if the content does not have this hash. */
export async function* hashing(
  hash: string,
  content: Uint8Array | AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const sum = createHash('sha256');
  for await (const chunk of content instanceof Uint8Array ? [content] : content) {
    sum.update(chunk);
    yield chunk;
  }
  const found = sum.digest('hex');
  if (found !== hash)
    throw new InvalidInput(`The content's SHA-256 is ${found}, not ${hash}: send the whole content, or its own hash.`);
}
