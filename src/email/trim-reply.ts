// What a person newly wrote in a reply, apart from what is quoted and signed. The original stays beside it. Pure, linear.
import { type Line, linesOf, textOfLines } from './lines.ts';
import type { Mail } from './mail.ts';
import { deviceLine } from './mail-words.ts';
import { head, isCertain, restStarts, wroteStart } from './reply-lines.ts';

export interface Reply {
  written: string;
  quoted: string;
  signature: string;
  /** The whole body as a person sees it. */
  original: string;
  /** Nothing but what looks like an old mail: `written` may be all another's words. */
  doubtful?: true;
}

/** Quotes this long are not kept between a person's answers. */
const CONTEXT_LINES = 30;
/** Longer than this, what follows `-- ` is no signature. */
const SIGNATURE_LINES = 15;

export function trimReply(mail: Pick<Mail, 'text' | 'html'>): Reply {
  const lines = linesOf(mail);
  const original = shown(lines);
  const marked = withSignature(withIntroductions(lines));
  const cut = withRest(marked);
  // Better too much than nothing of it: without a word left, the guess was wrong.
  const doubtful = isSilent(cut) && !isSilent(marked);
  const sorted = doubtful ? marked : cut;
  return {
    written: withContext(sorted),
    quoted: textOfLines(sorted.filter(({ part }) => part === 'quoted')),
    signature: textOfLines(sorted.filter(({ part }) => part === 'signature')),
    original,
    ...(doubtful ? { doubtful } : {}),
  };
}

function isSilent(lines: Line[]): boolean {
  return !lines.some(({ part, text }) => part === 'written' && text.trim() !== '');
}

/** The `On … wrote:` above a quote belongs to it. */
function withIntroductions(lines: Line[]): Line[] {
  const marked = [...lines];
  let quoteNext = false;
  for (let at = marked.length - 1; at >= 0; at -= 1) {
    const line = marked[at];
    if (!line) continue;
    if (line.part === 'written' && quoteNext && line.text.trim() !== '') {
      const from = wroteStart(marked, at);
      if (from !== undefined) mark(marked, from, at + 1, 'quoted');
      quoteNext = false;
    } else if (line.text.trim() !== '' || line.part !== 'written') quoteNext = line.part === 'quoted';
  }
  return marked;
}

/** Where an old mail follows without any quote marks. */
function withRest(lines: Line[]): Line[] {
  const marked = [...lines];
  for (let at = 0; at < marked.length; at += 1) {
    if (marked[at]?.part !== 'written') continue;
    const wrote = wroteStart(marked, at);
    const from = wrote !== undefined && isCertain(marked, wrote, at) ? wrote : restStarts(marked, at) ? at : undefined;
    if (from === undefined) continue;
    const rule = marked[from - 1];
    mark(marked, rule && /^[\s_-]{5,}$/.test(head(rule)) ? from - 1 : from, marked.length, 'quoted');
    break;
  }
  return marked;
}

/** RFC 3676 section 4.3: `-- ` alone on a line; and the line a phone adds. */
function withSignature(lines: Line[]): Line[] {
  const marked = [...lines];
  for (let at = 0; at < marked.length; at += 1) {
    if (marked[at]?.part !== 'written' || !/^--\s?$/.test(head(marked[at]))) continue;
    const next = marked.findIndex(({ part }, n) => n > at && part === 'quoted');
    const end = next === -1 ? marked.length : next;
    if (end - at <= SIGNATURE_LINES) mark(marked, at, end, 'signature');
    at = end;
  }
  for (const [at, line] of marked.entries()) {
    if (line.part === 'written' && deviceLine.test(head(line)) && endsStretch(marked, at))
      mark(marked, at, at + 1, 'signature');
  }
  return marked;
}

function endsStretch(lines: Line[], at: number): boolean {
  for (let n = at + 1; n < lines.length && n < at + 5; n += 1) {
    if (lines[n]?.part !== 'written') return true;
    if (lines[n]?.text.trim() !== '') return false;
  }
  return true;
}

/** Who answers between the lines needs the lines. */
function withContext(lines: Line[]): string {
  const says = (line: Line) => line.part === 'written' && line.text.trim() !== '';
  const written = lines.filter(({ part }) => part === 'written');
  const inner = lines.slice(lines.findIndex(says), lines.findLastIndex(says) + 1);
  const quotes = inner.filter(({ part }) => part === 'quoted').length;
  if (quotes === 0 || quotes > CONTEXT_LINES) return textOfLines(written);
  return shown(inner.filter(({ part }) => part !== 'signature'));
}

function shown(lines: Line[]): string {
  return textOfLines(
    lines.map((line) => ({
      ...line,
      text: `${'> '.repeat(line.part === 'quoted' ? Math.max(1, Math.min(line.depth, 20)) : 0)}${line.text}`,
    })),
  );
}

function mark(lines: Line[], from: number, to: number, part: Line['part']): void {
  for (let n = from; n < to; n += 1) {
    const line = lines[n];
    if (line) lines[n] = { ...line, part };
  }
}
