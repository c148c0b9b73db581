// Gathers what waits for a person in their pods: open items, their tasks that have no item, and mails in quarantine.
import type { Reader } from '../../../log/action.ts';
import { isPerson, type ParticipantId, type PersonId } from '../../../log/participant.ts';
import { localDay } from '../../local-time.ts';
import { QUARANTINED_MAILS } from '../../mail/quarantined-mail.ts';
import { MEMBERS, memberId } from '../../members/member.ts';
import { PEOPLE } from '../../people/person.ts';
import { PODS, type PodDoc } from '../../pod/pod.ts';
import { absentOf } from '../../preferences/deputy.ts';
import { MOST_OWN, tasksOf } from '../../subscriptions/range.ts';
import { waits } from '../../tasks/graph/ready.ts';
import { goesOn, progressOf } from '../../tasks/parts/progress.ts';
import { TASKS, type TaskDoc } from '../../tasks/task.ts';
import { HEARINGS } from '../../telling/hearing.ts';
import { LOST, NEEDS, type NeedDoc, taskOfItem } from '../need.ts';
import { byUrgency, type Urgent } from './urgency.ts';

/** One thing that waits for a person. */
export interface Waiting extends Urgent {
  pod: PodDoc;
  /** Absent for a task that the person gave themselves, or that was given before there were items. */
  item?: NeedDoc;
  task?: TaskDoc;
  /** The person who is away, if the thing waits for them and this person is their deputy. */
  for?: PersonId;
  /** The number of mails in quarantine. They count as one thing. */
  mails?: number;
}

/** More than a person looks through. If there are more, the counts say only “at least”. */
const MOST_ITEMS = 500;
const MOST_MAILS = 1000;

/**
 * Returns everything that waits for the person, and the open items of those for whom they stand in. `within`: only these
 * pods are read. Archived pods, and pods that the person has left, are left out. `over`: there may be more.
 */
export async function waitingFor(
  read: Reader,
  who: ParticipantId,
  { now, within }: { now: number; within?: ReadonlySet<string> },
): Promise<{ all: Waiting[]; today: string; over: boolean }> {
  const owned = await ownedBy(read, who, within);
  const [person, items, standIns, tasks, mails, later] = await Promise.all([
    isPerson(who) ? read.get(PEOPLE, who) : undefined,
    itemsOf(read, who, owned),
    standInItems(read, who, now),
    tasksOf(read, who),
    mailsOf(read, owned),
    read.find(HEARINGS, { where: { pod: who, state: 'put_off' }, limit: MOST_ITEMS }),
  ]);
  const named = [...items, ...standIns.map(({ item }) => item), ...tasks, ...mails].map(({ pod }) => pod);
  const pods = await activePodsOf(read, who, named, within);
  const putOff = new Map(later.map(({ need, until }) => [need, until]));
  const own = new Set(items.map(({ id }) => id));
  const theirs = standIns.filter(({ item: { id, pod } }) => pods.has(pod) && !own.has(id));
  const shown = onceEach(items.filter(({ pod }) => pods.has(pod)));
  const listed = [...shown, ...theirs.map(({ item }) => item)];
  const taskOf = new Map([...tasks, ...(await tasksAbout(read, listed, tasks))].map((task) => [task.id, task]));
  const running = await runningAmong(read, [...taskOf.values()]);
  const withItem = new Set(listed.map(({ about }) => about.id));
  const waiting = (pod: string, one: Omit<Waiting, 'pod'>): Waiting[] => {
    const doc = pods.get(pod);
    return doc ? [{ ...one, pod: doc }] : [];
  };
  const all = [
    ...shown.flatMap((item) =>
      waiting(item.pod, {
        ...ofItem(item, taskOf.get(item.about.id), running),
        until: putOff.get(item.id),
      }),
    ),
    ...theirs.flatMap(({ item, for: absent }) =>
      waiting(item.pod, {
        ...ofItem(item, taskOf.get(item.about.id), running),
        until: putOff.get(item.id),
        for: absent,
      }),
    ),
    ...tasks.flatMap((task) => (withItem.has(task.id) ? [] : waiting(task.pod, ofTask(task, running)))),
    ...mails.flatMap(({ pod, count, at }) => waiting(pod, { reason: 'mails', at, mails: count })),
  ];
  const today = localDay(person?.timeZone ?? 'UTC', now);
  const over = items.length >= MOST_ITEMS || tasks.length >= MOST_OWN;
  return { all: all.sort(byUrgency(today)), today, over };
}

/** A task of which its person has to say how it goes on is listed by that, and not once more as theirs. */
function onceEach(items: readonly NeedDoc[]): NeedDoc[] {
  const stuck = new Set(items.flatMap(({ about, who }) => (about.on === LOST ? [`${who} ${about.id}`] : [])));
  return items.filter(({ about, who }) => about.on !== TASKS.name || !stuck.has(`${who} ${about.id}`));
}

