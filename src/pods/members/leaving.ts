// The open items of a person who leaves a pod. They pass to the owners, because nobody else would hear of them.
import type { Reader } from '../../log/action.ts';
import type { Passing } from '../../log/needs/need.ts';
import type { ParticipantId, PersonId } from '../../log/participant.ts';
import type { Change } from '../kinds.ts';
import { DECIDES, NEEDS, type NeedDoc, needId, REVIEWS } from '../needs/need.ts';
import { pending } from '../tasks/review/review-state.ts';
import { ACTIVE, TASKS } from '../tasks/task.ts';
import { HEARINGS, hearingId } from '../telling/hearing.ts';

/** The most items that pass in one commit. The others follow in further commits. */
export const MOST_PASSED = 50;
const MOST_READ = 500;

/** Returns the person's open items in the pod, the newest first. Questions have rules of their own. */
export async function itemsIn(read: Pick<Reader, 'find'>, pod: string, who: PersonId): Promise<Passing[]> {
  const items = await read.find(NEEDS, { where: { who, state: 'open' }, sort: [['at', 'desc']], limit: MOST_READ });
  return items.filter((item) => item.pod === pod && item.reason !== 'asked').map(passing);
}

/** Returns the reviews that are asked of an agent, of the newest tasks. The owners have them when it leaves. */
export async function reviewsOf(read: Pick<Reader, 'find'>, pod: string, who: ParticipantId): Promise<Passing[]> {
  const found = await Promise.all(
    ACTIVE.map((state) => read.find(TASKS, { where: { pod, state }, sort: [['number', 'desc']], limit: MOST_READ })),
  );
  return found.flat().flatMap((task): Passing[] => {
    if (!pending(task).includes(who)) return [];
    const { id, conversation, due, assignee } = task;
    const facts = { ...(conversation ? { conversation } : {}), ...(due ? { due } : {}) };
    // The assignee asks for the review, and not whoever takes the reviewer out.
    return [{ ...(assignee ? { asker: assignee } : {}), reason: 'review', about: { on: REVIEWS, id }, ...facts }];
  });
}

/** Returns what a person who is a guest from now on can't decide any more. */
export async function itemsToDecide(read: Pick<Reader, 'find'>, pod: string, who: PersonId): Promise<Passing[]> {
  return (await itemsIn(read, pod, who)).filter(({ reason }) => DECIDES.includes(reason)).slice(0, MOST_PASSED);
}

/** Returns the items that passed to the owners when this person left. */
export async function itemsLeftBy(read: Pick<Reader, 'find' | 'get'>, pod: string, who: PersonId): Promise<Passing[]> {
  const open = await read.find(NEEDS, { where: { pod, state: 'open' }, limit: MOST_READ });
  const theirs = open.filter((item) => item.who === 'owners' && item.left === who);
  return Promise.all(
    theirs.map(async (item) => ({ ...passing(item), ...((await wasTold(read, item, who)) ? { live: true } : {}) })),
  );
}

/** True if the person was told of the item before they left. They do not hear of it twice. */
async function wasTold(read: Pick<Reader, 'get'>, { pod, about, message }: NeedDoc, who: PersonId): Promise<boolean> {
  const need = needId(pod, who, about);
  const [before, hearing] = await Promise.all([read.get(NEEDS, need), read.get(HEARINGS, hearingId(who, need))]);
  return (before?.live === true && before.message === message) || hearing?.state === 'told';
}

function passing({ reason, about, conversation, message, due, neededBy, note, by, behalf }: NeedDoc): Passing {
  return {
    ...(DECIDES.includes(reason) ? { asker: by, ...(behalf ? { behalf } : {}) } : {}),
    reason,
    about,
    ...(conversation ? { conversation } : {}),
    ...(message ? { message } : {}),
    ...(due ? { due } : {}),
    ...(note ? { note } : {}),
    ...(neededBy === undefined ? {} : { neededBy }),
  };
}

/** Returns the changes by which the next message of a person in these conversations settles what passed to the owners. */
export function conversationsAsked(items: readonly Pick<Passing, 'about'>[]): Change[] {
  const ids = items.flatMap(({ about }) => (about.on === 'conversations' ? [about.id] : []));
  return [...new Set(ids)].map((id) => ({ v: 1, on: 'conversations', id, type: 'owners_asked' }));
}
