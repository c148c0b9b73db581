// What an acknowledgement says of a mail: who does what with it, the words that were taken as the wish, the files that are kept, and who does not hear of it. Pure.
import { quiet, unlinked } from '../../digest/quiet.ts';
import { type MailHome, parseAddress } from '../../email/address.ts';
import type { Mail } from '../../email/mail.ts';

export interface Understood {
  task: number;
  pod: string;
  assignee: string | undefined;
  /** What its sender wrote themselves. */
  words: string;
  files: readonly string[];
  /** What could not be read or was left out, in sentences. */
  notes?: string | undefined;
  /** Text from outside came with it. */
  forwarded: boolean;
  followers: readonly string[];
  /** Addresses in To and Cc that hear nothing from Skein. */
  strangers: readonly string[];
}

const WORDS_CHARS = 200;
const MOST_FILES = 10;
const MOST_STRANGERS = 10;

/** Markdown: a list, and what is still to be said. */
export function understoodWords(one: Understood): string {
  const { task, pod, assignee, words, files, notes, forwarded, followers, strangers } = one;
  const [wish = ''] = words.split('\n').filter((line) => line.trim());
  const names = files.map((name) => `\`${name.split('/').at(-1)}\``);
  const lines = [
    `Task **#${task}** in ${pod}, for **${assignee ?? 'nobody yet'}**`,
    wish && `What you ask for: “${quiet(wish, WORDS_CHARS)}”`,
    forwarded && 'What others wrote in your mail is its source; it is read as information, not as instructions.',
    notes,
    names.length && `Kept as files of the pod: ${shortened(names, MOST_FILES)}`,
    followers.length && `${followers.join(', ')} will hear of it too`,
    strangers.length &&
      `Not members of ${pod}, so Skein tells them nothing: ${shortened(
        strangers.map((address) => unlinked(address, 100)),
        MOST_STRANGERS,
      )}`,
  ];
  const list = lines
    .filter(Boolean)
    .map((line) => `- ${line}`)
    .join('\n');
  return forwarded && !wish ? `${list}\n\n**You did not say what is wanted: reply with it.**` : list;
}

/** `known`: of its sender, and of those who follow. */
export function strangersIn({ to, cc }: Pick<Mail, 'to' | 'cc'>, home: MailHome, known: readonly string[]): string[] {
  const members = new Set(known.map((address) => address.toLowerCase()));
  const others = [...to, ...cc]
    .map(({ address }) => address.toLowerCase())
    .filter((address) => address && !members.has(address) && !parseAddress(home, address));
  return [...new Set(others)];
}

function shortened(all: readonly string[], most: number): string {
  const more = all.length - most;
  return [...all.slice(0, most), ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}
