// Does what lines such as “#3 done” say in the channel of a pod: the same as in the thread of a notice and by mail. “done” in the
// thread of one task is for that task if its author has it, or gave it; else they read what to write.
import { UserFacingError } from '../../../errors.ts';
import type { ParticipantId } from '../../../log/participant.ts';
import { taskNamed } from '../../../pods/require.ts';
import { peopleAmong } from '../../../pods/tasks/giving/givers.ts';
import { listed } from '../../../pods/tasks/graph/waits-words.ts';
import { reviewersOf } from '../../../pods/tasks/review/review-state.ts';
import type { TaskDoc } from '../../../pods/tasks/task.ts';
import { keyOf } from '../../../slack/parse/inbound.ts';
import { notice } from '../../../slack/render/blocks.ts';
import type { Post } from '../../../slack/render/render.ts';
import { doCommand, type TaskCommand } from '../../notices/task-commands.ts';
import { refusalInSlack } from '../../typed-refusal.ts';
import type { SlackContext } from '../context.ts';
import type { Lines } from './command-lines.ts';
import type { Recorded } from './recorded.ts';

export async function obeyLines(slack: SlackContext, recorded: Recorded, lines: Lines): Promise<Post[]> {
  const done: string[] = [];
  for (const [n, command] of lines.commands.entries()) done.push(await obeyed(slack, recorded, lines, command, n));
  return [notice(done.join('\n'))];
}

/** Returns the sentence for the author: what was done, or why not. */
async function obeyed(
  slack: SlackContext,
  { pod, person, said }: Recorded,
  { here }: Lines,
  command: TaskCommand,
  n: number,
): Promise<string> {
  const { fill } = slack.texts;
  const { line } = command;
  const [only, ...others] = here;
  if (command.task === undefined && only && others.length) {
    const numbers = listed(here.map(({ number }) => `#${number}`));
    return fill('channel-words', 'which-task', { line, numbers, number: only.number });
  }
  try {
    const task = command.task === undefined && only ? only : await taskNamed(slack.read, pod.id, command.task ?? '');
    if (command.task === undefined && !concerns(task, command, person.id as ParticipantId))
      return fill('channel-words', 'not-yours', { line, number: task.number });
    const key = `command:${keyOf(said)}:${n}`;
    const { channel, threadTs: thread } = said;
    const origin = { kind: 'slack', team: slack.identity.teamId, channel, command: true } as const;
    const entry = { as: person, via: 'slack', key, origin: { ...origin, ...(thread ? { thread } : {}) } } as const;
    const did = await doCommand(slack, command, task, entry);
    return fill('channel-words', did ? 'did' : 'was-so', { line });
  } catch (error) {
    if (!(error instanceof UserFacingError)) throw error;
    return fill('notice', 'refused', { line, reason: refusalInSlack(error) });
  }
}

/** True if words without a number may be for the task: its author has it, gave it or reviews it. Verdicts say themselves whose they are. */
function concerns(task: TaskDoc, { kind }: TaskCommand, who: ParticipantId): boolean {
  if (kind === 'approve' || kind === 'send-back' || kind === 'involve') return true;
  const { assignee, createdBy, givenBy, givers } = task;
  return [assignee, createdBy, givenBy, ...peopleAmong(givers), ...reviewersOf(task)].includes(who);
}
