// Compares two versions of a file, line by line. Of a long difference the last lines are kept.
import type { Reader } from '../../log/action.ts';
import { lineDiff } from '../history/line-diff.ts';
import type { VersionDoc } from './file.ts';
import { textIn } from './files.ts';

/** The lines that a version changed, each with `+` or `-` in front, or a sentence in their place. */
export interface VersionChanges {
  lines?: string;
  note?: string;
}

/** In characters. */
const MOST_DIFFERENCE = 20_000;
/** In characters of the whole difference before it is cut. */
const MOST_COMPARED = 50_000_000;

type Version = Pick<VersionDoc, 'hash' | 'erased' | 'pod'>;

export async function changesIn(read: Reader, version: Version, before: Version | undefined): Promise<VersionChanges> {
  if (!before) return { note: 'This is the first version.' };
  if (version.erased || before.erased)
    return { note: 'One of the two versions was erased, so they can’t be compared.' };
  if (version.hash === before.hash) return { note: 'The content is the same.' };
  const [now, old] = [await textOf(read, version), await textOf(read, before)];
  if (now === undefined || old === undefined) return { note: 'It is no text, so the two can’t be compared.' };
  return { lines: lastLines(lineDiff(old, now, MOST_COMPARED) ?? '', MOST_DIFFERENCE) };
}

async function textOf(read: Reader, { pod, hash }: Version): Promise<string | undefined> {
  const content = await read.blob(pod, hash);
  return content && textIn(content);
}

/** Keeps the end of a long difference, because new lines are mostly added at the end of a text. */
export function lastLines(difference: string, most: number): string {
  if (difference.length <= most) return difference;
  const lines = difference.split('\n');
  let [from, length] = [lines.length, 0];
  while (from > 0) {
    length += (lines[from - 1] ?? '').length + 1;
    if (length > most && from < lines.length) break;
    from--;
  }
  return [`… ${from} earlier lines of the difference`, ...lines.slice(from)].join('\n');
}
