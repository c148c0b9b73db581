// The thread of a notice by mail about several items. It identifies the person and the notice, so that a reply finds
// the items that the person read.

import type { Reader } from '../../../log/action.ts';
import { idOf } from '../../../log/ids.ts';
import type { PersonId } from '../../../log/participant.ts';
import { deliveriesOf } from '../../deliveries.ts';
import { NEEDS, taskOfItem } from '../../needs/need.ts';
import { type Listed, numbersByTask } from '../../needs/waiting/numbers.ts';
import { TASKS } from '../../tasks/task.ts';
import { ownLog } from '../hearing.ts';
import type { NoticeItem } from '../wishes.ts';

const OF_NOTICE = /^notice_[0-9a-z]{1,20}-(\d{1,15})$/;

/** `seq`: the commit in the person's own log that told them. Such a commit makes at most one notice. */
export function noticeThread(person: PersonId, seq: number): string {
  return `${idOf('notice', ownLog(person))}-${seq}`;
}

/** True for the thread of a notice to anybody. */
export function isNoticeThread(thread: string): boolean {
  return OF_NOTICE.test(thread);
}

/**
 * Returns the items of the notice as it was requested, open or not. Undefined if the thread belongs to no notice to
 * this person.
 */
export async function noticeItems(read: Reader, person: PersonId, thread: string): Promise<NoticeItem[] | undefined> {
  const seq = Number(OF_NOTICE.exec(thread)?.[1] ?? Number.NaN);
  if (!Number.isSafeInteger(seq) || thread !== noticeThread(person, seq)) return undefined;
  const [commit] = await read.commits(ownLog(person), seq, seq);
  for (const delivery of commit ? deliveriesOf(commit) : [])
    if (delivery.kind === 'notice' && delivery.person === person) return delivery.items;
  return undefined;
}

/** Returns the items with the numbers by which a reply names them. */
export async function listedItems(read: Reader, items: readonly NoticeItem[]): Promise<Listed[]> {
  const tasks = await Promise.all(
    items.map(async ({ need }) => {
      const item = await read.get(NEEDS, need);
      const id = item && taskOfItem(item);
      return id ? await read.get(TASKS, id) : undefined;
    }),
  );
  const numbers = numbersByTask(tasks.map((task) => task && { task: task.id, number: task.number }));
  return items.map(({ need, pod, for: absent }, n) => ({
    ...{ need, pod, number: numbers[n] ?? 0 },
    ...(tasks[n] ? { task: `#${tasks[n].number}` } : {}),
    ...(absent ? { for: absent } : {}),
  }));
}
