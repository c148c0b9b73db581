// The open items of which a person hears again when they come back, to a pod or to the organisation.
import type { Reader } from '../../log/action.ts';
import type { PersonId } from '../../log/participant.ts';
import { NEEDS, type NeedDoc } from './need.ts';

/** The most items that somebody hears of again when they come back. Their list holds the others. */
const MOST_AGAIN = 50;

/** Returns the newest items, without those of which a live mention has told the person. `pod`: only the items of this pod. */
export async function heardAgain(read: Reader, who: PersonId, pod?: string): Promise<NeedDoc[]> {
  const items = await read.find(NEEDS, { where: { who, state: 'open' }, sort: [['at', 'desc']], limit: 200 });
  return items.filter((item) => !item.live && (pod === undefined || item.pod === pod)).slice(0, MOST_AGAIN);
}
