// Finds the one thing of a list that asks something, where all others are tasks: a “yes” can be for nothing else.
import type { Reader } from '../../../log/action.ts';
import { QUESTIONS } from '../../questions/question.ts';
import { NEEDS } from '../need.ts';
import type { Listed } from './numbers.ts';

/** Undefined if none or several may be meant. A message that names somebody may ask something, too. */
export async function onlyQuestion(read: Pick<Reader, 'get'>, things: readonly Listed[]): Promise<Listed | undefined> {
  const found = await Promise.all(things.map(({ need }) => (need ? read.get(NEEDS, need) : undefined)));
  const asks = things.filter((_, n) => found[n]?.reason === 'asked' && found[n]?.about.on === QUESTIONS.name);
  const [one, other] = asks;
  if (!one || other) return undefined;
  return things.every((thing) => thing === one || thing.task !== undefined) ? one : undefined;
}
