// Parses commands on lines of their own in a reply: `done`, `#3 done`, `assign to Ben`, `reopen #4`. Pure.

/**
 * `line`: the line as the author wrote it. `unsure`: the line is a command only if somebody has the name `to`;
 * otherwise it is an ordinary sentence.
 */
export type ReplyCommand = { line: string; task?: string } & (
  | { kind: 'done' | 'start' | 'reopen'; note?: string }
  | { kind: 'assign'; to: string; unsure?: true }
  | { kind: 'back' | 'drop'; reason: string }
  | { kind: 'approve' | 'review'; note?: string }
  | { kind: 'send-back'; comments: string }
  /** The task goes on without `other`, or waits for `instead` in its place. */
  | { kind: 'without'; other: string; instead?: string }
  /** `task` joins the task `into`. */
  | { kind: 'merge'; into: string; note?: string }
  | { kind: 'add'; agent: string }
  | { kind: 'admit'; address: string; name?: string }
  | { kind: 'involve'; words: string }
  /** `message`: the mail that joined a task. */
  | { kind: 'apart'; message: string }
  /** `day` is absent if the words are no day. `also`: another day that they may mean. */
  | { kind: 'due'; words: string; day?: string; also?: string }
  /** `every`: on which days; null ends it. Absent: it goes on. */
  | { kind: 'repeat'; every?: string | null }
  /** `roles`: such as “presenter: Ada”. `about` is absent where nothing is said: then it is what the conversation is about. */
  | { kind: 'workflow'; name: string; about?: string; roles: string[] }
  | { kind: 'decide'; decision: string }
);

export interface Commanded {
  commands: ReplyCommand[];
  /** The text that remains without the commands. */
  rest: string;
}

/** The most commands of one mail. */
const MOST = 10;

