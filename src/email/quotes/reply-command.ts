// What a reply asks for in a line of its own: `done`, `assign to Ben`, `reopen #4`. Pure.

/** `line`: as it was written. `unsure`: it may be the beginning of a sentence; it is one where nobody goes by that name. */
export type ReplyCommand = { line: string; task?: string } & (
  | { kind: 'done'; note?: string }
  | { kind: 'reopen'; note?: string }
  | { kind: 'assign'; to: string; unsure?: true }
);

export interface Commanded {
  commands: ReplyCommand[];
  /** What was written besides. */
  rest: string;
}

/** More than anybody writes; a mail full of them is none of a person's. */
const MOST = 10;

const number = '(?:\\s+#(\\d{1,9}))?';
const note = '(?:\\s*[:,–-]\\s+(\\S.{0,500}))?';
const moved = new RegExp(`^(done|reopen)${number}${note}[.!]?$`, 'iu');
const assigned = new RegExp(
  `^assign${number}\\s*(to\\s+|:\\s*)?(@?[\\p{L}\\p{N}][\\p{L}\\p{N} ._'’@-]{0,80}?)[.!]?$`,
  'iu',
);
const polite = /(?:,? (?:please|pls|thanks|thank you|now)[.!]?)+$/iu;
/** No name has more words. */
const MOST_WORDS = 5;

/**
 * Only lines before the first that is no command count: “done” in the middle of a text is a word.
 * `nobody`: what looked like a name in an unsure command and is none.
 */
export function readCommands(text: string, nobody: ReadonlySet<string> = new Set()): Commanded {
  const lines = text.split('\n');
  const commands: ReplyCommand[] = [];
  let at = 0;
  for (; at < lines.length && commands.length < MOST; at += 1) {
    const line = (lines[at] ?? '').trim();
    if (line === '') continue;
    const command = readCommand(line);
    if (!command || (command.kind === 'assign' && command.unsure && nobody.has(command.to))) break;
    commands.push(command);
  }
  return { commands, rest: commands.length ? lines.slice(at).join('\n').trim() : text.trim() };
}

function readCommand(line: string): ReplyCommand | undefined {
  const [, verb, task, said] = moved.exec(line) ?? [];
  if (verb) {
    const kind = verb.toLowerCase() === 'done' ? 'done' : 'reopen';
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

/** The first word of an answer that is to be one word, in lower case. */
export function readCommandWord(text: string): 'accept' | 'reject' | 'other' {
  const word = /^\s*(accept|reject)\b/i.exec(text)?.[1]?.toLowerCase();
  return word === 'accept' || word === 'reject' ? word : 'other';
}
