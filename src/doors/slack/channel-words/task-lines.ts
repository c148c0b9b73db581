// Handles lines such as “#3 done” in the channel of a pod: they do what they do in the thread of a notice and by mail. Each names
// its task, and nothing else may stand beside them: Skein does not guess in a conversation of people.
import { UserFacingError } from '../../../errors.ts';
import { taskNamed } from '../../../pods/require.ts';
import { keyOf } from '../../../slack/parse/inbound.ts';
import { notice } from '../../../slack/render/blocks.ts';
import type { Post } from '../../../slack/render/render.ts';
import { commandsIn, doCommand, type TaskCommand } from '../../notices/task-commands.ts';
import { refusalInSlack } from '../../typed-refusal.ts';
import type { SlackContext } from '../context.ts';
import { wordsOf } from '../text.ts';
import type { Recorded } from './recorded.ts';

/** Only a text that begins like one of these lines is read as one. */
const MAY_BE = /#\d/;
const MOST_CHARS = 5000;

/** Undefined if the text is anything else. */
export async function obeyLines(slack: SlackContext, recorded: Recorded): Promise<Post[] | undefined> {
  const { said } = recorded;
  if (said.text.length > MOST_CHARS || !MAY_BE.test(said.text)) return undefined;
  const { text } = await wordsOf(slack, said);
  const { commands, rest } = await commandsIn(slack.read, text, {});
  const numbered = commands.filter((one): one is TaskCommand => 'task' in one && one.task !== undefined);
  if (!numbered.length || numbered.length < commands.length || rest) return undefined;
  const done: string[] = [];
  for (const [n, command] of numbered.entries()) done.push(await obeyed(slack, recorded, command, n));
  return [notice(done.join('\n'))];
}

/** Returns the sentence for the author: what was done, or why not. */
async function obeyed(
  slack: SlackContext,
  { pod, person, said }: Recorded,
  command: TaskCommand,
  n: number,
): Promise<string> {
  const { fill } = slack.texts;
  const { line } = command;
  try {
    const task = await taskNamed(slack.read, pod.id, command.task ?? '');
    const key = `command:${keyOf(said)}:${n}`;
    const did = await doCommand(slack, command, task, { as: person, via: 'slack', key });
    return fill('channel-words', did ? 'did' : 'was-so', { line });
  } catch (error) {
    if (!(error instanceof UserFacingError)) throw error;
    return fill('notice', 'refused', { line, reason: refusalInSlack(error) });
  }
}
