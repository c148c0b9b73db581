// The commands that people write about a task, by mail or in Slack: reads them, and does one. One meaning at every door.

import { Conflict, InvalidInput } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import type { ParticipantId } from '../../log/participant.ts';
import { closenessIn } from '../../pods/involvement/level.ts';
import { candidates, memberNamed } from '../../pods/people/directory.ts';
import { comingDay } from '../../pods/spoken-day.ts';
import { spokenRule } from '../../pods/tasks/repeats/spoken-rule.ts';
import type { SetToWork } from '../../pods/tasks/set-to-work.ts';
import { TASKS, type TaskDoc, type TaskState } from '../../pods/tasks/task.ts';
import { type EnterDeps, type Entry, enter, type Known } from '../enter.ts';
import type { Commanded, ReplyCommand } from '../replies/command.ts';
import { readCommands } from '../replies/reply-command.ts';
import { undoOf, wasUndone } from './undo.ts';

export type TaskCommand = Exclude<ReplyCommand, { kind: 'add' | 'admit' | 'decide' | 'apart' | 'workflow' }>;

/**
 * Returns the commands of a text. A line that may be a sentence is a command only if it contains a participant's name:
 * “Assign seats for the tasting” is none. `task`: set if the text is known to be about a task. `today`: the author's day, if a
 * line may set a due day. `joined`: their mail that joined the task, if a line may make a task of its own of it.
 */
export async function commandsIn(
  read: Reader,
  text: string,
  { task, today, joined }: { task?: string | undefined; today?: string | undefined; joined?: string | undefined },
): Promise<Commanded> {
  const about = task ? ('task' as const) : undefined;
  const dayIn = today ? (words: string) => comingDay(words, today) : undefined;
  const facts = { about, involves, dayIn, joined, everyIn };
  const unsure = readCommands(text, facts).commands.flatMap((one) =>
    one.kind === 'assign' && one.unsure ? [one.to] : [],
  );
  const found = await Promise.all(unsure.map((name) => candidates(read, name)));
  return readCommands(text, {
    ...facts,
    nobody: new Set(unsure.filter((_, n) => !found[n]?.length)),
  });
}

/** Only whether they are days: which ones is read by the clock of whoever writes them. */
export const everyIn = (words: string) => spokenRule(words, '2026-01-01') !== undefined;

const involves = (words: string) => closenessIn(words) !== undefined;

export const MOVES = {
  done: { action: 'complete_task', part: 'done', state: 'done' },
  start: { action: 'start_task', part: 'started', state: 'started' },
  reopen: { action: 'reopen_task', part: 'reopened', state: 'open' },
} as const satisfies Record<string, { action: string; part: string; state: TaskState }>;

export interface Did extends Partial<SetToWork['left']> {
  /** The name of the person who is away and for whom their deputy did it. */
  for?: string;
  /** The participant who has the task now. */
  assignee?: ParticipantId;
  /** The number of the commit that did it. */
  seq?: number | undefined;
  /** When the task comes again. Set if it repeats. */
  repeat?: { every?: string; day?: string };
}

type Deps = EnterDeps & { clock(): number };

/** Does what the command says. Undefined if the task is so already, for example because somebody was faster. */
export async function doCommand(
  deps: Deps,
  command: TaskCommand,
  task: TaskDoc,
  entry: Omit<Entry, 'action' | 'input' | 'pod' | 'as'> & { as: Known },
): Promise<Did | undefined> {
  const { read } = deps;
  if (command.kind === 'undo') return undo(deps, task, entry);
  const assignee = await assigneeIn(read, command, task, entry.as.id as ParticipantId);
  try {
    const asked = { ...entry, pod: { id: task.pod }, ...actOf(command, task.id, assignee) };
    const { result, commit } = await enter<SetToWork['left']>(deps, asked);
    return { ...result, seq: commit?.seq, ...(assignee ? { assignee } : {}) };
  } catch (error) {
    if (error instanceof Conflict && isSo(command, await read.get(TASKS, task.id), assignee)) return undefined;
    throw error;
  }
}

