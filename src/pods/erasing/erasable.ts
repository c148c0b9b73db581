// Finds the document that redact erases, by its id, together with everything that contains its words.
import { NotFound } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import type { Erasable } from '../../log/kind.ts';
import type { Subject } from '../../log/needs/need.ts';
import { KINDS } from '../kinds.ts';
import { questionNamed } from '../questions/question-words.ts';
import { taskNamed } from '../require.ts';

/** A document that can be erased, with the name of its view. */
export type Named = Erasable & { on: string };

/** Undefined if the pod has no such document. */
export async function erasableAt(read: Reader, pod: string, { on, id }: Subject): Promise<Named | undefined> {
  const { ref, erase } = KINDS.get(on) ?? {};
  const doc = ref && erase && (await read.get(ref, id));
  const found = doc?.pod === pod ? await erase?.(read, doc) : undefined;
  return found && { ...found, on };
}

/**
 * Returns the document, and everything that contains its words. @throws NotFound if nothing with this id can be erased
 */
export async function erasableNamed(read: Reader, pod: string, what: string): Promise<Named> {
  const id = await idOf(read, pod, what);
  for (const on of KINDS.keys()) {
    const found = await erasableAt(read, pod, { on, id });
    if (found) return found;
  }
  throw new NotFound(
    `There is no message, task, file, note, question or conversation “${what}” in this pod. search_pod and list_files show ids.`,
  );
}

async function idOf(read: Reader, pod: string, what: string): Promise<string> {
  if (/^#?\d+$/.test(what)) return (await taskNamed(read, pod, what)).id;
  return /^#?q\d+$/i.test(what) ? (await questionNamed(read, pod, what)).id : what;
}
