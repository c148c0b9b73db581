// Checks the commands of a mail before the first of them is done: all are done, or none.
import { quiet } from '../../../digest/quiet.ts';
import { NotFound } from '../../../errors.ts';
import type { ConversationDoc } from '../../../pods/conversations/conversation.ts';
import { shownDate } from '../../../pods/local-time.ts';
import { memberNamed } from '../../../pods/people/directory.ts';
import { taskNamed } from '../../../pods/require.ts';
import { repeatOf } from '../../../pods/tasks/repeats/repeat-of.ts';
import { TASKS, type TaskDoc } from '../../../pods/tasks/task.ts';
import { filledRoles } from '../../../pods/workflows/fill-roles.ts';
import { workflowNamed } from '../../../pods/workflows/workflow-named.ts';
import { everyIn, isOneself, type TaskCommand } from '../../notices/task-commands.ts';
import type { ReplyCommand } from '../../replies/command.ts';
import { refusalByMail } from '../../typed-refusal.ts';
import type { Destination, MailContext } from '../context.ts';

type To = Destination & { conversation: ConversationDoc };

/** Returns the reason for each command that can't be done, by its position. Empty if all can. */
export async function faultsIn(
  mail: MailContext,
  to: To,
  commands: readonly ReplyCommand[],
): Promise<Map<number, string>> {
  const faults = new Map<number, string>();
  // A command finds the task as the commands above it leave it.
  const states = new Map<string, TaskDoc['state']>();
  for (const [n, command] of commands.entries())
    try {
      const fault = await faultOf(mail, to, command, states);
      if (fault) faults.set(n, fault);
    } catch (error) {
      faults.set(n, refusalByMail(error));
    }
  return faults;
}

async function faultOf(
  mail: MailContext,
  to: To,
  command: ReplyCommand,
  states: Map<string, TaskDoc['state']>,
): Promise<string | undefined> {
  if (command.kind === 'add' || command.kind === 'admit' || command.kind === 'decide' || command.kind === 'apart')
    return undefined;
  if (command.kind === 'half') return command.asks;
  if (command.kind === 'workflow') {
    const workflow = await workflowNamed(mail.read, command.name);
    await filledRoles(mail.read, to.pod.id, workflow, command.roles);
    return undefined;
  }
  const task = await taskMeant(mail, to, command);
  if (command.kind === 'assign' && !isOneself(command.to)) await memberNamed(mail.read, to.pod.id, command.to);
  if (command.kind === 'due') return dayFault(mail, command);
  if (command.kind === 'merge') {
    await taskNamed(mail.read, to.pod.id, command.into);
    return undefined;
  }
  if (command.kind === 'repeat') return repeatFault(mail, command, task);
  if (command.kind === 'without') {
    if (command.instead) await taskNamed(mail.read, to.pod.id, command.instead);
    return undefined;
  }
  if (command.kind === 'approve' || command.kind === 'send-back' || command.kind === 'review') return undefined;
  if (command.kind === 'assign' || command.kind === 'involve' || command.kind === 'back') return undefined;
  if (command.kind === 'undo') return undefined;
  const state = states.get(task.id) ?? task.state;
  if (command.kind === 'start' && (state === 'done' || state === 'dropped'))
    return `#${task.number} is ${state}; only an open task can be started.`;
  states.set(task.id, AFTER[command.kind]);
  return undefined;
}

async function repeatFault(
  { read, texts: { fill } }: MailContext,
  { every }: Extract<ReplyCommand, { kind: 'repeat' }>,
  task: TaskDoc,
): Promise<string | undefined> {
  const { number } = task;
  if (every) return everyIn(every) ? undefined : fill('mail-command', 'no-rule', { words: quiet(every, 60) });
  const state = (await repeatOf(read, task))?.state ?? 'ended';
  if (state === 'ended') return fill('mail-command', 'no-repeat', { number });
  return every === undefined && state === 'on' ? fill('mail-command', 'goes-on-already', { number }) : undefined;
}

/** A day that may be another one is asked back, never guessed. */
function dayFault({ texts: { fill } }: MailContext, command: Extract<ReplyCommand, { kind: 'due' }>) {
  const { words, day, also } = command;
  if (!day) return fill('mail-command', 'no-day', { words: quiet(words, 40) });
  if (!also) return undefined;
  const [first, second] = [shownDate(day), shownDate(also)];
  return fill('mail-command', 'which-day', { words: quiet(words, 40), day: first, also: second, date: day });
}

const AFTER = { done: 'done', start: 'started', reopen: 'open', drop: 'dropped' } as const;

/** Returns the task that the command names, else that of the notice, else the newest of the conversation. */
export async function taskMeant(mail: MailContext, to: To, command: TaskCommand): Promise<TaskDoc> {
  const named = command.task ?? to.task;
  return named ? taskNamed(mail.read, to.pod.id, named) : newestTask(mail, to.conversation);
}

async function newestTask({ read }: MailContext, { id, pod }: ConversationDoc): Promise<TaskDoc> {
  const tasks = await read.find(TASKS, { where: { conversation: id }, limit: 100 });
  const newest = tasks.filter((task) => task.pod === pod && !task.erased).sort((a, b) => b.number - a.number)[0];
  if (newest) return newest;
  throw new NotFound('No task belongs to this conversation. Name one by its number, as in “done #3”.');
}
