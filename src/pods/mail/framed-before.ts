// Takes apart texts of Skein 0.1.0, which stored a person's words and the notes about their mail or files in one text.
// Pure.
import type { Label } from '../../log/labels/label.ts';
import type { MessageParts } from './mail-words.ts';

const NOTES = /(?:^|\n\n)_About this mail: ([^\n_]*)_$/;
const HEAD = /^(?:\*\*([^\n]+)\*\*|`([^`\n]+)`)\n\n/;
const FOOT = /(?:^|\n\n)_By mail(?:, let in [^\n:]*?)?(?:: task #\d+ for [^\n]*?)?\.(?: With (`[^\n]*`)\.)?_$/;
/** Finds the line with the file names in a reply. */
const FILES = /(?:^|\n\n)_With_ (`[^\n]*`)(?=\n\n|$)/;
const FORWARD = '_(a forwarded mail)_';

/** Splits the text of a mail. `theirs`: the label of a subject that somebody else wrote. */
export function unframed(text: string, theirs: Label): MessageParts {
  const head = HEAD.exec(text);
  const body = head ? text.slice(head[0].length) : text;
  const foot = head && FOOT.exec(body);
  if (head && foot) {
    const [, own, others = ''] = head;
    const subject = own === undefined ? { text: others, label: theirs } : { text: own };
    return { ...withoutNotes(body.slice(0, foot.index)), files: namesIn(foot[1]), subject };
  }
  const reply = withoutNotes(text);
  const files = FILES.exec(reply.words);
  const words = files
    ? `${reply.words.slice(0, files.index)}${reply.words.slice(files.index + files[0].length)}`.trim()
    : reply.words;
  return { ...reply, words: words === FORWARD ? '' : words, files: namesIn(files?.[1]) };
}

/**
 * Splits the text of a Slack message: its files stand below the words, one per line, and a filler stands for missing
 * words.
 */
export function unframedInSlack(text: string): MessageParts {
  const lines = text.split('\n');
  const last = lines.findLastIndex((line) => !SHARED.test(line));
  const files = lines.slice(last + 1).flatMap((line) => SHARED.exec(line)?.[1] ?? []);
  const words = lines.slice(0, last + 1).join('\n');
  return { words: NO_WORDS.has(words) ? '' : words, files, notes: [] };
}

const SHARED = /^\(file: `([^`\n]+)`\)$/;
const NO_WORDS = new Set(['(no words of their own)', '(no text)']);

function withoutNotes(text: string): { words: string; notes: string[] } {
  const found = NOTES.exec(text);
  if (!found) return { words: text.trim(), notes: [] };
  return { words: text.slice(0, found.index).trim(), notes: found[1] ? [found[1]] : [] };
}

function namesIn(list = ''): string[] {
  return [...list.matchAll(/`([^`]+)`/g)].flatMap(([, name]) => name ?? []);
}
