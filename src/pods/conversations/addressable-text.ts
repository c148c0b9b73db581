// Returns the part of a text that can address somebody: the text without code and quotes. Pure, and in linear time.

/** Stands in place of a removed part, so that no name is read across the gap. */
const GAP = ' ';

/** A text without any of these characters contains neither code nor quotations. Most messages are such texts. */
const MARKED = /[`~>“”„«»‹›‘’‚"']/;

export function addressableText(text: string): string {
  if (!MARKED.test(text)) return text;
  return withoutQuotations(withoutQuotedLines(withoutCode(text)));
}

/**
 * Removes code. A fence of three or more backticks ends at as many backticks, or never; people write fences anywhere in
 * a line, as Slack allows. Code in one or two backticks ends at as many in the same line; otherwise they are plain
 * characters.
 */
function withoutCode(text: string): string {
  const runs = [...text.matchAll(/`+|^~{3,}/gm)].map(({ 0: { length }, 0: run, index }) => ({ run, length, index }));
  const kept: string[] = [];
  let from = 0;
  for (let n = 0; n < runs.length; n++) {
    const open = runs[n];
    if (!open || open.index < from) continue;
    const fence = open.length >= 3;
    const close = fence ? fenceEnd(runs, n) : spanEnd(runs, n, text);
    if (!fence && close === undefined) continue;
    kept.push(text.slice(from, open.index));
    from = close === undefined ? text.length : close.index + close.length;
  }
  return [...kept, text.slice(from)].join(GAP);
}

interface Run {
  run: string;
  length: number;
  index: number;
}

function fenceEnd(runs: readonly Run[], n: number): Run | undefined {
  const open = runs[n];
  return after(runs, n, ({ run, length }) => open !== undefined && run[0] === open.run[0] && length >= open.length);
}

/**
 * Finds the end of code in backticks. It looks only at the next few runs of backticks, so that the time stays linear;
 * real code needs no more.
 */
function spanEnd(runs: readonly Run[], n: number, text: string): Run | undefined {
  const open = runs[n];
  if (!open) return undefined;
  const lineEnd = text.indexOf('\n', open.index);
  return runs
    .slice(n + 1, n + 9)
    .find(({ length, index }) => length === open.length && (lineEnd < 0 || index < lineEnd));
}

/** Removes lines that begin with `>`. After `>>>` Slack quotes everything that follows. */
export function withoutQuotedLines(text: string): string {
  const lines = text.split('\n');
  const all = lines.findIndex((line) => /^[^\S\n]{0,3}>>>/.test(line));
  return lines
    .slice(0, all < 0 ? lines.length : all)
    .map((line) => (line.trimStart().startsWith('>') ? GAP : line))
    .join('\n');
}

/**
 * Quotation marks, by the character that opens them. `word`: the mark may also mean inches, feet or an apostrophe, so
 * it counts only at the beginning or end of a word.
 */
const MARKS: Readonly<Record<string, { closes: string; word?: true }>> = {
  '“': { closes: '”' },
  '„': { closes: '“”' },
  '«': { closes: '»' },
  '»': { closes: '«' },
  '‹': { closes: '›' },
  '›': { closes: '‹' },
  '‘': { closes: '’', word: true },
  '‚': { closes: '‘’', word: true },
  '"': { closes: '"', word: true },
  "'": { closes: "'", word: true },
};

/**
 * Removes quotations. A quotation ends with its paragraph at the latest, so that a forgotten mark does not remove the
 * whole text.
 */
function withoutQuotations(text: string): string {
  return text
    .split(/(\n[^\S\n]*\n)/)
    .map(unquoted)
    .join('');
}

function unquoted(paragraph: string): string {
  const marks = [...paragraph.matchAll(/[“”„«»‹›‘’‚"']/g)].map(({ 0: sign, index }) => ({ sign, index }));
  const opens = ({ sign, index }: { sign: string; index: number }) => {
    const mark = MARKS[sign];
    return mark && (!mark.word || (!isWord(paragraph[index - 1]) && !isBlank(paragraph[index + 1]))) ? mark : undefined;
  };
  const closes = (
    { sign, index }: { sign: string; index: number },
    { closes: signs, word }: { closes: string; word?: true },
  ) => signs.includes(sign) && (!word || (!isBlank(paragraph[index - 1]) && !isWord(paragraph[index + 1])));
  const kept: string[] = [];
  /**
   * The marks that are not closed in the rest of the text. They are remembered so that the text is searched only once
   * for each.
   */
  const open = new Set<string>();
  let from = 0;
  for (const [n, begin] of marks.entries()) {
    const mark = begin.index >= from && !open.has(begin.sign) ? opens(begin) : undefined;
    if (!mark) continue;
    const end = after(marks, n, (one) => closes(one, mark));
    if (!end) {
      open.add(begin.sign);
      continue;
    }
    kept.push(paragraph.slice(from, begin.index));
    from = end.index + 1;
  }
  return [...kept, paragraph.slice(from)].join(GAP);
}

/** Returns the first element after index `n` that fits. */
function after<T>(all: readonly T[], n: number, fits: (one: T) => boolean): T | undefined {
  for (let next = n + 1; next < all.length; next++) {
    const one = all[next];
    if (one !== undefined && fits(one)) return one;
  }
  return undefined;
}

function isWord(sign: string | undefined): boolean {
  return sign !== undefined && /[\p{L}\p{N}]/u.test(sign);
}

function isBlank(sign: string | undefined): boolean {
  return sign === undefined || /\s/.test(sign);
}

/** Returns the same without the names that it calls with `@`. */
export function withoutMentions(text: string): string {
  return addressableText(text).replace(/@[\p{L}\p{N}._-]+/gu, '');
}
