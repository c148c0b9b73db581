// Handles /skein #1 done: a command about a task in the words that people write in a reply, in either order.
import { actionNamed } from '../../../log/act.ts';
import type { ParticipantId } from '../../../log/participant.ts';
import { ACTIONS } from '../../../pods/actions.ts';
import { localDay } from '../../../pods/local-time.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';
import { taskNamed } from '../../../pods/require.ts';
import type { Post } from '../../../slack/render/render.ts';
import { enter } from '../../enter.ts';
import { actFor, commandsIn, type TaskCommand } from '../../notices/task-commands.ts';
import { undoOf } from '../../notices/undo.ts';
import type { ReplyCommand } from '../../replies/command.ts';
import { REPLY_COMMANDS } from '../../replies/reply-command.ts';
import { spokenVerb } from '../../replies/spoken-verbs.ts';
import type { SlackContext } from '../context.ts';
import { answerOf } from '../typed.ts';
import { podHere } from './pod-command.ts';

export const SAID_HELP = [
  {
    usage: '/skein #7 done',
    says: 'about a task: done, start, reopen, approve, send back: …, ask for review, drop: …, go on without #6, assign to @ben, due Friday, not me: …, undo',
  },
];

/** Undefined if the words are no command about a task that they name. */
export async function saidCommand(
  slack: SlackContext,
  asked: { triggerId: string },
  person: PersonDoc,
  { text, pod, at }: { text: string; pod: () => Promise<{ id: string } | undefined>; at: number },
): Promise<Post | undefined> {
  const spoken = spokenVerb(text);
  if (!spoken) return undefined;
  // “approve #1” means the same as “#1 approve”.
  const ways = [text, text.replace(/^(\D+?)\s+(#\d{1,9})(?=\s|:|$)/, '$2 $1'), spoken];
  const today = localDay(person.timeZone ?? 'UTC', at);
  const read = await Promise.all(ways.map((one) => commandsIn(slack.read, one, { task: 'any', today })));
  const whole = read.flatMap(({ commands: [one, ...more], rest }) => (one && !more.length && !rest ? [one] : []));
  // If it can be read in two ways, the one that lacks nothing is meant.
  const command = whole.find(({ kind }) => kind !== 'half') ?? whole[0];
  if (!command?.task || !isOfTask(command)) return undefined;
  const here = podHere(await pod(), 'its task is meant');
  const task = await taskNamed(slack.read, here.id, command.task);
  const who = person.id as ParticipantId;
  const act =
    command.kind === 'undo'
      ? await undoOf(slack.read, task, { who, now: slack.clock() })
      : await actFor(slack.read, command, task, who);
  const key = `said:${asked.triggerId}`;
  const entered = await enter(slack, { as: person, pod: here, ...act, via: 'slack', key });
  return answerOf(slack, person, actionNamed(ACTIONS, act.action), { ...entered, key });
}

const OF_PODS: readonly string[] = ['add', 'admit', 'decide', 'apart', 'workflow'];

function isOfTask(command: ReplyCommand): command is ReplyCommand & TaskCommand {
  return !OF_PODS.includes(command.kind);
}

/** Returns a command about this task for each kind that there is: “#7 done”, “#7 drop: the hall is closed”. */
export function saidExamples(task: string): string[] {
  return Object.entries(REPLY_COMMANDS)
    .filter(([kind]) => !OF_PODS.includes(kind))
    .map(([, { example }]) => example.replace(/^merge #\d+ /, 'merge ').replace(/^(?:#\d+ )?/, `${task} `));
}

/** Returns the command about a task that begins with the word, as people write it: “#7 drop: the hall is closed”. */
export function saidExample(word: string): string | undefined {
  const first = word.toLowerCase().replace(/[:.!]+$/, '');
  return first ? saidExamples('#7').find((one) => one.split(/[\s:]+/)[1] === first) : undefined;
}
