// Names the documents that a session holds no more, because it holds too much.
import type { Reader } from '../../log/action.ts';
import { isOutside, type Labelled, outsideIn } from '../../log/labels/label.ts';
import type { Held } from '../../log/view.ts';
import { quoted } from '../../pods/history/phrase.ts';
import { KINDS } from '../../pods/kinds.ts';

/** A title that comes from outside is left out. */
export async function namesOfDropped(read: Reader, dropped: readonly Held[]): Promise<string[]> {
  const names = dropped.map(async ({ kind: name, id }) => {
    const kind = KINDS.get(name);
    const doc = kind?.held && (await read.get(kind.ref, id));
    if (!kind?.held || !doc) return [];
    const title = isOutside(outsideIn(doc as Labelled)) ? undefined : kind.title?.(doc);
    const words = title && (await read.texts([title])).get(title);
    return [[kind.held.noun(doc), words && quoted(words)].filter(Boolean).join(' ')];
  });
  return (await Promise.all(names)).flat();
}
