// Parses commands on lines of their own in a reply: `done`, `#3 done`, `assign to Ben`, `reopen #4`. Pure.
import type { Commanded, CommandFacts, ReplyCommand } from './command.ts';
import { dating, repeatingLine } from './lines/day-lines.ts';
import { half } from './lines/half-lines.ts';
import { polite } from './lines/parts.ts';
import { adding, admitting, deciding, isApart, separating, startingWorkflow } from './lines/pod-lines.ts';
import { approving, askingForReview, sendingBack } from './lines/review-lines.ts';
import { assigning, closeness, dropping, givingBack, goingOn, merging, moving, undoing } from './lines/task-lines.ts';

/** The most commands of one mail. */
const MOST = 10;

/** Returns the commands before the first ordinary line. A “done” below that line is only a word of the text. */
export function readCommands(text: string, facts: CommandFacts = {}): Commanded {
  const { nobody = new Set(), about } = facts;
  const lines = text.split('\n');
  const commands: ReplyCommand[] = [];
  let at = 0;
  for (; at < lines.length && commands.length < MOST; at += 1) {
    const line = (lines[at] ?? '').trim();
    if (line === '') continue;
    const command = readCommand(line, facts);
    if (!command || (command.kind === 'assign' && command.unsure && nobody.has(command.to))) break;
    if (command.kind === 'start' && !command.task && !about) break;
    commands.push(command);
  }
  return { commands, rest: commands.length ? lines.slice(at).join('\n').trim() : text.trim() };
}

type Kind = Exclude<ReplyCommand['kind'], 'half'>;
type ReadLine = (line: string, facts: CommandFacts) => ReplyCommand | undefined;

/** All commands of a reply. A line is the first of them that reads it. `example`: a line that people may write. */
export const REPLY_COMMANDS = {
  done: { example: 'done', read: (line) => moving('done', line) },
  start: { example: '#3 start', read: (line) => moving('start', line) },
  reopen: { example: 'reopen', read: (line) => moving('reopen', line) },
  undo: { example: 'undo', read: undoing },
  add: { example: 'add @scribe', read: adding },
  admit: { example: 'admit maja@example.com', read: admitting },
  assign: { example: 'assign to Ben', read: assigning },
  back: { example: 'not me: I am away that week', read: givingBack },
  drop: { example: '#7 drop: the hall is closed', read: dropping },
  review: { example: '#5 ask for review: the dates are mended', read: askingForReview },
  approve: { example: '#5 approve', read: approving },
  'send-back': { example: '#5 send back: the dates are last year’s', read: sendingBack },
  without: { example: '#9 go on without #7', read: goingOn },
  merge: { example: 'merge #4 into #3', read: merging },
  due: { example: 'due 24 December', read: dating },
  repeat: { example: 'repeat every Monday at 9:00', read: repeatingLine },
  workflow: { example: 'workflow customer-question (expert: Ben, sender: Ada)', read: startingWorkflow },
  decide: { example: 'decision: we take the blue boxes', read: deciding },
  involve: { example: '#3 only tell me when it’s done', read: closeness },
  apart: { example: 'own task', read: separating },
} as const satisfies Record<Kind, { example: string; read: ReadLine }>;

function readCommand(line: string, facts: CommandFacts): ReplyCommand | undefined {
  for (const { read } of Object.values(REPLY_COMMANDS)) {
    const command = read(line, facts);
    if (command) return command;
  }
  return half(line, facts);
}

/** True if a line of the text may make a task of its own of a mail. */
export function mayPart(text: string): boolean {
  return text.split('\n', MOST).some(isApart);
}

/** True for a text that says nothing but “yes”. It takes what a mail proposed, if the mail proposed one thing. */
export function isYes(text: string): boolean {
  return text.length < 60 && /^yes[.!]?$/iu.test(text.trim().replace(polite, ''));
}

/** Returns the command that the first word of the text gives, in upper or lower case. */
export function readCommandWord(text: string): 'accept' | 'reject' | 'other' {
  const word = /^\s*(accept|reject)\b/i.exec(text)?.[1]?.toLowerCase();
  return word === 'accept' || word === 'reject' ? word : 'other';
}
