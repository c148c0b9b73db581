// Reads lines such as “#3 done” in the channel of a pod, and “done” in the thread of a task. Nothing else may stand beside them:
// Skein does not guess in a conversation of people.
import type { ParticipantId } from '../../../log/participant.ts';
import { placeKey } from '../../../log/place.ts';
import { CONVERSATIONS } from '../../../pods/conversations/conversation.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';
import type { PodDoc } from '../../../pods/pod/pod.ts';
import { absentOf } from '../../../pods/preferences/deputy.ts';
import { isActive } from '../../../pods/tasks/graph/ready.ts';
import { pending } from '../../../pods/tasks/review/review-state.ts';
import { TASKS, type TaskDoc } from '../../../pods/tasks/task.ts';
import type { MessagePosted } from '../../../slack/parse/inbound.ts';
import { commandsIn, type TaskCommand } from '../../notices/task-commands.ts';
import { readCommands } from '../../replies/reply-command.ts';
import type { SlackContext } from '../context.ts';
import { wordsOf } from '../text.ts';

export interface Lines {
  commands: TaskCommand[];
  /** The tasks of the thread, for lines without a number. */
  here: TaskDoc[];
  /** True if no agent has to read the message: each line names its task, or is the verdict for which Skein has asked its author. */
  certain: boolean;
}

/** Only a text that begins like one of these lines is read as one. */
const MAY_BE = /#\d/;
const MOST_CHARS = 5000;
/** More tasks of a thread are not named. */
const MOST_TASKS = 20;

/** Undefined if the message is anything else. */
export async function readLines(
  slack: SlackContext,
  pod: PodDoc,
  person: PersonDoc,
  said: MessagePosted,
): Promise<Lines | undefined> {
  if (said.channelType === 'im' || said.text.length > MOST_CHARS) return undefined;
  const { threadTs } = said;
  const mayBeBare = threadTs !== undefined && readCommands(said.text, { about: 'task' }).commands.length > 0;
  if (!mayBeBare && !MAY_BE.test(said.text)) return undefined;
  const { text } = await wordsOf(slack, said);
  const talk = threadTs ? await conversationAt(slack, pod, said) : undefined;
  const here = talk && mayBeBare ? await tasksOf(slack, talk.id) : [];
  const { commands, rest } = await commandsIn(slack.read, text, { task: here[0]?.id });
  const all = commands.filter((one): one is TaskCommand => !OF_PODS.has(one.kind));
  const bare = all.filter(({ task }) => task === undefined);
  if (!all.length || all.length < commands.length || rest || (bare.length > 0 && !here.length)) return undefined;
  const [only, ...others] = here;
  const isVerdict = bare.every(({ kind }) => kind === 'approve' || kind === 'send-back');
  // Bare words that may be the answer to a question of the thread are for whoever asks it.
  const judges =
    isVerdict && only && !others.length && !talk?.questions?.length && (await isAsked(slack, only, person, said));
  return { commands: all, here, certain: !bare.length || judges === true };
}

/** Lines that are not about a task. */
const OF_PODS: ReadonlySet<string> = new Set(['add', 'admit', 'decide', 'apart', 'workflow']);

async function conversationAt({ read, identity }: SlackContext, pod: PodDoc, said: MessagePosted) {
  const place = { kind: 'slack', team: identity.teamId, channel: said.channel, thread: said.threadTs ?? '' } as const;
  return (await read.find(CONVERSATIONS, { where: { pod: pod.id, placeKey: placeKey(place) }, limit: 1 }))[0];
}

/** Returns those that are not over. If all are, returns all: a line may open one again. */
async function tasksOf({ read }: SlackContext, conversation: string): Promise<TaskDoc[]> {
  const all = await read.find(TASKS, { where: { conversation }, limit: MOST_TASKS });
  const left = all.filter(({ erased }) => !erased).sort((a, b) => a.number - b.number);
  const active = left.filter(isActive);
  return active.length ? active : left;
}

async function isAsked({ read }: SlackContext, task: TaskDoc, { id }: PersonDoc, said: MessagePosted) {
  const asked = pending(task);
  if (!asked.length || asked.includes(id as ParticipantId)) return asked.length > 0;
  const absent = await absentOf(read, id, Math.round(Number(said.ts) * 1000));
  return absent.some((one) => asked.includes(one));
}
