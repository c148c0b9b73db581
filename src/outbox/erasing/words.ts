// Reads the words that are about to be erased.
import type { BodyRef } from '../../log/body.ts';
import type { DeliveryOf } from '../../pods/deliveries.ts';
import { textIn } from '../../pods/files/files.ts';
import type { Store } from '../../store/port.ts';

type Erase = DeliveryOf<'erase'>;

/** Returns the erased words: the texts, and the content of a file. None once they are gone. */
export async function wordsOf(store: Store, { pod, blobs, bodies, from }: Erase): Promise<string[]> {
  const ofFile = from ? from.on === 'files' : !bodies.length;
  const contents = ofFile ? await Promise.all(blobs.map((hash) => contentOf(store, pod, hash))) : [];
  return [
    ...(await textsOf(store, from?.words ?? (bodies as BodyRef[]))),
    ...contents.filter((text) => text !== undefined),
  ];
}

export async function textsOf(store: Store, refs: readonly BodyRef[]): Promise<string[]> {
  return [...(await store.bodies.get(refs)).values()].map(({ text }) => text);
}

/** Returns the content if it is text. */
export async function contentOf(store: Store, pod: string, hash: string): Promise<string | undefined> {
  const parts = await store.blobs.open(pod, hash);
  if (!parts) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const part of parts) chunks.push(part);
  return textIn(Buffer.concat(chunks));
}
