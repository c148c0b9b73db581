// The buttons of a task's card that open a form: to give the task to somebody, to comment on it, to change it,
// to attach a file to it.
import { NotAllowed, NotFound } from '../../../errors.ts';
import { actionNamed } from '../../../log/act.ts';
import { ACTIONS } from '../../../pods/actions.ts';
import { MESSAGES } from '../../../pods/conversations/message.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';
import { taskNamed } from '../../../pods/require.ts';
import { cardOf } from '../../../pods/tasks/cards/card.ts';
import type { TaskDoc } from '../../../pods/tasks/task.ts';
import type { Inbound } from '../../../slack/parse/inbound.ts';
import { actionIds } from '../../../slack/render/action-ids.ts';
import type { SlackContext } from '../context.ts';
import { openActionForm } from '../forms/open.ts';
import { isMemberOf } from '../pods.ts';

type Button = Extract<Inbound, { kind: 'button' }>;

const FORMS: Readonly<Record<string, string>> = {
  [actionIds.giveTask]: 'assign_task',
  [actionIds.commentOnTask]: 'post_message',
  [actionIds.editTask]: 'update_task',
  [actionIds.attachFile]: 'attach_file',
  [actionIds.notMe]: 'give_back_task',
  [actionIds.waitInstead]: 'change_dependencies',
  [actionIds.dropTask]: 'drop_task',
  [actionIds.sendBack]: 'send_back',
  [actionIds.askReview]: 'request_review',
};

export function opensForm({ actionId }: Button): boolean {
  return actionId in FORMS;
}

export async function openCardForm(slack: SlackContext, pressed: Button, person: PersonDoc): Promise<void> {
  const { actionId, triggerId, channel } = pressed;
  // `lost`: the task that will not be done, if another is to take its place.
  const [pod = '', id = '', lost] = pressed.value.split('/');
  // Anybody may look into a public channel and click. The form names the members.
  if (!(await isMemberOf(slack, pod, person)))
    throw new NotAllowed('Only members of this pod can do that. Join the channel first.');
  // A list of what waits names it by its number.
  const task = await taskNamed(slack.read, pod, id).catch((error: unknown) => {
    if (error instanceof NotFound) throw new NotFound('This task is not there any more.');
    throw error;
  });
  const definition = actionNamed(ACTIONS, FORMS[actionId] ?? '');
  const comments = actionId === actionIds.commentOnTask;
  const fixed: Record<string, string> = comments
    ? { conversation: task.conversation ?? '' }
    : { task: task.id, ...(lost ? { remove: lost } : {}) };
  await openActionForm(slack, {
    ...{ definition, pod, channel, triggerId, fixed },
    ...(comments ? { task: task.id, ...(await begunComment(slack, task)) } : {}),
  });
}

/** In a thread that several tasks share, a comment begins with the number of its task. */
async function begunComment({ read }: SlackContext, task: TaskDoc): Promise<{ values?: Record<string, string> }> {
  const card = cardOf(task);
  const post = card && !task.card ? await read.get(MESSAGES, card.message) : undefined;
  return task.card || post?.cards ? { values: { text: `#${task.number}: ` } } : {};
}
