// The open items of which a person hears again when they come back, to a pod or to the organisation.
import type { Reader } from '../../log/action.ts';
import type { PersonId } from '../../log/participant.ts';
import { MEMBERS } from '../members/member.ts';
import { NEEDS, type NeedDoc } from './need.ts';

/** The most items that somebody hears of again when they come back. Their list holds the others. */
const MOST_AGAIN = 50;

/**
 * Returns the newest items, without those of which a live mention has told the person. `pod`: only the items of this pod.
 * Otherwise also those for the owners of the pods that the person owns.
 */
export async function heardAgain(read: Reader, who: PersonId, pod?: string): Promise<NeedDoc[]> {
  const [own, owned] = await Promise.all([
    read.find(NEEDS, { where: { who, state: 'open' }, sort: [['at', 'desc']], limit: 200 }),
    pod === undefined ? ownersItems(read, who) : [],
  ]);
  const items = [...own.filter((item) => !item.live && (pod === undefined || item.pod === pod)), ...owned];
  return items.sort((a, b) => b.at - a.at).slice(0, MOST_AGAIN);
}

async function ownersItems(read: Reader, who: PersonId): Promise<NeedDoc[]> {
  const owned = await read.find(MEMBERS, { where: { who, state: 'in', role: 'owner' } });
  const items = await Promise.all(
    owned.map(({ pod }) => read.find(NEEDS, { where: { pod, who: 'owners', state: 'open' }, limit: MOST_AGAIN })),
  );
  return items.flat().filter(({ by }) => by !== who);
}
