// An answer that its author takes back before anybody has heard it: the question is open again, for the same people.
import type { Reader } from '../../../../log/action.ts';
import { isAgent, isPerson } from '../../../../log/participant.ts';
import { CONVERSATIONS } from '../../../conversations/conversation.ts';
import { namesAhead } from '../../../involvement/checkpoints.ts';
import { ownersIn } from '../../../members/members-of.ts';
import { present } from '../../../members/present.ts';
import { NEEDS, needId } from '../../../needs/need.ts';
import { heardUpTo } from '../../../runs/heard-up-to.ts';
import { isActive } from '../../../tasks/graph/ready.ts';
import { TASKS } from '../../../tasks/task.ts';
import { HEARINGS, hearingId } from '../../../telling/hearing.ts';
import { hoursOfAsked } from '../../due/hours-of-asked.ts';
import { afterHours, HOUR_MS, reminderAt } from '../../due/needed-by.ts';
import type { QuestionDoc, Reopening } from '../../question.ts';
import { isBetween } from '../settle-between.ts';
import { isSteps } from '../settle-steps.ts';

/**
 * Returns undefined if the question stays as it is: it was not answered, or somebody has heard the answer. An answer about two
 * wishes counts for the gate from its own commit on, so that it is never unheard.
 */
export async function reopeningOf(read: Reader, question: QuestionDoc, at: number): Promise<Reopening | undefined> {
  if (question.state !== 'answered' || isBetween(question)) return undefined;
  if (await (isSteps(question) ? isUsed(read, question) : isHeard(read, question))) return undefined;
  const { pod, asked, role, neededBy: before } = question;
  const [staying, owners] = await Promise.all([present(read, pod, asked), role ? ownersIn(read, pod) : []]);
  const hours = await hoursOfAsked(read, [...new Set([...asked, ...owners])], at);
  // They have at least an hour of working time, however late the answer was taken back.
  const fair = Math.min(...hours.map((one) => afterHours(at, HOUR_MS, one)));
  const neededBy = before === undefined ? undefined : Math.max(before, fair);
  // It did not pass on when they left, because it was settled then.
  const gone = asked.some((who) => !staying.includes(who));
  return {
    dueAt: gone ? at : Math.min(...hours.map((one) => reminderAt(at, neededBy, one))),
    ...(neededBy === undefined ? {} : { neededBy }),
  };
}

/**
 * A yes to calls is used once the run that has the newest list may have made them: it has heard the yes. A checkpoint is passed
 * by one commit, so that the log says whether the yes was used, also where the run has heard it.
 */
async function isUsed(read: Reader, question: QuestionDoc): Promise<boolean> {
  const { id, conversation, checkpoint } = question;
  const doc = await read.get(CONVERSATIONS, conversation);
  if (!doc?.atWork?.some(({ steps }) => steps?.question === id)) return true;
  if (!checkpoint) return isHeard(read, question);
  const task = await read.get(TASKS, checkpoint.task);
  const ahead = task && isActive(task) ? namesAhead(task) : [];
  return !checkpoint.names.every((name) => ahead.includes(name));
}

async function isHeard(read: Reader, { pod, settled, hearer, hearsIn, message }: QuestionDoc): Promise<boolean> {
  if (settled === undefined || hearsIn === undefined) return true;
  if (isAgent(hearer)) return (await heardUpTo(read, hearer, hearsIn)) >= settled;
  if (!isPerson(hearer)) return true;
  const id = needId(pod, hearer, { on: 'conversations', id: hearsIn });
  const [item, told] = await Promise.all([read.get(NEEDS, id), read.get(HEARINGS, hearingId(hearer, id))]);
  // An item that says more than this outcome is not withdrawn for it.
  const own = item?.state === 'open' && item.reason === 'answered' && item.message === message && item.count === 1;
  return !own || (told?.round === item.round && (told.state === 'told' || told.passedTo !== undefined));
}
