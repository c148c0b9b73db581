// Tells whether words are being erased that a request to the model of a pod could still contain.
import type { Item } from '../../lanes/item.ts';
import type { Reader } from '../../log/action.ts';
import type { Commit } from '../../log/commit.ts';
import { isPerson } from '../../log/participant.ts';
import { MEMBERS } from '../../pods/members/member.ts';
import { PODS } from '../../pods/pod/pod.ts';
import type { Store } from '../../store/port.ts';

/** More erasures than these at once are looked at in turn. */
const MOST_ERASURES = 100;

/** Returns the lane in which words of the pod are erased. */
export function eraseLane(pod: string): string {
  return `erase:${pod}`;
}

/** True from the commit that erases the words until they are removed everywhere. */
export async function isErasing({ store, read }: { store: Store; read: Reader }, pod: string): Promise<boolean> {
  // Read first: a commit is pending until its delivery is in the outbox, so one of the two reads shows it.
  const pending = await pendingIn(store);
  const pods = new Set([...pending, ...(await waitingIn(store))]);
  return pods.size > 0 && (pods.has(pod) || (await reachesOne(read, pod, [...pods])));
}

async function pendingIn(store: Store): Promise<string[]> {
  const commits = await store
    .collection<Commit>('commits')
    .find({ where: { pending: true }, sort: [['at', 'desc']], limit: MOST_ERASURES });
  return commits.flatMap(({ pod, deliveries }) => (deliveries.some(({ kind }) => kind === 'erase') ? [pod] : []));
}

async function waitingIn(store: Store): Promise<string[]> {
  const where = { lane: { gte: eraseLane(''), lt: eraseLane('\uffff') }, state: 'waiting' } as const;
  const items = await store.collection<Item>('outbox').find({ where, limit: MOST_ERASURES });
  return items.map(({ lane }) => lane.slice(eraseLane('').length));
}

/** True if the pod is a person's own, who is or was in one of the others: their agent reads those too. */
async function reachesOne(read: Reader, pod: string, others: readonly string[]): Promise<boolean> {
  if (!(await read.get(PODS, pod))?.direct) return false;
  const here = (await read.find(MEMBERS, { where: { pod } })).map(({ who }) => who).filter(isPerson);
  const there = await read.find(MEMBERS, { where: { who: { in: here }, pod: { in: others } }, limit: 1 });
  return there.length > 0;
}
