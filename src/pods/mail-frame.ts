// What Skein puts around a person's words from a mail, so that all readers see what it became; and the words alone again. Pure.

/** Nothing in it is a mention or a link. */
export function code(words: string): string {
  return `\`${words.replaceAll('`', "'").replace(/\s+/g, ' ')}\``;
}

const BY_MAIL = 'By mail';

/** The first message as all readers see it: what it is about stands in a mail's subject. */
export function framed(
  title: string,
  words: string,
  files: readonly string[],
  number: number | undefined,
  agent: string | undefined,
  /** Nobody knows who sent it: an owner let it in. */
  unproved = false,
): string {
  const how = unproved ? `${BY_MAIL}, let in without proof of its sender` : BY_MAIL;
  const task = number === undefined ? '' : `: task #${number} for ${agent ?? 'nobody yet'}`;
  const came = files.length ? ` With ${files.map(code).join(', ')}.` : '';
  return [title, words, `_${how}${task}.${came}_`].filter(Boolean).join('\n\n');
}

const HEAD = /^(?:\*\*[^\n]+\*\*|`[^`\n]+`)\n\n/;
const FOOT = /(?:^|\n\n)_By mail(?:, let in [^\n:]*?)?(?:: task #\d+ for [^\n]*?)?\.(?: With (`[^\n]*`)\.)?_$/;
/** Of a reply. */
const FILES = /(?:^|\n\n)_With_ (`[^\n]*`)(?=\n\n|$)/;
const FORWARD = '_(a forwarded mail)_';

/** What its sender wrote themselves, and the names of the files that came with it, of a message that came by mail. */
export function unframed(text: string): { words: string; files: string[] } {
  const foot = HEAD.test(text) ? FOOT.exec(text.replace(HEAD, '')) : null;
  if (foot) return { words: text.replace(HEAD, '').slice(0, foot.index).trim(), files: namesIn(foot[1]) };
  const files = FILES.exec(text);
  const words = files ? `${text.slice(0, files.index)}${text.slice(files.index + files[0].length)}` : text;
  return { words: words.trim() === FORWARD ? '' : words.trim(), files: namesIn(files?.[1]) };
}

function namesIn(list = ''): string[] {
  return [...list.matchAll(/`([^`]+)`/g)].flatMap(([, name]) => name ?? []);
}
