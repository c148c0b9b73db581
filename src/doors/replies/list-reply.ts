// Parses a reply to a mail that lists several things by number: “#3 done”, “#1 later monday”, “#2 yes, the left one”. Pure.
import type { ReplyCommand } from './command.ts';
import { readCommands } from './reply-command.ts';

/** The commands that name their task by the number of the list. */
const MOVES = ['done', 'start', 'drop', 'without', 'approve', 'send-back'] as const;
type Moving = Extract<ReplyCommand, { kind: (typeof MOVES)[number] | 'back' | 'reopen' }>;

/** The answer about what agents made from an erased text. `only`: the numbers of some of the things. */
export interface TraceAnswer {
  answer: 'forget' | 'keep';
  only?: string;
}

/** `until`: the time as the sender wrote it, to which the thing is put off. */
export type ListCommand = { number: number } & (
  | { kind: 'later'; until: string }
  | { kind: 'move'; command: Moving }
  | { kind: 'trace'; said: TraceAnswer }
);

/** `words`: the answer to one of the things. */
export type ListReply = { kind: 'commands'; commands: ListCommand[] } | { kind: 'words'; number: number; text: string };

/** The most commands of one mail. */
const MOST = 10;
const LATER = /later|tomorrow/i;
const LAST_NUMBER = /^(\S.*?)\s+#(\d{1,9})[.!]?$/;
const TRACE = /^#(\d{1,9})[:,]?\s+((?:forget|keep)\b.{0,100})$/i;
const TRACE_ANSWER =
  /^(forget|keep)(?: it| them)?(?: all)?(?: too)?(?: of (?:it|them))?(?:[:,]? #?(\d{1,3}(?:(?:,? and |[,;]? ?#?)\d{1,3})*))?[.!]?$/i;
const NUMBERED = /^#(\d{1,9})[:,]?\s+(\S.*)$/;

/** Returns undefined if the text does not say which thing it is for, or says several. `text`: the sender's own text. */
export function readListReply(text: string): ListReply | undefined {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const commands = lines.slice(0, MOST + 1).map(commandIn);
  const all = commands.filter((one) => one !== undefined);
  if (all.length === lines.length && all.length > 0 && all.length <= MOST) return { kind: 'commands', commands: all };
  // A command with other words below it may belong to two things.
  const [, number, begins] = commands[0] ? [] : (NUMBERED.exec(lines[0] ?? '') ?? []);
  if (!number || !begins || lines.slice(1).some((line) => /^#\d/.test(line) || commandIn(line))) return undefined;
  return {
    kind: 'words',
    number: Number(number),
    text: [begins, ...text.trim().split('\n').slice(1)].join('\n').trim(),
  };
}

/** The most characters of a time. Longer words are no time, so they are an answer. */
const MOST_TIME = 30;

/**
 * Returns the time to which the text puts something off, as it is written there: “later monday”, or “tomorrow” alone.
 * Undefined for a text that says anything else.
 */
export function laterIn(text: string): string | undefined {
  const said = text.trim().replace(/[.!]+$/, '');
  if (/^(?:later )?tomorrow$/i.test(said)) return 'tomorrow';
  const [, time = ''] = /^later[:,]?[ \t]+(\S.*)$/i.exec(said) ?? [];
  return time && time.length <= MOST_TIME && time.split(/\s+/).length <= 4 ? time : undefined;
}

/** Reads “forget”, “keep” or “forget 1, 3” alone. */
export function readTraceAnswer(text: string): TraceAnswer | undefined {
  const [, answer, only] = TRACE_ANSWER.exec(text.trim()) ?? [];
  if (!answer) return undefined;
  return { answer: answer.toLowerCase() === 'keep' ? 'keep' : 'forget', ...(only ? { only } : {}) };
}

/** True for an answer that begins with “yes” or “no”, and names no number of the list. */
export function saysYesOrNo(text: string): boolean {
  return /^\s*(?:yes|no)\b/i.test(text) && !/#\d/.test(text);
}

function commandIn(line: string): ListCommand | undefined {
  if (LATER.test(line)) {
    const [, before, words = ''] = NUMBERED.exec(line) ?? [];
    const [, first = '', after] = LAST_NUMBER.exec(line) ?? [];
    const until = laterIn(words) ?? laterIn(first);
    if (until) return { kind: 'later', number: Number(before ?? after), until };
  }
  const [, of, said = ''] = TRACE.exec(line) ?? [];
  const answer = readTraceAnswer(said);
  if (of && answer) return { kind: 'trace', number: Number(of), said: answer };
  const { commands, rest } = readCommands(line, { about: 'task' });
  const [command] = commands;
  if (!command || rest || !command.task || !isMoving(command)) return undefined;
  return { kind: 'move', number: Number(command.task.slice(1)), command };
}

function isMoving(command: ReplyCommand): command is Moving {
  return MOVES.some((kind) => kind === command.kind);
}
