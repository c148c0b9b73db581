// What Skein puts around a person's words from a mail, so that all readers see what it became; and the words alone again. Pure.

/** Nothing in it is a mention or a link. */
export function code(words: string): string {
  return `\`${words.replaceAll('`', "'").replace(/\s+/g, ' ')}\``;
}

const BY_MAIL = 'By mail';

const LET_IN = { proved: 'from quarantine', unproved: 'without proof of its sender' };

/** Of a mail that an owner let in: is it known who wrote it? */
export type LetIn = keyof typeof LET_IN;

/** The first message as all readers see it: what it is about stands in a mail's subject. */
export function framed(
  title: string,
  words: string,
  files: readonly string[],
  number: number | undefined,
  agent: string | undefined,
  letIn?: LetIn,
  notes: readonly string[] = [],
): string {
  const how = letIn ? `${BY_MAIL}, let in ${LET_IN[letIn]}` : BY_MAIL;
  const task = number === undefined ? '' : `: task #${number} for ${agent ?? 'nobody yet'}`;
  const came = files.length ? ` With ${files.map(code).join(', ')}.` : '';
  return [title, words, noted(notes), `_${how}${task}.${came}_`].filter(Boolean).join('\n\n');
}

/** What Skein says of how it read a mail: no words of its sender. Empty where there is nothing to say. */
export function noted(notes: readonly string[]): string {
  const line = notes
    .join(' ')
    .replace(/[_\s]+/g, ' ')
    .trim();
  return line && `_${NOTED}${line}_`;
}

const NOTED = 'About this mail: ';
const NOTES = new RegExp(`(?:^|\\n\\n)_${NOTED}([^\\n_]*)_$`);

const HEAD = /^(?:\*\*[^\n]+\*\*|`[^`\n]+`)\n\n/;
const FOOT = /(?:^|\n\n)_By mail(?:, let in [^\n:]*?)?(?:: task #\d+ for [^\n]*?)?\.(?: With (`[^\n]*`)\.)?_$/;
/** Of a reply. */
const FILES = /(?:^|\n\n)_With_ (`[^\n]*`)(?=\n\n|$)/;
const UNSAID = '(a forwarded mail)';
const FORWARD = `_${UNSAID}_`;

/** The subject of such a message, where it is that of somebody else's mail. */
export function outsideTitle(text: string): string | undefined {
  const title = /^`([^`\n]+)`\n\n/.exec(text);
  return title && FOOT.test(text.slice(title[0].length)) ? title[1] : undefined;
}

/** What its sender wrote themselves, and what stands around it, of a message that came by mail. */
export interface Unframed {
  words: string;
  /** Names of the files that came with it. */
  files: string[];
  notes?: string;
}

export function unframed(text: string): Unframed {
  const foot = HEAD.test(text) ? FOOT.exec(text.replace(HEAD, '')) : null;
  if (foot) return { ...withoutNotes(text.replace(HEAD, '').slice(0, foot.index)), files: namesIn(foot[1]) };
  const reply = withoutNotes(text);
  const files = FILES.exec(reply.words);
  const words = files
    ? `${reply.words.slice(0, files.index)}${reply.words.slice(files.index + files[0].length)}`.trim()
    : reply.words;
  return { ...reply, words: words === FORWARD ? '' : words, files: namesIn(files?.[1]) };
}

/** A message that came by mail in its sender's words; where they wrote none, by its subject or what it brought. */
export function wordsOf(text: string): string {
  const { words, files, notes } = unframed(text);
  return words || titleIn(text) || files.join(', ') || notes || UNSAID;
}

function titleIn(text: string): string | undefined {
  const [head = ''] = HEAD.exec(text) ?? [];
  return FOOT.test(text.slice(head.length)) ? head.trim().replace(/^(?:\*\*|`)|(?:\*\*|`)$/g, '') : undefined;
}

function withoutNotes(text: string): { words: string; notes?: string } {
  const found = NOTES.exec(text);
  if (!found) return { words: text.trim() };
  return { words: text.slice(0, found.index).trim(), notes: found[1] ?? '' };
}

function namesIn(list = ''): string[] {
  return [...list.matchAll(/`([^`]+)`/g)].flatMap(([, name]) => name ?? []);
}
