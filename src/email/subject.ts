// A mail's subject without what mail programs put before it. Pure.
import { forwardPrefixes, replyPrefixes } from './mail-words.ts';

export interface Subject {
  /** May be empty. */
  title: string;
  /** Some prefix said so: `Fwd:`, `WG:`, `TR:` … */
  forward: boolean;
  reply: boolean;
}

const prefix = new RegExp(
  `^\\s*(?:(${forwardPrefixes})|(${replyPrefixes}))\\s?(?:\\[\\d{1,3}\\]|\\(\\d{1,3}\\))?\\s*[:\\uff1a]\\s*`,
  'iu',
);
const warning = /^\s*[[(](?:ext|extern|external|externe)(?: (?:email|mail|sender))?[\])]:?\s*/i;

export function readSubject(subject: string): Subject {
  let title = subject;
  let forward = false;
  let reply = false;
  for (;;) {
    const found = prefix.exec(title);
    forward ||= found?.[1] !== undefined;
    reply ||= found?.[2] !== undefined;
    const length = found?.[0].length ?? warning.exec(title)?.[0].length ?? 0;
    if (length === 0) return { title: title.trim(), forward, reply };
    title = title.slice(length);
  }
}
