// Parses commands on lines of their own in a reply: `done`, `#3 done`, `assign to Ben`, `reopen #4`. Pure.

/** `line`: as written. `unsure`: a command only if `to` is somebody's name; otherwise the line is an ordinary sentence. */
export type ReplyCommand = { line: string; task?: string } & (
  | { kind: 'done' | 'start' | 'reopen'; note?: string }
  | { kind: 'assign'; to: string; unsure?: true }
);

export interface Commanded {
  commands: ReplyCommand[];
  /** The remaining text. */
  rest: string;
}

/** The most commands of one mail. */
const MOST = 10;

const number = '(?:\\s+#(\\d{1,9}))?';
const note = '(?:\\s*[:,–-]\\s+(\\S.{0,500}))?';
const moved = new RegExp(`^(done|start|reopen)${number}${note}[.!]?$`, 'iu');
/** “#3 done” is “done #3”. */
const numbered = /^#(\d{1,9})[:,]?\s+(done|start|reopen)(?![\p{L}\p{N}])/iu;
const assigned = new RegExp(
  `^assign${number}\\s*(to\\s+|:\\s*)?(@?[\\p{L}\\p{N}][\\p{L}\\p{N} ._'’@-]{0,80}?)[.!]?$`,
  'iu',
);
const polite = /(?:,? (?:please|pls|thanks|thank you|now)[.!]?)+$/iu;
/** The most words of a name. */
const MOST_WORDS = 5;

/**
 * Only lines before the first ordinary line count: “done” in the middle of a text is a word.
 * `nobody`: names from unsure commands that turned out to be no names. `about`: it answers a notice about a task, so a bare
 * “start” is meant for that. Elsewhere it may answer a question.
 */
export function readCommands(text: string, nobody: ReadonlySet<string> = new Set(), about?: 'task'): Commanded {
  const lines = text.split('\n');
  const commands: ReplyCommand[] = [];
  let at = 0;
  for (; at < lines.length && commands.length < MOST; at += 1) {
    const line = (lines[at] ?? '').trim();
    if (line === '') continue;
    const command = readCommand(line);
    if (!command || (command.kind === 'assign' && command.unsure && nobody.has(command.to))) break;
    if (command.kind === 'start' && !command.task && !about) break;
    commands.push(command);
  }
  return { commands, rest: commands.length ? lines.slice(at).join('\n').trim() : text.trim() };
}

function readCommand(line: string): ReplyCommand | undefined {
  const [, verb, task, said] = moved.exec(line.replace(numbered, '$2 #$1')) ?? [];
  if (verb) {
    const kind = verb.toLowerCase() as 'done' | 'start' | 'reopen';
    return { kind, line, ...(task ? { task: `#${task}` } : {}), ...(said ? { note: said } : {}) };
  }
  const [, of, link, to = ''] = (line.length < 200 && assigned.exec(line.replace(polite, ''))) || [];
  const name = to.trim();
  if (!name || name.split(/\s+/).length > MOST_WORDS) return undefined;
  const unsure = !of && !link && !name.startsWith('@');
  return {
    kind: 'assign',
    line,
    to: name,
    ...(of ? { task: `#${of}` } : {}),
    ...(unsure ? { unsure: true as const } : {}),
  };
}

/** The first word of a one-word answer, in lower case. */
export function readCommandWord(text: string): 'accept' | 'reject' | 'other' {
  const word = /^\s*(accept|reject)\b/i.exec(text)?.[1]?.toLowerCase();
  return word === 'accept' || word === 'reject' ? word : 'other';
}
