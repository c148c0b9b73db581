// Reads lines that move a task, give it to somebody, or tie it to others: “#3 done”, “assign to Ben”. Pure.
import type { CommandFacts, ReplyCommand } from '../command.ts';
import { ofTask, polite, withWords } from './parts.ts';

const number = '(?:\\s+#(\\d{1,9}))?';
const note = '(?:\\s*[:,–-]\\s+(\\S.{0,500}))?';
const moved = new RegExp(`^(done|start|reopen)${number}${note}[.!]?$`, 'iu');
/** Matches “#3 done”, which means the same as “done #3”. */
const numbered = /^#(\d{1,9})[:,]?\s+(done|start|reopen)(?![\p{L}\p{N}])/iu;
/** Matches “assign #4 to Ben”, and “#4 assign to Ben”. */
const assigned = new RegExp(
  `^(?:#(\\d{1,9})[:,]?\\s+)?assign${number}\\s*(to\\s+|:\\s*)?(@?[\\p{L}\\p{N}][\\p{L}\\p{N} ._'’@-]{0,80}?)[.!]?$`,
  'iu',
);
const back = /^(?:#(\d{1,9})[:,]?\s+)?not me(?:\s+#(\d{1,9}))?\s*[:–-]\s*(\S.{0,499})$/iu;
/** Matches “drop: the hall is closed”, “#7 drop: …” and “drop #7: …”. Without the colon the line may be a sentence. */
const dropped = /^(?:#(\d{1,9})[:,]?\s+)?drop(?:\s+(?:it|#(\d{1,9})))?\s*:\s*(\S.{0,499})$/iu;
/** Matches “#7 drop with its parts: …” and “drop without its parts: …”. */
const whole = /^((?:#\d{1,9}[:,]?\s+)?drop(?:\s+(?:it|#\d{1,9}))?)\s+(with|without) (?:its|the) parts(?=\s*:)/iu;
const without = /^(?:#(\d{1,9})[:,]?\s+)?go on without\s+#(\d{1,9})[.!]?$/iu;
const instead = /^(?:#(\d{1,9})[:,]?\s+)?wait for\s+#(\d{1,9})\s+instead of\s+#(\d{1,9})[.!]?$/iu;
/** Matches “merge #4 into #3”, and “#4 merge into #3”. */
const merged =
  /^(?:#(\d{1,9})[:,]?\s+)?merge\s+(?:#(\d{1,9})\s+)?(?:into|with)\s+#(\d{1,9})(?:\s*[:,–-]\s+(\S.{0,499}))?$/iu;
/** Matches “undo”, “#4 undo” and “undo #4”. */
const undone = /^(?:#(\d{1,9})[:,]?\s+)?undo(?:\s+(?:it|that|#(\d{1,9})))?[.!]?$/iu;
/** The most words of a name. */
const MOST_WORDS = 5;

export function moving(kind: 'done' | 'start' | 'reopen', line: string): ReplyCommand | undefined {
  const [, verb, task, said] = moved.exec(line.replace(numbered, '$2 #$1')) ?? [];
  if (verb?.toLowerCase() !== kind) return undefined;
  return { kind, line, ...ofTask(task), ...(said ? { note: said } : {}) };
}

export function undoing(line: string): ReplyCommand | undefined {
  const [said, first, second] = (line.length < 60 && undone.exec(line.replace(polite, ''))) || [];
  return said ? { kind: 'undo', line, ...ofTask(first, second) } : undefined;
}

export function assigning(line: string): ReplyCommand | undefined {
  const [, first, second, link, to = ''] = (line.length < 200 && assigned.exec(line.replace(polite, ''))) || [];
  const who = to.trim();
  if (!who || /^to$/i.test(who) || who.split(/\s+/).length > MOST_WORDS) return undefined;
  const of = ofTask(first, second);
  const unsure = !of.task && !link && !who.startsWith('@');
  return {
    kind: 'assign',
    line,
    to: who,
    ...of,
    ...(unsure ? { unsure: true as const } : {}),
  };
}

/** Without the colon the line may be a sentence: “not me but Ben”. The reason is for whoever gave the task. */
export function givingBack(line: string): ReplyCommand | undefined {
  const said = withWords(back, line, 600);
  return said && { kind: 'back', line, reason: said.words, ...said.of };
}

export function dropping(line: string): ReplyCommand | undefined {
  const which = whole.exec(line)?.[2];
  const said = withWords(dropped, which ? line.replace(whole, '$1') : line, 600);
  const parts = which && { parts: which.toLowerCase() === 'with' ? ('drop' as const) : ('keep' as const) };
  return said && { kind: 'drop', line, reason: said.words, ...(parts || {}), ...said.of };
}

export function goingOn(line: string): ReplyCommand | undefined {
  const said = line.length < 200 ? line.replace(polite, '') : '';
  const [, task, other] = without.exec(said) ?? [];
  if (other) return { kind: 'without', line, other: `#${other}`, ...ofTask(task) };
  const [, of, next, gone] = instead.exec(said) ?? [];
  if (!gone) return undefined;
  return { kind: 'without', line, other: `#${gone}`, instead: `#${next}`, ...ofTask(of) };
}

export function merging(line: string): ReplyCommand | undefined {
  const [, first, second, into, said] = (line.length < 600 && merged.exec(line.replace(polite, ''))) || [];
  if (!into) return undefined;
  return {
    kind: 'merge',
    line,
    into: `#${into}`,
    ...ofTask(first, second),
    ...(said ? { note: said } : {}),
  };
}

/** Without a number, and in a reply that answers no notice about a task, the words may be for a colleague. */
export function closeness(line: string, { about, involves }: CommandFacts): ReplyCommand | undefined {
  if (line.length > 100) return undefined;
  const [, task, words = ''] = /^(?:#(\d{1,9})[:,]?\s+)?(.+)$/.exec(line) ?? [];
  if (!(task || about) || !involves?.(words)) return undefined;
  return { kind: 'involve', line, words, ...ofTask(task) };
}
