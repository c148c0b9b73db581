// Reads lines about the review of a task: “#5 approve”, “send back: the dates are wrong”. Pure.
import type { CommandFacts, ReplyCommand } from '../command.ts';
import { ofTask, polite, withWords } from './parts.ts';

/** Matches “approve”, “#5 approve” and “approve #5: the second chart is right now”. */
const approved = /^(?:#(\d{1,9})[:,]?\s+)?approved?(?:\s+#(\d{1,9}))?(?:\s*[:,–-]\s+(\S.{0,499}?))?[.!]?$/iu;
/** Matches “send back: the dates are wrong”, and “#5 send back: …”. Without the colon the line may be a sentence. */
const sentBack = /^(?:#(\d{1,9})[:,]?\s+)?send(?: it)? back(?:\s+#(\d{1,9}))?\s*:\s*(\S.{0,1999})$/iu;
/** Matches “ask for review”, “#5 ask for a review: the dates are mended”. */
const askedFor =
  /^(?:#(\d{1,9})[:,]?\s+)?ask for (?:a )?review(?: of)?(?:\s+#(\d{1,9}))?(?:\s*[:,–-]\s+(\S.{0,1999}?))?[.!]?$/iu;

export function approving(line: string, { about }: CommandFacts): ReplyCommand | undefined {
  return line.length < 600 ? reviewing('approve', approved, line, about) : undefined;
}

export function askingForReview(line: string, { about }: CommandFacts): ReplyCommand | undefined {
  return line.length < 2100 ? reviewing('review', askedFor, line, about) : undefined;
}

/** Without a number, and in a reply that answers no notice about a task, “approved” may be said of anything. */
function reviewing(
  kind: 'approve' | 'review',
  pattern: RegExp,
  line: string,
  about: CommandFacts['about'],
): ReplyCommand | undefined {
  const [matched, first, second, note] = pattern.exec(line.replace(polite, '')) ?? [];
  const of = ofTask(first, second);
  if (!matched || !(of.task || about)) return undefined;
  return { kind, line, ...(note ? { note } : {}), ...of };
}

export function sendingBack(line: string): ReplyCommand | undefined {
  const said = withWords(sentBack, line, 2100);
  return said && { kind: 'send-back', line, comments: said.words, ...said.of };
}