async function undo(
  deps: Deps,
  task: TaskDoc,
  entry: Omit<Entry, 'action' | 'input' | 'pod' | 'as'> & { as: Known },
): Promise<Did> {
  if (await wasUndone(deps.read, task, entry.key)) return {};
  const act = await undoOf(deps.read, task, { who: entry.as.id as ParticipantId, now: deps.clock() });
  const { result, commit } = await enter<SetToWork['left']>(deps, { ...entry, pod: { id: task.pod }, ...act });
  return { ...result, seq: commit?.seq };
}

/** Returns the action that a command means, and its input. @throws NotFound for a name that nobody has; InvalidInput for a half command */
export async function actFor(
  read: Reader,
  command: Exclude<TaskCommand, { kind: 'undo' }>,
  task: TaskDoc,
  by: ParticipantId,
) {
  return actOf(command, task.id, await assigneeIn(read, command, task, by));
}

/** “Me” is the author of the line. @throws NotFound for a name that nobody has */
async function assigneeIn(
  read: Reader,
  command: TaskCommand,
  { pod }: TaskDoc,
  by: ParticipantId,
): Promise<ParticipantId | undefined> {
  if (command.kind !== 'assign') return undefined;
  return isOneself(command.to) ? by : (await memberNamed(read, pod, command.to)).id;
}

export function isOneself(name: string): boolean {
  return /^(?:me|myself)$/i.test(name.trim());
}

function actOf(command: Exclude<TaskCommand, { kind: 'undo' }>, task: string, assignee: ParticipantId | undefined) {
  switch (command.kind) {
    case 'done':
    case 'start':
    case 'reopen': {
      const { kind, note } = command;
      return { action: MOVES[kind].action, input: { task, ...(note ? { note } : {}) } };
    }
    case 'assign':
      return { action: 'assign_task', input: { task, assignee } };
    case 'back':
      return { action: 'give_back_task', input: { task, reason: command.reason } };
    case 'drop': {
      const { reason, parts } = command;
      return { action: 'drop_task', input: { task, reason, ...(parts ? { parts } : {}) } };
    }
    case 'approve': {
      const { note } = command;
      return { action: 'approve', input: { task, ...(note ? { note } : {}) } };
    }
    case 'review': {
      const { note } = command;
      return { action: 'request_review', input: { task, ...(note ? { note } : {}) } };
    }
    case 'send-back':
      return { action: 'send_back', input: { task, comments: command.comments } };
    case 'without': {
      const { other, instead } = command;
      const input = { task, remove: [other], ...(instead ? { add: [instead] } : {}) };
      return { action: 'change_dependencies', input };
    }
    case 'merge': {
      const { into, note } = command;
      return { action: 'merge_tasks', input: { task, into, ...(note ? { note } : {}) } };
    }
    case 'due':
      if (!command.day) throw new InvalidInput(noDay(command.words));
      return { action: 'update_task', input: { task, due: command.day } };
    case 'repeat': {
      const { every } = command;
      return { action: 'repeat_task', input: { task, ...(every === undefined ? { go_on: true } : { every }) } };
    }
    case 'involve':
      return { action: 'set_involvement', input: { task, ...closenessIn(command.words) } };
    case 'half':
      throw new InvalidInput(command.asks);
    default:
      return command satisfies never;
  }
}

function noDay(words: string): string {
  return `“${words}” is no day that Skein can read. Write “due 24 December”, “due Friday”, “due in two weeks” or “due 2026-12-24”.`;
}

function isSo(
  command: Exclude<TaskCommand, { kind: 'undo' }>,
  task: TaskDoc | undefined,
  assignee: ParticipantId | undefined,
): boolean {
  if (command.kind === 'involve' || command.kind === 'back' || command.kind === 'half') return false;
  if (command.kind === 'repeat' || command.kind === 'without') return false;
  if (command.kind === 'approve' || command.kind === 'send-back' || command.kind === 'review') return false;
  if (command.kind === 'drop') return task?.state === 'dropped';
  if (command.kind === 'merge') return task?.merged !== undefined && `#${task.merged.number}` === command.into;
  if (command.kind === 'due') return task?.due === command.day;
  return command.kind === 'assign' ? task?.assignee === assignee : task?.state === MOVES[command.kind].state;
}
