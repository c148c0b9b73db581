// Returns the commits that a digest covers: in each of the person's pods those since the last digest, as log positions.

import type { Reader } from '../../log/action.ts';
import type { ParticipantId, PersonId } from '../../log/participant.ts';
import { MEMBERS } from '../members/member.ts';
import { PEOPLE, type PersonDoc } from '../people/person.ts';
import { PODS, type PodDoc } from '../pod/pod.ts';
import { ACTIVE, TASKS, type TaskDoc } from '../tasks/task.ts';
import { SUBSCRIPTIONS, type SubscriptionDoc } from './subscription.ts';

const DAY_MS = 86_400_000;
/**
 * The first digest of a person who is new to a pod or to digests covers at least a day and at most a week, in
 * milliseconds.
 */
const FIRST_MS = { least: DAY_MS, most: 7 * DAY_MS };

export interface Range {
  pod: string;
  /** The number of the newest commit that an earlier digest covered. */
  from: number;
  to: number;
}

export interface DigestScope {
  person: PersonDoc | undefined;
  subscription: SubscriptionDoc | undefined;
  ranges: Range[];
  firstDue?: string;
}

export async function digestScopeFor(read: Reader, id: PersonId, at: number): Promise<DigestScope> {
  const [person, subscription, memberships, tasks] = await Promise.all([
    read.get(PEOPLE, id),
    read.get(SUBSCRIPTIONS, id),
    sharedMembershipsOf(read, id),
    tasksOf(read, id),
  ]);
  const ranges = await Promise.all(
    memberships.map(({ pod, since }) => {
      const newSince = Math.max(since, subscription?.changedAt ?? 0);
      return rangeOf(read, pod.id, subscription?.positions[pod.id], firstOf(newSince, at));
    }),
  );
  const here = new Set(memberships.map(({ pod }) => pod.id));
  const firstDue = tasks
    .flatMap(({ pod, due }) => (due && here.has(pod) ? [due] : []))
    .sort()
    .at(0);
  return { person, subscription, ranges, ...(firstDue ? { firstDue } : {}) };
}

/** Returns the pods of a participant. DMs are left out, because the person knows what was said there. */
export async function sharedPodsOf(read: Reader, who: ParticipantId): Promise<PodDoc[]> {
  return (await sharedMembershipsOf(read, who)).map(({ pod }) => pod);
}

/** Returns the same pods, with the time since when the participant is in each. */
async function sharedMembershipsOf(read: Reader, who: ParticipantId): Promise<{ pod: PodDoc; since: number }[]> {
  const members = (await read.find(MEMBERS, { where: { who } })).filter((member) => member.state === 'in');
  const since = new Map(members.map((member) => [member.pod, member.since]));
  const pods = since.size ? await read.find(PODS, { where: { id: { in: [...since.keys()] } } }) : [];
  return pods.filter((pod) => !pod.direct).map((pod) => ({ pod, since: since.get(pod.id) ?? 0 }));
}

/** The most tasks of a person that are read in each state: of those with a day, and of those without one. */
export const MOST_OWN = 200;

/** Returns the tasks of a participant that are not done. Of very many, those that are due first, and some without a day. */
export async function tasksOf(read: Reader, assignee: ParticipantId): Promise<TaskDoc[]> {
  const found = await Promise.all(
    ACTIVE.map(async (state) => {
      // Tasks without a day come first in this order.
      const query = { sort: [['due', 'asc']], limit: MOST_OWN } as const;
      const first = await read.find(TASKS, { ...query, where: { assignee, state } });
      if (first.length < MOST_OWN) return first;
      return [...first, ...(await read.find(TASKS, { ...query, where: { assignee, state, due: { gt: '' } } }))];
    }),
  );
  const each = new Map(found.flat().map((task) => [task.id, task]));
  return [...each.values()].filter((task) => !task.erased);
}

/** Returns the instant where the first digest at `at` begins, for a person who is new since `since`. */
function firstOf(since: number, at: number): number {
  return Math.max(at - FIRST_MS.most, Math.min(at - FIRST_MS.least, since));
}

async function rangeOf(read: Reader, pod: string, known: number | undefined, first: number): Promise<Range> {
  const to = await read.head(pod);
  return { pod, from: Math.min(known ?? (await newestBefore(read, pod, to, first)), to), to };
}

/** Returns the number of the last commit before an instant. Found by binary search. */
export async function newestBefore(read: Reader, pod: string, head: number, at: number): Promise<number> {
  let [low, high] = [0, head];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const [commit] = await read.commits(pod, middle, middle);
    if (commit && commit.at >= at) high = middle - 1;
    else low = middle;
  }
  return low;
}
