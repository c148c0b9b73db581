// A reply that its author takes back before anybody has heard it: the mentions that it answered are open again.
import type { Reader } from '../../log/action.ts';
import type { ItemBack } from '../../log/needs/need.ts';
import { isAgent, isPerson, type ParticipantId } from '../../log/participant.ts';
import type { Asked } from '../conversations/asked/asked.ts';
import { CONVERSATIONS } from '../conversations/conversation.ts';
import { MESSAGES, type MessageDoc } from '../conversations/message.ts';
import type { Change } from '../kinds.ts';
import { conversationsAsked } from '../members/leaving.ts';
import { MEMBERS, memberId } from '../members/member.ts';
import { heardUpTo } from '../runs/heard-up-to.ts';
import { NEEDS, type NeedDoc } from './need.ts';

/** More messages than this are not looked at, to find one that stands. */
const MOST_LATER = 20;

/**
 * Returns the items that the reply has settled and that nothing has touched since. None if the reply was read: somebody has
 * written after it. An item of another sort stays settled: its reply let agents go on at once.
 */
export async function itemsBack(read: Reader, { pod, by, posted, conversation }: MessageDoc): Promise<ItemBack[]> {
  if (!isPerson(by) || posted < 0) return [];
  const [commit] = await read.commits(pod, posted, posted);
  const ids = (commit?.changes ?? []).flatMap(({ on, id, type }) =>
    on === NEEDS.name && type === 'need_settled' ? [id] : [],
  );
  const items = await Promise.all(ids.map((id) => read.get(NEEDS, id)));
  const named = items.filter(
    (one): one is NeedDoc & { message: string } =>
      one?.state === 'settled' && one.seq === posted && one.reason === 'named' && one.message !== undefined,
  );
  if (!named.length || (await isRead(read, conversation, posted))) return [];
  const unheard = await Promise.all(named.map((one) => isUnheard(read, one, posted)));
  return named
    .filter((_, n) => unheard[n])
    .map(({ who, reason, about, conversation: at, message, left, behalf, by: asker }) => ({
      ...{ who, reason, about, message, asker },
      ...(at ? { conversation: at } : {}),
      ...(left ? { left } : {}),
      ...(behalf ? { behalf } : {}),
    }));
}

/** The agents that wait again for the answer of a person whom they have named. */
export function askedBack(items: readonly ItemBack[]): Asked[] {
  return items.flatMap(({ asker, who }) => (isAgent(asker) && isPerson(who) ? [{ by: asker, who }] : []));
}

/**
 * Returns the changes by which the next reply settles them once more: that of anybody what the owners have, and that of a deputy
 * what they had replied to in the place of somebody. `by`: the author of the reply that is taken back.
 */
export function repliesWanted(items: readonly ItemBack[], by: ParticipantId): Change[] {
  const asked = conversationsAsked(items.filter(({ who }) => who === 'owners'));
  const inPlace = items.flatMap(({ who, about }): Change[] =>
    isPerson(who) && isPerson(by) && who !== by && about.on === CONVERSATIONS.name
      ? [{ v: 1, on: 'conversations', id: about.id, type: 'stand_in_asked', deputy: by, for: who }]
      : [],
  );
  return [...asked, ...inPlace];
}

async function isRead(read: Reader, conversation: string, posted: number): Promise<boolean> {
  const where = { conversation, posted: { gt: posted } };
  return (await read.find(MESSAGES, { where, limit: MOST_LATER })).some(({ erased }) => !erased);
}

/** False too for somebody who is not in the pod any more, or whom the message does not name any more. */
async function isUnheard(
  read: Reader,
  { pod, who, left, by, about, message }: NeedDoc & { message: string },
  posted: number,
): Promise<boolean> {
  const [named, member] = await Promise.all([
    read.get(MESSAGES, message),
    isPerson(who) ? read.get(MEMBERS, memberId(pod, who)) : undefined,
  ]);
  const mentions = named?.erased ? [] : (named?.mentions ?? []);
  if (!mentions.some((one) => one === who || one === left) || (isPerson(who) && member?.state !== 'in')) return false;
  return !isAgent(by) || (await heardUpTo(read, by, about.id)) < posted;
}
