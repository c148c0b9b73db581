// Builds the body of an acknowledgement: the assignee, the request as Skein understood it, the stored files, and the
// recipients who do not follow. Pure.
import { quiet, unlinked } from '../../digest/quiet.ts';
import type { Texts } from '../../texts/texts.ts';

export interface Understood {
  task: number;
  pod: string;
  assignee: string | undefined;
  /** The sender's own text. */
  words: string;
  files: readonly string[];
  /** Notes about content that was unreadable or omitted. */
  notes?: string | undefined;
  /** True if the mail contained text that its sender did not write. */
  forwarded: boolean;
  followers: readonly string[];
  /** Addresses in To and Cc to which Skein sends no mails. */
  strangers: readonly string[];
  /** The sentence about who can read the conversation. */
  readers?: string | undefined;
  /** The sentence that the mail was forwarded before. */
  joined?: string | false | undefined;
  /** The sentence that proposes a due day. */
  proposed?: string | undefined;
}

const WORDS_CHARS = 200;
const MOST_FILES = 10;
const MOST_STRANGERS = 10;

/** Returns the body in Markdown: a list, then the notes. */
export function understoodWords(texts: Texts, one: Understood): string {
  const { fill } = texts;
  const { task, pod, assignee, words, files, notes, forwarded, followers, strangers, readers, proposed, joined } = one;
  const [wish = ''] = words.split('\n').filter((line) => line.trim());
  const names = files.map((name) => `\`${name.split('/').at(-1)}\``);
  const addresses = strangers.map((address) => unlinked(address, 100));
  const lines = [
    fill('acknowledgement', 'task', { number: task, pod, assignee: assignee ?? fill('acknowledgement', 'nobody') }),
    joined,
    wish && fill('acknowledgement', 'wish', { words: quiet(wish, WORDS_CHARS) }),
    !wish && !forwarded && !names.length && !notes && !joined && fill('acknowledgement', 'subject-only'),
    proposed,
    forwarded && fill('acknowledgement', 'source'),
    notes,
    names.length && fill('acknowledgement', 'files', { files: shortened(texts, names, MOST_FILES) }),
    followers.length && fill('acknowledgement', 'followers', { people: followers.join(', ') }),
    addresses.length &&
      fill('acknowledgement', 'strangers', { pod, addresses: shortened(texts, addresses, MOST_STRANGERS) }),
    readers,
  ];
  const list = lines
    .filter(Boolean)
    .map((line) => `- ${line}`)
    .join('\n');
  return forwarded && !wish && !joined ? `${list}\n\n${fill('acknowledgement', 'no-wish')}` : list;
}

function shortened({ fill }: Texts, all: readonly string[], most: number): string {
  const count = all.length - most;
  return [...all.slice(0, most), ...(count > 0 ? [fill('acknowledgement', 'more', { count })] : [])].join(', ');
}
