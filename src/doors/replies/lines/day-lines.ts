// Reads lines about the days of a task: “due Friday”, “repeat every Monday”. Pure.
import type { CommandFacts, ReplyCommand } from '../command.ts';
import { ofTask, polite } from './parts.ts';

/** Matches “due Friday”, “due: 24 November”, “#3 due 2026-12-04”, and “due #3 Friday”. */
const dueOn = /^(?:#(\d{1,9})[:,]?\s+)?due(?:\s+#(\d{1,9}))?(\s*:)?\s+(\S.{0,39})$/iu;
const repeats = /^(?:#(\d{1,9})[:,]?\s+)?repeats?(?:\s+#(\d{1,9}))?(\s*:)?\s+((?:every|each)\s\S.{0,70}?)[.!]?$/iu;
/** Matches “go on repeating”, “#3 stop repeating” and “stop repeating #3”. */
const repeating = /^(?:#(\d{1,9})[:,]?\s+)?(go on|stop|end)\s+repeating(?:\s+#(\d{1,9}))?[.!]?$/iu;

/** Words that are no day make a command only where a number or a colon shows that it is one: “due diligence” is none. */
export function dating(line: string, { dayIn }: CommandFacts): ReplyCommand | undefined {
  const [, before, after, colon, words = ''] = (dayIn && dueOn.exec(line.replace(polite, ''))) || [];
  const said = words.replace(/[.!]+$/, '');
  const of = ofTask(before, after);
  const read = words ? dayIn?.(said) : undefined;
  if (!words || !(read || of.task || colon)) return undefined;
  return { kind: 'due', line, words: said, ...read, ...of };
}

/** Words that are no days make a command only where a number or a colon shows that it is one: “repeat every test” is none. */
export function repeatingLine(line: string, { everyIn }: CommandFacts): ReplyCommand | undefined {
  if (line.length > 160) return undefined;
  const plain = line.replace(polite, '');
  const [, first, verb, second] = repeating.exec(plain) ?? [];
  if (verb)
    return {
      ...{ kind: 'repeat', line },
      ...(verb.toLowerCase() === 'go on' ? {} : { every: null }),
      ...ofTask(first, second),
    };
  const [, before, after, colon, every = ''] = repeats.exec(plain) ?? [];
  const of = ofTask(before, after);
  if (!every || !(everyIn?.(every) || of.task || colon)) return undefined;
  return { kind: 'repeat', line, every, ...of };
}
