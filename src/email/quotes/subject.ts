// Removes the prefixes that mail programs put before a subject. Pure.
import { eitherPrefixes, forwardPrefixes, replyPrefixes } from './mail-words.ts';

export interface Subject {
  /** The subject without prefixes. May be empty. */
  title: string;
  /** True if the first prefix is that of a forward. `Re: Fwd:` is an answer to a forward, so it is false. */
  forward: boolean;
  /** True if the subject has the prefix of a reply. It is then the subject of another mail. */
  reply: boolean;
}

const prefix = new RegExp(
  `^\\s*(?:(${forwardPrefixes})|(${replyPrefixes})|(${eitherPrefixes}))\\s?(?:\\[\\d{1,3}\\]|\\(\\d{1,3}\\))?\\s*[:\\uff1a]\\s*`,
  'iu',
);
const warning = /^\s*[[(](?:ext|extern|external|externe)(?: (?:email|mail|sender))?[\])]:?\s*/i;
/**
 * The forms that enclose a subject: `[Fwd: x]` of old programs, `(fwd) x` and `x (fwd)` of terminal programs,
 * `[a@b.example: x]` of mutt.
 */
const around = [
  /^\s*\[(?:fwd|fw)\s?:([^\n]*)\]\s*$/i,
  /^\s*[([](?:fwd|fw)[)\]]([^\n]*)$/i,
  /^([^\n]*\S)[ \t]{1,3}\((?:fwd|fw)\)\s*$/i,
  /^\s*\[[^\s@:[\]]{1,100}@[^\s@:[\]]{1,200}:\s([^\n]*)\]\s*$/,
];

export function readSubject(subject: string): Subject {
  let title = subject;
  let first: 'forward' | 'reply' | undefined;
  let reply = false;
  for (;;) {
    const inner = innerOf(title);
    const found = prefix.exec(title);
    const [whole = '', forwards, answers, either] = found ?? [];
    if (inner !== undefined || forwards || either) first ??= 'forward';
    if (answers || either) {
      first ??= 'reply';
      reply = true;
    }
    const length = whole.length || (warning.exec(title)?.[0].length ?? 0);
    if (inner === undefined && length === 0) return { title: title.trim(), forward: first === 'forward', reply };
    title = inner ?? title.slice(length);
  }
}

function innerOf(title: string): string | undefined {
  for (const shape of around) {
    const found = shape.exec(title);
    if (found) return found[1] ?? '';
  }
  return undefined;
}
