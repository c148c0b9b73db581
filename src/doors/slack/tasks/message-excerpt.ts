// Makes the title and the text of a task from what somebody wrote. Pure.

const TITLE_CHARS = 120;
const TEXT_CHARS = 2_500;

/** Returns the first line with words, without marks of Markdown and without the names that it begins with. */
export function titleIn(markdown: string): string {
  for (const line of markdown.split('\n')) {
    const bare = line
      .replace(/^(?:\s|>|[#*+-]+\s|\d+[.)]\s)+/u, '')
      .replace(/^(?:@[\p{L}\p{N}._-]+[,:]?\s+)+/u, '')
      .replace(/[*_`~]{1,3}(\S(?:.*?\S)?)[*_`~]{1,3}/gu, '$1')
      .replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, ' ')
      .trim();
    if (/[\p{L}\p{N}]/u.test(bare)) return cutAtWord(bare, TITLE_CHARS);
  }
  return '';
}

/** Returns the words as a quote, with their source below. It fits a field of Slack, however many lines they have. */
export function excerptOf(markdown: string, source: string): string {
  const quote = cutAtWord(markdown.trim().replace(/^/gm, '> '), TEXT_CHARS);
  return `${quote}\n\n– ${source}`;
}

export function cutAtWord(text: string, most: number): string {
  if (text.length <= most) return text;
  const kept = text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '');
  const end = kept.search(/\s+\S*$/u);
  return `${(end > most / 2 ? kept.slice(0, end) : kept).trimEnd()}…`;
}