/**
 * Returns the ids of the workflows of which a part is not done. Whoever has one has nothing to do in it until then; whoever has
 * another task with parts may work on it beside them.
 */
async function runningAmong(read: Reader, tasks: readonly TaskDoc[]): Promise<ReadonlySet<string>> {
  const progress = await progressOf(
    read,
    tasks.filter(({ workflow }) => workflow !== undefined),
  );
  return new Set([...progress].flatMap(([id, one]) => (goesOn(one) ? [id] : [])));
}

function isHeld(task: TaskDoc, running: ReadonlySet<string>): boolean {
  return waits(task).length > 0 || running.has(task.id);
}

function ofItem(item: NeedDoc, task: TaskDoc | undefined, running: ReadonlySet<string>): Omit<Waiting, 'pod'> {
  const { reason, at, neededBy } = item;
  const due = task ? task.due : item.due;
  // To be looked at, or to say how it goes on, is possible at once.
  const held = task !== undefined && item.about.on === TASKS.name && isHeld(task, running);
  return { item, reason, at, due, neededBy, held, ...(task ? { task } : {}) };
}

function ofTask(task: TaskDoc, running: ReadonlySet<string>): Omit<Waiting, 'pod'> {
  return { task, reason: 'assigned', at: task.createdAt, due: task.due, held: isHeld(task, running) };
}

/** The most pods of one owner whose own items are read. */
const MOST_OWNED = 500;

async function ownedBy(read: Reader, who: ParticipantId, within?: ReadonlySet<string>): Promise<string[]> {
  const found = await read.find(MEMBERS, { where: { who, state: 'in', role: 'owner' }, limit: MOST_OWNED });
  return found.map(({ pod }) => pod).filter((pod) => !within || within.has(pod));
}

/** Returns those of the pods that are active and in which they are. Others are not read, however many they have. */
export async function activePodsOf(
  read: Reader,
  who: ParticipantId,
  pods: readonly string[],
  within: ReadonlySet<string> | undefined,
): Promise<Map<string, PodDoc>> {
  const wanted = [...new Set(pods)].filter((pod) => !within || within.has(pod));
  const members = await Promise.all(wanted.map((pod) => read.get(MEMBERS, memberId(pod, who))));
  const ids = wanted.filter((_, n) => members[n]?.state === 'in');
  const found = ids.length ? await read.find(PODS, { where: { id: { in: ids } } }) : [];
  return new Map(found.filter(({ state }) => state === 'active').map((pod) => [pod.id, pod]));
}

/** Returns the person's own items, and those of the pods that the person owns. */
async function itemsOf(read: Reader, who: ParticipantId, owned: readonly string[]): Promise<NeedDoc[]> {
  if (!isPerson(who)) return [];
  const own = read.find(NEEDS, { where: { who, state: 'open' }, sort: [['at', 'desc']], limit: MOST_ITEMS });
  const shared = owned.map((pod) =>
    read.find(NEEDS, { where: { pod, state: 'open', who: 'owners' }, limit: MOST_ITEMS }),
  );
  return (await Promise.all([own, ...shared])).flat();
}

interface StandInItem {
  item: NeedDoc;
  for: PersonId;
}

/** Returns the open items of those who are away and have named this person as their deputy. */
async function standInItems(read: Reader, who: ParticipantId, now: number): Promise<StandInItem[]> {
  const absent = isPerson(who) ? await absentOf(read, who, now) : [];
  const found = await Promise.all(
    absent.map(async (one) => {
      const items = await itemsOf(read, one, await ownedBy(read, one));
      return items.map((item) => ({ item, for: one }));
    }),
  );
  // An item of several is listed once.
  const once = new Set(onceEach(found.flat().map(({ item }) => item)));
  return [...new Map(found.flat().map((one) => [one.item.id, one])).values()].filter(({ item }) => once.has(item));
}

/** Returns the tasks of the items that are of others. */
async function tasksAbout(read: Reader, items: readonly NeedDoc[], own: readonly TaskDoc[]): Promise<TaskDoc[]> {
  const known = new Set(own.map(({ id }) => id));
  const about = items.flatMap((item) => taskOfItem(item) ?? []);
  const ids = about.filter((id) => !known.has(id));
  return ids.length ? read.find(TASKS, { where: { id: { in: ids } } }) : [];
}

async function mailsOf(read: Reader, owned: readonly string[]): Promise<{ pod: string; count: number; at: number }[]> {
  const counted = await Promise.all(
    owned.map(async (pod) => {
      const mails = await read.find(QUARANTINED_MAILS, { where: { pod, state: 'held' }, limit: MOST_MAILS });
      return { pod, count: mails.length, at: Math.min(...mails.map(({ at }) => at)) };
    }),
  );
  return counted.filter(({ count }) => count > 0);
}
