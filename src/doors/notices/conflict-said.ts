// Reads what a person says about an upload over a newer version, in answer to the notice that tells them of it.
import type { Reader } from '../../log/action.ts';
import { type Keep, keepIn } from '../../pods/files/conflicts/keep.ts';
import { FILES } from '../../pods/files/file.ts';
import type { NeedDoc } from '../../pods/needs/need.ts';

/** Returns the input of settle_conflict. Undefined for other words, and for an item about something else. */
export async function conflictSaid(
  read: Reader,
  { reason, about }: NeedDoc,
  { person, text }: { person: string; text: string },
): Promise<{ file: string; keep: Keep } | undefined> {
  const file = reason === 'conflict' ? await read.get(FILES, about.id) : undefined;
  const keep = file?.conflict && keepIn(text, { person, uploader: file.conflict.by });
  return file && keep && { file: file.id, keep };
}
