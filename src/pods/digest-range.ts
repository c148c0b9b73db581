// What a digest is about: the commits of each of a person's pods since the last one, as positions in the logs.
import type { Reader } from './action.ts';
import type { ParticipantId, PersonId } from './participant.ts';
import type { PersonDoc } from './views/person.ts';
import type { PodDoc } from './views/pod.ts';
import type { SubscriptionDoc } from './views/subscription.ts';
import type { TaskDoc } from './views/task.ts';

/** Who is new to a pod, or to digests, is told what happened in a day, not the whole log. */
const FIRST_MS = 86_400_000;

export interface Range {
  pod: string;
  /** The newest commit that an earlier digest has taken in. */
  from: number;
  to: number;
}

export interface Reading {
  person: PersonDoc | undefined;
  subscription: SubscriptionDoc | undefined;
  ranges: Range[];
  /** The earliest day on which a task of theirs is due. */
  firstDue?: string;
}

export async function readingFor(read: Reader, id: PersonId, at: number): Promise<Reading> {
  const [person, subscription, pods, tasks] = await Promise.all([
    read.get('people', id),
    read.get('subscriptions', id),
    podsOf(read, id),
    tasksOf(read, id),
  ]);
  const ranges = await Promise.all(pods.map((pod) => rangeOf(read, pod.id, subscription?.positions[pod.id], at)));
  const here = new Set(pods.map((pod) => pod.id));
  const firstDue = tasks
    .flatMap(({ pod, due }) => (due && here.has(pod) ? [due] : []))
    .sort()
    .at(0);
  return { person, subscription, ranges, ...(firstDue ? { firstDue } : {}) };
}

/** The pods that somebody is in now, but for their DMs: what is said there they know. */
export async function podsOf(read: Reader, who: ParticipantId): Promise<PodDoc[]> {
  const members = (await read.find('members', { where: { who } })).filter((member) => member.state === 'in');
  const ids = members.map((member) => member.pod);
  const pods = ids.length ? await read.find('pods', { where: { id: { in: ids } } }) : [];
  return pods.filter((pod) => !pod.direct);
}

export async function tasksOf(read: Reader, assignee: ParticipantId): Promise<TaskDoc[]> {
  const tasks = await read.find('tasks', { where: { assignee, state: { in: ['open', 'started'] } } });
  return tasks.filter((task) => !task.erased);
}

async function rangeOf(read: Reader, pod: string, known: number | undefined, at: number): Promise<Range> {
  const to = await read.head(pod);
  return { pod, from: Math.min(known ?? (await newestBefore(read, pod, to, at - FIRST_MS)), to), to };
}

/** The number of the last commit before an instant, found by halving: a log may be long. */
async function newestBefore(read: Reader, pod: string, head: number, at: number): Promise<number> {
  let [low, high] = [0, head];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const [commit] = await read.commits(pod, middle, middle);
    if (commit && commit.at >= at) high = middle - 1;
    else low = middle;
  }
  return low;
}
