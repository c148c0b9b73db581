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
import { withUndo } from '../tasks/undo-button.ts';
import type { Lines } from './command-lines.ts';
import type { Recorded } from './recorded.ts';

export async function obeyLines(slack: SlackContext, recorded: Recorded, lines: Lines): Promise<Post[]> {
  const all: Obeyed[] = [];
  for (const [n, command] of lines.commands.entries()) all.push(await obeyed(slack, recorded, lines, command, n));
  const said = notice(all.map(({ words }) => words).join('\n'));
  const [only, ...more] = all;
  return [only && !more.length ? await withUndo(slack, recorded.person, said, only) : said];
}

interface Obeyed {
  /** The sentence for the author: what was done, or why not. */
  words: string;
  /** The task to which it was done, and the number of the commit. Absent if nothing was done. */
  task?: string;
  seq?: number | undefined;
}

async function obeyed(
  slack: SlackContext,
  { pod, person, said }: Recorded,
  { here }: Lines,
  command: TaskCommand,
  n: number,
): Promise<Obeyed> {
  const { fill } = slack.texts;
  const { line } = command;
  const [only, ...others] = here;
  if (command.task === undefined && only && others.length) {
    const numbers = listed(here.map(({ number }) => `#${number}`));
    return { words: fill('channel-words', 'which-task', { line, numbers, number: only.number }) };
  }
  try {
    const task = command.task === undefined && only ? only : await taskNamed(slack.read, pod.id, command.task ?? '');
    if (command.task === undefined && !concerns(task, command, person.id as ParticipantId))
      return { words: fill('channel-words', 'not-yours', { line, number: task.number }) };
    const key = `command:${keyOf(said)}:${n}`;
    const { channel, threadTs: thread } = said;
    const origin = { kind: 'slack', team: slack.identity.teamId, channel, command: true } as const;
    const entry = { as: person, via: 'slack', key, origin: { ...origin, ...(thread ? { thread } : {}) } } as const;
    const did = await doCommand(slack, command, task, entry);
    const words = fill('channel-words', did ? 'did' : 'was-so', { line });
    return did ? { words, task: task.id, seq: did.seq } : { words };
  } catch (error) {
    if (!(error instanceof UserFacingError)) throw error;
    return { words: fill('notice', 'refused', { line, reason: refusalInSlack(error) }) };
  }
}

/** True if words without a number may be for the task: its author has it, gave it or reviews it. Verdicts say themselves whose they are. */
function concerns(task: TaskDoc, { kind }: TaskCommand, who: ParticipantId): boolean {
  if (kind === 'approve' || kind === 'send-back' || kind === 'involve' || kind === 'undo') return true;
  const { assignee, createdBy, givenBy, givers } = task;
  return [assignee, createdBy, givenBy, ...peopleAmong(givers), ...reviewersOf(task)].includes(who);
}