const number = '(?:\\s+#(\\d{1,9}))?';
const note = '(?:\\s*[:,–-]\\s+(\\S.{0,500}))?';
const moved = new RegExp(`^(done|start|reopen)${number}${note}[.!]?$`, 'iu');
/** Matches “#3 done”, which means the same as “done #3”. */
const numbered = /^#(\d{1,9})[:,]?\s+(done|start|reopen)(?![\p{L}\p{N}])/iu;
const assigned = new RegExp(
  `^assign${number}\\s*(to\\s+|:\\s*)?(@?[\\p{L}\\p{N}][\\p{L}\\p{N} ._'’@-]{0,80}?)[.!]?$`,
  'iu',
);
const added = /^add\s+@([a-z0-9][a-z0-9-]{0,39})[.!]?$/iu;
/** Matches “admit maja@example.com”, “admit Maja Holm <maja@example.com>”. */
const admitted =
  /^admit\s+(?:([\p{L}\p{N}][\p{L}\p{N} .'’-]{0,79}?)\s+)?<?([^\s<>@,;]{1,64}@[^\s<>@,;]{1,190}?)>?[.!]?$/iu;
const back = /^(?:#(\d{1,9})[:,]?\s+)?not me(?:\s+#(\d{1,9}))?\s*[:–-]\s*(\S.{0,499})$/iu;
/** Matches “drop: the hall is closed”, “#7 drop: …” and “drop #7: …”. Without the colon the line may be a sentence. */
const dropped = /^(?:#(\d{1,9})[:,]?\s+)?drop(?:\s+(?:it|#(\d{1,9})))?\s*:\s*(\S.{0,499})$/iu;
/** Matches “approve”, “#5 approve” and “approve #5: the second chart is right now”. */
const approved = /^(?:#(\d{1,9})[:,]?\s+)?approved?(?:\s+#(\d{1,9}))?(?:\s*[:,–-]\s+(\S.{0,499}?))?[.!]?$/iu;
/** Matches “send back: the dates are wrong”, and “#5 send back: …”. Without the colon the line may be a sentence. */
const sentBack = /^(?:#(\d{1,9})[:,]?\s+)?send(?: it)? back(?:\s+#(\d{1,9}))?\s*:\s*(\S.{0,1999})$/iu;
/** Matches “ask for review”, “#5 ask for a review: the dates are mended”. */
const askedFor =
  /^(?:#(\d{1,9})[:,]?\s+)?ask for (?:a )?review(?: of)?(?:\s+#(\d{1,9}))?(?:\s*[:,–-]\s+(\S.{0,1999}?))?[.!]?$/iu;
const without = /^(?:#(\d{1,9})[:,]?\s+)?go on without\s+#(\d{1,9})[.!]?$/iu;
const instead = /^(?:#(\d{1,9})[:,]?\s+)?wait for\s+#(\d{1,9})\s+instead of\s+#(\d{1,9})[.!]?$/iu;
const merged = /^merge\s+(?:#(\d{1,9})\s+)?(?:into|with)\s+#(\d{1,9})(?:\s*[:,–-]\s+(\S.{0,499}))?$/iu;
/** Matches “due Friday”, “due: 24 November”, “#3 due 2026-12-04”, and “due #3 Friday”. */
const dueOn = /^(?:#(\d{1,9})[:,]?\s+)?due(?:\s+#(\d{1,9}))?(\s*:)?\s+(\S.{0,39})$/iu;
const repeats = /^(?:#(\d{1,9})[:,]?\s+)?repeats?(?:\s+#(\d{1,9}))?(\s*:)?\s+((?:every|each)\s\S.{0,70}?)[.!]?$/iu;
/** Matches “go on repeating”, “#3 stop repeating” and “stop repeating #3”. */
const repeating = /^(?:#(\d{1,9})[:,]?\s+)?(go on|stop|end)\s+repeating(?:\s+#(\d{1,9}))?[.!]?$/iu;
/** Matches “workflow weekly-slides: week 49 (contributor: Ben, presenter: Ada)”. */
const workflow = /^workflow\s+([a-z][a-z0-9-]{0,40})(?:\s*:\s*([^()]{1,150}?))?(?:\s*\(([^()]{1,400})\))?[.!]?$/iu;
const decided = /^decision\s*:\s*(\S.{0,2000})$/iu;
const polite = /(?:,? (?:please|pls|thanks|thank you|now)[.!]?)+$/iu;
const apart = /^(?:own task|a task of its own)[.!]?$/iu;
const OWN_TASK = 'own task';
/** The most words of a name. */
const MOST_WORDS = 5;

export interface CommandFacts {
  /** The names of assignees that no member has. A line “assign to” one of them is text, and no command. */
  nobody?: ReadonlySet<string>;
  /**
   * Set if the reply answers a notice about a task. A line “start” is then a command for that task; in other replies it
   * may answer a question.
   */
  about?: 'task' | undefined;
  /** True if the words say how closely their author stays with a task, such as “only tell me when it's done”. */
  involves?: ((words: string) => boolean) | undefined;
  /** The author's mail that joined the task of the conversation. Absent: no line makes a task of its own of it. */
  joined?: string | undefined;
  /** Reads a day, as “Friday”. Absent: no line sets a due day. */
  dayIn?: ((words: string) => { day: string; also?: string } | undefined) | undefined;
  /** True if the words say on which days something repeats, such as “every Monday”. Absent: no line says that. */
  everyIn?: ((words: string) => boolean) | undefined;
}

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

type Kind = ReplyCommand['kind'];
type ReadLine = (line: string, facts: CommandFacts) => ReplyCommand | undefined;

/** All commands of a reply. A line is the first of them that reads it. `example`: a line that people may write. */
export const REPLY_COMMANDS = {
  done: { example: 'done', read: (line) => moving('done', line) },
  start: { example: '#3 start', read: (line) => moving('start', line) },
  reopen: { example: 'reopen', read: (line) => moving('reopen', line) },
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
  apart: { example: OWN_TASK, read: separating },
} as const satisfies Record<Kind, { example: string; read: ReadLine }>;

function readCommand(line: string, facts: CommandFacts): ReplyCommand | undefined {
  for (const { read } of Object.values(REPLY_COMMANDS)) {
    const command = read(line, facts);
    if (command) return command;
  }
  return undefined;
}

function moving(kind: 'done' | 'start' | 'reopen', line: string): ReplyCommand | undefined {
  const [, verb, task, said] = moved.exec(line.replace(numbered, '$2 #$1')) ?? [];
  if (verb?.toLowerCase() !== kind) return undefined;
  return { kind, line, ...(task ? { task: `#${task}` } : {}), ...(said ? { note: said } : {}) };
}

function adding(line: string): ReplyCommand | undefined {
  const agent = line.length < 200 ? added.exec(line.replace(polite, ''))?.[1] : undefined;
  return agent ? { kind: 'add', line, agent: agent.toLowerCase() } : undefined;
}

function admitting(line: string): ReplyCommand | undefined {
  const [, name, address] = (line.length < 400 && admitted.exec(line.replace(polite, ''))) || [];
  return address ? { kind: 'admit', line, address: address.toLowerCase(), ...(name ? { name } : {}) } : undefined;
}

function assigning(line: string): ReplyCommand | undefined {
  const [, of, link, to = ''] = (line.length < 200 && assigned.exec(line.replace(polite, ''))) || [];
  const who = to.trim();
  if (!who || who.split(/\s+/).length > MOST_WORDS) return undefined;
  const unsure = !of && !link && !who.startsWith('@');
  return {
    kind: 'assign',
    line,
    to: who,
    ...(of ? { task: `#${of}` } : {}),
    ...(unsure ? { unsure: true as const } : {}),
  };
}

/** Without the colon the line may be a sentence: “not me but Ben”. The reason is for whoever gave the task. */
function givingBack(line: string): ReplyCommand | undefined {
  const [, first, second, reason] = (line.length < 600 && back.exec(line)) || [];
  const task = first ?? second;
  return reason ? { kind: 'back', line, reason, ...(task ? { task: `#${task}` } : {}) } : undefined;
}

function dropping(line: string): ReplyCommand | undefined {
  const [, first, second, reason] = (line.length < 600 && dropped.exec(line)) || [];
  const task = first ?? second;
  return reason ? { kind: 'drop', line, reason, ...(task ? { task: `#${task}` } : {}) } : undefined;
}

/** Without a number, and in a reply that answers no notice about a task, “approved” may be said of anything. */
function approving(line: string, { about }: CommandFacts): ReplyCommand | undefined {
  const plain = line.length < 600 ? line.replace(polite, '') : '';
  const [matched, first, second, note] = approved.exec(plain) ?? [];
  const task = first ?? second;
  if (!matched || !(task || about)) return undefined;
  return { kind: 'approve', line, ...(note ? { note } : {}), ...(task ? { task: `#${task}` } : {}) };
}

function askingForReview(line: string, { about }: CommandFacts): ReplyCommand | undefined {
  const [matched, first, second, note] = askedFor.exec(line.length < 2100 ? line.replace(polite, '') : '') ?? [];
  const task = first ?? second;
  if (!matched || !(task || about)) return undefined;
  return { kind: 'review', line, ...(note ? { note } : {}), ...(task ? { task: `#${task}` } : {}) };
}

function sendingBack(line: string): ReplyCommand | undefined {
  const [, first, second, comments] = (line.length < 2100 && sentBack.exec(line)) || [];
  const task = first ?? second;
  return comments ? { kind: 'send-back', line, comments, ...(task ? { task: `#${task}` } : {}) } : undefined;
}

function goingOn(line: string): ReplyCommand | undefined {
  const said = line.length < 200 ? line.replace(polite, '') : '';
  const [, task, other] = without.exec(said) ?? [];
  if (other) return { kind: 'without', line, other: `#${other}`, ...(task ? { task: `#${task}` } : {}) };
  const [, of, next, gone] = instead.exec(said) ?? [];
  if (!gone) return undefined;
  const named = of ? { task: `#${of}` } : {};
  return { kind: 'without', line, other: `#${gone}`, instead: `#${next}`, ...named };
}

function merging(line: string): ReplyCommand | undefined {
  const [, task, into, said] = (line.length < 600 && merged.exec(line.replace(polite, ''))) || [];
  if (!into) return undefined;
  return {
    kind: 'merge',
    line,
    into: `#${into}`,
    ...(task ? { task: `#${task}` } : {}),
    ...(said ? { note: said } : {}),
  };
}

/** Words that are no day make a command only where a number or a colon shows that it is one: “due diligence” is none. */
function dating(line: string, { dayIn }: CommandFacts): ReplyCommand | undefined {
  const [, before, after, colon, words = ''] = (dayIn && dueOn.exec(line.replace(polite, ''))) || [];
  const said = words.replace(/[.!]+$/, '');
  const task = before ?? after;
  const read = words ? dayIn?.(said) : undefined;
  if (!words || !(read || task || colon)) return undefined;
  return { kind: 'due', line, words: said, ...read, ...(task ? { task: `#${task}` } : {}) };
}

/** Words that are no days make a command only where a number or a colon shows that it is one: “repeat every test” is none. */
function repeatingLine(line: string, { everyIn }: CommandFacts): ReplyCommand | undefined {
  if (line.length > 160) return undefined;
  const plain = line.replace(polite, '');
  const [, of, verb, at] = repeating.exec(plain) ?? [];
  const about = of ?? at;
  if (verb)
    return {
      ...{ kind: 'repeat', line },
      ...(verb.toLowerCase() === 'go on' ? {} : { every: null }),
      ...(about ? { task: `#${about}` } : {}),
    };
  const [, before, after, colon, every = ''] = repeats.exec(plain) ?? [];
  const task = before ?? after;
  if (!every || !(everyIn?.(every) || task || colon)) return undefined;
  return { kind: 'repeat', line, every, ...(task ? { task: `#${task}` } : {}) };
}

/** Without words for it and without roles it may be a sentence: “workflow first” is none. */
function startingWorkflow(line: string): ReplyCommand | undefined {
  const [, name = '', about, roles] = (line.length < 700 && workflow.exec(line)) || [];
  if (!name || !(about || roles)) return undefined;
  const filled = (roles ?? '').split(',').flatMap((one) => one.trim() || []);
  return { kind: 'workflow', line, name: name.toLowerCase(), roles: filled, ...(about ? { about } : {}) };
}

function deciding(line: string): ReplyCommand | undefined {
  const [, decision] = decided.exec(line) ?? [];
  return decision ? { kind: 'decide', line, decision } : undefined;
}

/** Without a number, and in a reply that answers no notice about a task, the words may be for a colleague. */
function closeness(line: string, { about, involves }: CommandFacts): ReplyCommand | undefined {
  if (line.length > 100) return undefined;
  const [, task, words = ''] = /^(?:#(\d{1,9})[:,]?\s+)?(.+)$/.exec(line) ?? [];
  if (!(task || about) || !involves?.(words)) return undefined;
  return { kind: 'involve', line, words, ...(task ? { task: `#${task}` } : {}) };
}

function separating(line: string, { joined }: CommandFacts): ReplyCommand | undefined {
  return joined && apart.test(line.replace(polite, '')) ? { kind: 'apart', line, message: joined } : undefined;
}

/** True if a line of the text may make a task of its own of a mail. */
export function mayPart(text: string): boolean {
  return text.split('\n', MOST).some((line) => apart.test(line.trim().replace(polite, '')));
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
