// Erases bodies, search entries, blobs and transcripts, as a commit requires. Idempotent.
import type { DeliveryOf } from '../../pods/deliveries.ts';
import { VERSIONS, type VersionDoc } from '../../pods/files/file.ts';
import { NOTICES } from '../../pods/telling/notices/notice.ts';
import type { Store } from '../../store/port.ts';
import { seqOf } from '../delivery-id.ts';
import { eraseCameFiles, filesThatCame } from '../erasing/came-files.ts';
import { closeTraces, offerForgetting } from '../erasing/offer-forgetting.ts';
import { plansOf } from '../erasing/plan.ts';
import { quotesOf } from '../erasing/quotes.ts';
import { forgetIn } from '../erasing/sessions.ts';
import { eraseLane } from '../erasing/under-way.ts';
import type { DeliveryKind } from '../kind.ts';
import type { Parts } from '../parts.ts';
import { forgetWordings, type WordingDoc } from '../wordings.ts';

type Erase = DeliveryOf<'erase'>;

export const erase: DeliveryKind<'erase'> = {
  lane: ({ pod }) => eraseLane(pod),
  resource: 'any',
  promises: ['idempotent'],
  async carry({ store, read, act }, delivery) {
    const quotes = await quotesOf({ store, read, act }, delivery);
    await quotes.takeOut();
    const came = await filesThatCame({ store, read }, delivery);
    const quoting = async () => ((await plansOf(store).get(delivery.id))?.things ?? []).map(({ id }) => id);
    const known = await quoting();
    await eraseAll(store, delivery, known, async () => {
      // A run that was at work may have written something in between, and another may have read it.
      await quotes.takeOut();
      const more = (await quoting()).filter((id) => !known.includes(id));
      if (more.length) await forgetIn(store, delivery, more);
      await eraseCameFiles({ read, act }, delivery, came);
      await offerForgetting({ read, act }, delivery, await quotes.unquoted());
      await closeTraces({ read, act }, delivery);
    });
    await forgetWordings(store.collection<WordingDoc>('wordings'), delivery.pod);
    await rewordDigests({ read, act }, delivery, await quoting());
    await quotes.done();
  },
};

/**
 * Digests in Slack lose the lines that repeat the erased words, also those about what quoted them. A digest by mail can't
 * be changed.
 */
async function rewordDigests(
  { read, act }: Pick<Parts, 'read' | 'act'>,
  { id, postings, from }: Erase,
  quoting: readonly string[],
): Promise<void> {
  // The posting of a message stays if only its earlier words are erased.
  for (const erased of new Set([...(from?.stays ? [from.id] : postings), ...quoting]))
    for (const { id: notice, pod, mailedAt } of await read.find(NOTICES, { where: { about: erased } })) {
      if (mailedAt !== undefined) continue;
      await act({
        ...{ pod, actor: 'skein', via: 'skein', action: 'reword_digest' },
        ...{ input: { notice, erased }, key: `erased:${id}:${notice}:${erased}` },
      });
    }
}

/**
 * `quoting`: the ids of the documents that quoted the words. `forgotten`: called while the words are still stored, so that a crash
 * repeats it.
 */
export async function eraseAll(
  store: Store,
  delivery: Erase,
  quoting: readonly string[] = [],
  forgotten?: () => Promise<void>,
): Promise<void> {
  await forgetIn(store, delivery, quoting);
  await forgotten?.();
  await removeWords(store, delivery);
}

async function removeWords(store: Store, { id, pod, bodies, postings, blobs }: Erase): Promise<void> {
  if (bodies.length) await store.bodies.remove(bodies);
  const seq = seqOf(id);
  if (postings.length) await store.search.remove(postings.map((id) => ({ id, pod, seq })));
  else if (bodies.length) await store.search.purge();
  for (const hash of blobs) if (!(await isShown(store, pod, hash))) await store.blobs.remove(pod, hash);
}

/**
 * True if another version of a file still uses the blob, because equal contents share one blob. Erased versions have no
 * hash.
 */
async function isShown(store: Store, pod: string, hash: string): Promise<boolean> {
  const [version] = await store.collection<VersionDoc>(VERSIONS.name).find({ where: { pod, hash }, limit: 1 });
  return version !== undefined;
}
