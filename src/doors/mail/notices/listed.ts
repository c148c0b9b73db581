// Finds the things that a mail of ours lists by number, and the destination of a reply about one of them.
import { ownIdsIn } from '../../../email/thread.ts';
import { NotFound } from '../../../errors.ts';
import { idOf } from '../../../log/ids.ts';
import type { PersonId } from '../../../log/participant.ts';
import { ORG } from '../../../pods/members/rights.ts';
import { NEEDS } from '../../../pods/needs/need.ts';
import type { Listed } from '../../../pods/needs/waiting/numbers.ts';
import { taskNamed } from '../../../pods/require.ts';
import { isNoticeThread, listedItems, noticeItems } from '../../../pods/telling/notices/notice-thread.ts';
import { stillOpen } from '../../../pods/telling/still-open.ts';
import { destinationOf } from '../../notices/destination.ts';
import type { Destination, MailContext, Proved, ReplyThread } from '../context.ts';
import { keyOf } from '../origin.ts';
import { destinationOfTask } from './noticed.ts';

export interface ListMail {
  things: readonly Listed[];
  /** True for the answer to “waiting”, which lists everything. False for a notice. */
  everything: boolean;
}

const LIST = /^list_[0-9a-z]{1,40}$/;

/** Returns the thread of the list that answers this mail. */
export function listThread(arrived: Proved): ReplyThread {
  return { pod: ORG, thread: idOf('list', keyOf(arrived)), person: arrived.author.id };
}

/** Returns the threads of lists and notices that the mail answers, the newest first. */
export function listThreadsIn({ home }: MailContext, { mail }: Proved): string[] {
  return ownIdsIn(mail, home.domain)
    .filter(({ pod, thread }) => pod === ORG && (LIST.test(thread) || isNoticeThread(thread)))
    .map(({ thread }) => thread);
}

/** Returns the list. Undefined if somebody else got it, or if it is too old. */
export async function listOf(mail: MailContext, person: PersonId, thread: string): Promise<ListMail | undefined> {
  if (isNoticeThread(thread)) {
    const items = await noticeItems(mail.read, person, thread);
    return items && { things: await listedItems(mail.read, items), everything: false };
  }
  const things = await mail.replyList({ pod: ORG, thread, person });
  return things && { things, everything: true };
}

/** Returns the destination of a reply about the thing. */
export async function destinationOfListed(mail: MailContext, one: Listed): Promise<Destination | undefined> {
  const need = one.need ? await mail.read.get(NEEDS, one.need) : undefined;
  if (need) return destinationOf(mail.read, need);
  return one.task ? destinationOfTask(mail, await taskNamed(mail.read, one.pod, one.task)) : undefined;
}

/** True if the thing still waits for the person. */
export async function stillWaits({ read, clock }: MailContext, one: Listed, person: PersonId): Promise<boolean> {
  if (one.need) {
    const standIn = one.for && { for: one.for, at: clock() };
    return (await stillOpen(read, await read.get(NEEDS, one.need), person, standIn)) !== undefined;
  }
  const task = one.task
    ? await taskNamed(read, one.pod, one.task).catch((error: unknown) => {
        if (error instanceof NotFound) return undefined;
        throw error;
      })
    : undefined;
  return task?.assignee === person && (task.state === 'open' || task.state === 'started');
}
