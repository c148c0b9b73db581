// Tries every operation of a real store, and removes what it wrote.
import { createHash, randomUUID } from 'node:crypto';
import type { CollectionSpec, Doc, Store } from './port.ts';

export interface CheckDoc extends Doc {
  run: string;
  note: string;
}

export const CHECK_SPEC: CollectionSpec = { name: 'checks', kind: 'journal', indexes: [{ fields: ['run'] }] };

export interface StoreFound {
  kind: Store['kind'];
  /** The steps in their order, with the duration of each in milliseconds. */
  steps: { name: string; ms: number }[];
}

/** Every check uses the same pod, because a pod's folder of blobs stays. */
const POD = 'doctor';

/**
 * Tries each operation. Throws the store's own errors, or an error that names the step with a wrong result. `now`
 * returns milliseconds.
 */
export async function checkStore(store: Store, now: () => number): Promise<StoreFound> {
  const run = randomUUID();
  const steps: StoreFound['steps'] = [];
  const found = { kind: store.kind, steps };
  const step = async (name: string, holds: () => Promise<boolean>) => {
    const begun = now();
    if (!(await holds())) throw new Error(`the step “${name}” did not give what was to be expected`);
    steps.push({ name, ms: Math.round((now() - begun) * 10) / 10 });
  };
  try {
    await checkDocuments(store, run, step);
    await checkTexts(store, run, step);
  } finally {
    await clear(store, run);
  }
  return found;
}

type Step = (name: string, holds: () => Promise<boolean>) => Promise<void>;

async function checkDocuments(store: Store, run: string, step: Step): Promise<void> {
  const checks = store.collection<CheckDoc>(CHECK_SPEC.name);
  const doc: CheckDoc = { id: run, rev: 1, run, note: 'Grüße, 東京' };
  await step('insert', async () => (await checks.insert([doc]))[0] === 'inserted');
  await step('guarded replace', async () => {
    const first = await checks.replace({ ...doc, note: 'changed' }, 1);
    const stale = await checks.replace({ ...doc, note: 'too late' }, 1);
    return first && !stale;
  });
  await step('find', async () => {
    const [only, ...more] = await checks.find({ where: { run } });
    return only?.note === 'changed' && only.rev === 2 && more.length === 0;
  });
  await step('delete', async () => {
    await checks.delete(run);
    return (await checks.get(run)) === undefined;
  });
}

async function checkTexts({ bodies, blobs, search }: Store, run: string, step: Step): Promise<void> {
  await step('text', async () => {
    await bodies.put([{ id: run, pod: POD, text: `text ${run}` }]);
    return (await bodies.get([run])).get(run)?.text === `text ${run}`;
  });
  await step('file', async () => {
    const content = Buffer.from(`file ${run}`);
    await blobs.put(POD, hashOf(run), content);
    return content.equals(await read(await blobs.open(POD, hashOf(run))));
  });
  await step('search', async () => {
    await search.put([{ id: run, pod: run, seq: 1, kind: 'check', text: 'A goose in flight', at: 0, rank: 0 }]);
    return (await search.query(run, 'goose', 2)).map(({ id }) => id).join() === run;
  });
}

async function clear(store: Store, run: string): Promise<void> {
  await store.collection<CheckDoc>(CHECK_SPEC.name).delete(run);
  await store.bodies.remove([run]);
  await store.blobs.remove(POD, hashOf(run));
  await store.search.clear(run);
}

const hashOf = (run: string): string => createHash('sha256').update(`file ${run}`).digest('hex');

async function read(content: AsyncIterable<Uint8Array> | undefined): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content ?? []) chunks.push(chunk);
  return Buffer.concat(chunks);
}
