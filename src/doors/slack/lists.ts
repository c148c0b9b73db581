// Lists a person's pods and tasks, for the slash command and the Home tab.

import { formatAddress } from '../../email/address.ts';
import { NotFound } from '../../errors.ts';
import type { ParticipantId } from '../../log/participant.ts';
import { shownDate } from '../../pods/local-time.ts';
import { QUARANTINED_MAILS } from '../../pods/mail/quarantined-mail.ts';
import { namesOfAll } from '../../pods/people/directory.ts';
import type { PersonDoc } from '../../pods/people/person.ts';
import { ADDRESSES } from '../../pods/pod/address.ts';
import { tasksOf } from '../../pods/subscriptions/range.ts';
import { waits } from '../../pods/tasks/graph/ready.ts';
import { waitsWords } from '../../pods/tasks/graph/waits-words.ts';
import { progressOf, progressWords } from '../../pods/tasks/parts/progress.ts';
import { namedIn, reviewWords } from '../../pods/tasks/review/review-words.ts';
import { ACTIVE, TASKS } from '../../pods/tasks/task.ts';
import { withTitles } from '../../pods/tasks/task-words.ts';
import type { ListedPod, ListedTask } from '../../slack/render/items/lists.ts';
import { enter } from '../enter.ts';
import type { SlackContext } from './context.ts';

export interface ShownPod {
  id: string;
  name: string;
  channel?: string;
  direct: boolean;
  role: string;
}

interface ShownTask {
  number: number;
  title: string;
  state: string;
  assigneeName?: string;
  due?: string;
  waits_for?: string;
  review?: string;
  parts?: string;
}

export async function shownPodsOf(slack: SlackContext, person: PersonDoc): Promise<ShownPod[]> {
  return (await enter<{ pods: ShownPod[] }>(slack, { as: person, action: 'list_pods', via: 'slack' })).result.pods;
}

const MOST_QUARANTINED = 1000;

/** Lists the pods that are not direct, each with the number of its open tasks. */
export async function listedPods(slack: SlackContext, pods: readonly ShownPod[]): Promise<ListedPod[]> {
  const shared = pods.filter((pod) => !pod.direct);
  return Promise.all(
    shared.map(async ({ id, name, channel, role }) => {
      const [tasks, mail, quarantined] = await Promise.all([
        slack.read.find(TASKS, { where: { pod: id, state: { in: ACTIVE } } }),
        mailOf(slack, id),
        role === 'owner'
          ? slack.read.find(QUARANTINED_MAILS, { where: { pod: id, state: 'held' }, limit: MOST_QUARANTINED })
          : [],
      ]);
      const openTasks = tasks.filter((task) => !task.erased).length;
      return {
        name,
        openTasks,
        ...(channel ? { channel } : {}),
        ...(mail ? { mail } : {}),
        quarantined: quarantined.length,
      };
    }),
  );
}

/** Returns the mail address of the pod. */
async function mailOf({ read, mailHome }: SlackContext, pod: string): Promise<string | undefined> {
  const [address] = mailHome ? await read.find(ADDRESSES, { where: { of: pod }, limit: 1 }) : [];
  return mailHome && address && formatAddress(mailHome, { kind: 'pod', slug: address.slug });
}

/** `over`: there are more than these. */
export interface TaskPage {
  tasks: ListedTask[];
  over: boolean;
}

/** `most`: reads on until there are more than these, or all are read. */
export interface TasksAsked {
  assignee: string | undefined;
  most: number;
}

/**
 * Lists the tasks of a pod that are not done. `name`: the pod's name, shown if tasks of several pods are listed
 * together.
 */
export async function listedTasks(
  slack: SlackContext,
  person: PersonDoc,
  pod: { id: string; name?: string },
  { assignee, most }: TasksAsked,
): Promise<TaskPage> {
  const tasks: ListedTask[] = [];
  let after: number | undefined;
  do {
    const input = { ...(assignee ? { assignee } : {}), ...(after === undefined ? {} : { after }) };
    const asked = { as: person, pod, action: 'list_tasks', input, via: 'slack' } as const;
    const { result } = await enter<{ tasks: ShownTask[]; next?: number }>(slack, asked);
    tasks.push(...result.tasks.map((task) => listed(task, pod.name)));
    after = result.next;
  } while (after !== undefined && tasks.length <= most);
  return { tasks, over: after !== undefined };
}

/** Lists the tasks of all the pods. @throws NotFound if the assignee is in none of them */
export async function tasksEverywhere(
  slack: SlackContext,
  person: PersonDoc,
  pods: readonly ShownPod[],
  wanted: TasksAsked,
): Promise<TaskPage> {
  const found = await Promise.all(pods.map((pod) => hereOrMissing(listedTasks(slack, person, pod, wanted))));
  const lists = found.flatMap((page) => (page instanceof NotFound ? [] : [page]));
  const missing = found.find((tasks) => tasks instanceof NotFound);
  if (!lists.length && missing) throw missing;
  return { tasks: lists.flatMap(({ tasks }) => tasks), over: lists.some(({ over }) => over) };
}

/** Returns a NotFound instead of throwing it, because the assignee may be missing in some of the pods. */
async function hereOrMissing<T>(tasks: Promise<T>): Promise<T | NotFound> {
  try {
    return await tasks;
  } catch (error) {
    if (error instanceof NotFound) return error;
    throw error;
  }
}

/** Lists the open tasks of a person, in the order of their pods. */
export async function tasksOfTheirs(
  { read }: SlackContext,
  person: PersonDoc,
  pods: readonly ShownPod[],
): Promise<ListedTask[]> {
  const position = new Map(pods.map(({ id }, n) => [id, n]));
  const theirs = (await tasksOf(read, person.id as ParticipantId)).filter(({ pod }) => position.has(pod));
  const tasks = await withTitles(read, theirs);
  const [names, progress] = await Promise.all([namesOfAll(read, tasks.flatMap(namedIn)), progressOf(read, tasks)]);
  return tasks
    .sort((a, b) => (position.get(a.pod) ?? 0) - (position.get(b.pod) ?? 0) || a.number - b.number)
    .map((task) => {
      const { review: _review, ...shown } = task;
      const review = reviewWords(task, names);
      const words = { assigneeName: person.name, waits_for: waitsWords(waits(task), names) };
      const counted = progress.get(task.id);
      const parts = counted ? { parts: progressWords(counted) } : {};
      const stands = { ...words, ...(review ? { review } : {}), ...parts };
      return listed({ ...shown, ...stands }, pods[position.get(task.pod) ?? 0]?.name);
    });
}

function listed(
  { number, title, state, assigneeName, due, review, parts, waits_for: waits }: ShownTask,
  pod?: string,
): ListedTask {
  const id = pod ? `${pod} #${number}` : `#${number}`;
  const day = due && `due ${shownDate(due)}`;
  const status = [state, day, waits ? `waits for ${waits}` : review, parts].filter(Boolean).join(', ');
  return { id, title, status, ...(assigneeName ? { assignee: assigneeName } : {}) };
}
