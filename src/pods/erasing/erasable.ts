// Finds the document that redact erases, by its id, together with everything that contains its words.
import { NotFound } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import type { Erasable } from '../../log/kind.ts';
import { KINDS } from '../kinds.ts';
import { questionNamed } from '../questions/question-words.ts';
import { taskNamed } from '../require.ts';

/**
 * Returns the document, and everything that contains its words. @throws NotFound if nothing with this id can be erased
 */
export async function erasableNamed(read: Reader, pod: string, what: string): Promise<Erasable & { on: string }> {
  const id = await idOf(read, pod, what);
  for (const { ref, erase } of KINDS.values()) {
    const doc = erase && (await read.get(ref, id));
    const found = doc?.pod === pod ? await erase?.(read, doc) : undefined;
    if (found) return { ...found, on: ref.name };
  }
  throw new NotFound(
    `There is no message, task, file, note, question or conversation “${what}” in this pod. search_pod and list_files show ids.`,
  );
}

async function idOf(read: Reader, pod: string, what: string): Promise<string> {
  if (/^#?\d+$/.test(what)) return (await taskNamed(read, pod, what)).id;
  return /^#?q\d+$/i.test(what) ? (await questionNamed(read, pod, what)).id : what;
}
