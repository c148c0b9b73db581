// Takes the due day that an acknowledgement proposed, by “yes” alone in a reply to that very mail.

import { ACTIVE, TASKS } from '../../../pods/tasks/task.ts';
import type { ReplyCommand } from '../../replies/command.ts';
import { sentAs } from '../bounces/sent.ts';
import type { MailContext, Proved } from '../context.ts';
import { originOf } from '../origin.ts';
import type { Going } from './happened.ts';

/**
 * Returns the command that the “yes” stands for. Undefined if it may mean anything else: an answer that the mail brings,
 * another of two days, or another mail. Only whoever was asked can say it.
 */
export async function dayTaken(mail: MailContext, arrived: Proved, to: Going): Promise<ReplyCommand | undefined> {
  const { inReplyTo } = arrived.mail;
  const parent = inReplyTo.length === 1 ? inReplyTo[0] : originOf(arrived).references?.at(-1);
  const sent = parent ? await sentAs(mail, parent) : undefined;
  if (sent?.about !== 'acknowledgement' || sent.conversation !== to.conversation.id) return undefined;
  if (!sent.to.some((one) => one === arrived.author.id)) return undefined;
  const { proposed, answer } = (await mail.shownIn(sent.id)) ?? {};
  if (!proposed || proposed.also || answer) return undefined;
  const tasks = await mail.read.find(TASKS, { where: { conversation: sent.conversation }, limit: 100 });
  const task = tasks.sort((a, b) => a.number - b.number)[0];
  const { day } = proposed;
  // Somebody who has set another day since did not mean this one to come back.
  if (!task || !ACTIVE.some((state) => state === task.state) || (task.due && task.due !== day)) return undefined;
  return { kind: 'due', line: 'yes', words: day, day, task: `#${task.number}` };
}
