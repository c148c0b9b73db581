// Reads the things of a trace of which its person has not said whether they go: their numbers, who made them, their words.
import type { Reader } from '../../../log/action.ts';
import type { BodyRef } from '../../../log/body.ts';
import { bodiesIn } from '../../../log/kind.ts';
import type { Label } from '../../../log/labels/label.ts';
import { MESSAGES } from '../../conversations/message.ts';
import { called, namesOfAll } from '../../people/directory.ts';
import { excerpt } from '../../search/excerpt.ts';
import { earlierWords } from '../edits/earlier-words.ts';
import { erasableAt } from '../erasable.ts';
import type { MadeThing } from './thing.ts';
import type { TraceDoc } from './trace.ts';

export interface ShownThing extends Pick<MadeThing, 'on' | 'came' | 'earlier'> {
  /** Its number in the trace, from 1. */
  number: number;
  /** The name of its author; Skein's, if no agent made it. */
  by: string;
  /** The beginning of its words; of earlier words, those which the message says now. */
  text: string;
  label?: Label;
  conversation?: string;
}

/** In characters: enough to know the thing again. */
const EXCERPT = 140;

/** Things that are not there any more are left out. */
export async function madeThings(read: Reader, { pod, things }: TraceDoc): Promise<ShownThing[]> {
  const names = await namesOfAll(
    read,
    things.map(({ by }) => by),
  );
  const shown = await Promise.all(
    things.map(async (thing, n): Promise<ShownThing | undefined> => {
      const { on, by, came, earlier } = thing;
      const found = thing.as ? undefined : await wordsOf(read, pod, thing);
      if (!found) return undefined;
      const words = [...(await read.labelled(found.words)).values()];
      const text = excerpt(words.map((one) => one.text).join(' '), '', EXCERPT);
      const label = words.find((one) => one.label)?.label;
      const { conversation } = found;
      return {
        ...{ on, number: n + 1, by: called(names, by).name, text },
        ...(label ? { label } : {}),
        ...(came ? { came } : {}),
        ...(earlier ? { earlier } : {}),
        ...(conversation ? { conversation } : {}),
      };
    }),
  );
  return shown.filter((one) => one !== undefined);
}

interface Words {
  words: BodyRef[];
  conversation?: string | undefined;
}

async function wordsOf(read: Reader, pod: string, { on, id, earlier }: MadeThing): Promise<Words | undefined> {
  if (earlier) {
    const doc = (await earlierWords(read, pod, id)) && (await read.get(MESSAGES, id));
    return doc && { words: bodiesIn(doc.body), conversation: doc.conversation };
  }
  const found = await erasableAt(read, pod, { on, id });
  if (!found || found.erased) return undefined;
  return { words: found.words?.length ? found.words : found.bodies, conversation: found.conversation };
}
