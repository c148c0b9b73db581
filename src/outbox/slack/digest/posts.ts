// Renders a digest for Slack: what waits for the reader with its buttons, then the news. Pure.
import { shownDay } from '../../../pods/local-time.ts';
import type { Line, Section, SentDigest } from '../../../pods/telling/notices/sent-digest.ts';
import { BLOCKS_JSON_CHARS, MESSAGE_BLOCKS } from '../../../slack/limits.ts';
import { message, section, sections } from '../../../slack/render/blocks.ts';
import { linkedMrkdwn, mrkdwnOf } from '../../../slack/render/neutral.ts';
import { type Block, type Post, render } from '../../../slack/render/render.ts';
import type { Texts } from '../../../texts/texts.ts';
import { MOST_WITH_BUTTONS, rowBlocks } from '../notices/posts.ts';
import type { NoticeRow } from '../notices/rows.ts';

/** The lines of what waits, in their present state. Those without an item have no buttons. */
export type Rows = readonly (NoticeRow | Pick<Line, 'text'>)[];

/** Returns the posts of a digest. `rows`: what waits. */
export function digestPosts(texts: Texts, digest: SentDigest, rows: Rows): Post[] {
  const { top, rest, foot } = partsOf(texts, digest, rows);
  const [first, ...more] = rest;
  const joined = {
    text: [top.text, first?.text].filter(Boolean).join('\n'),
    blocks: [...top.blocks, ...(first?.blocks ?? [])],
  };
  const posts = digest.apart ? [top, ...rest] : [joined, ...more];
  return posts.map(({ text, blocks }, n) => message(text, n === posts.length - 1 ? [...blocks, foot] : blocks));
}

/**
 * Returns the posts in place of those that were sent. A digest that has become shorter fills the last ones with the
 * sentence that something was erased, or they would keep their old words.
 */
export function inPlaceOf(texts: Texts, sent: number, posts: readonly Post[]): Post[] {
  const erased = texts.fill('digest', 'erased');
  const left = Array.from({ length: Math.max(0, sent - posts.length) }, () => message(erased, [section(erased)]));
  return [...posts, ...left];
}

/** True if the news does not fit beside what waits. Room is left for rows that grow when they are settled. */
export function standsApart(texts: Texts, digest: Omit<SentDigest, 'apart'>, rows: Rows): boolean {
  const { top, rest, foot } = partsOf(texts, digest, rows);
  const blocks = [...top.blocks, ...(rest[0]?.blocks ?? []), foot];
  const fits = blocks.length <= MESSAGE_BLOCKS && JSON.stringify(blocks).length <= BLOCKS_JSON_CHARS - 2000;
  return rest.length > 0 && !fits;
}

function partsOf(
  texts: Texts,
  digest: Omit<SentDigest, 'apart'>,
  rows: Rows,
): { top: Post; rest: Post[]; foot: Block } {
  const { fill } = texts;
  const heading = fill('digest', 'subject', { day: shownDay(digest.today) });
  const waits = digest.sections.filter((section) => section.waits);
  const news = markdownOf(
    texts,
    digest.sections.filter((section) => !section.waits),
  );
  const said = news || (waits.length ? '' : fill('digest', 'nothing'));
  return {
    top: {
      text: textOf(texts, heading, waits, rows),
      blocks: [header(heading), ...waitingBlocks(texts, waits, rows)],
    },
    rest: rendered(said),
    foot: footer(fill('digest', 'slack-foot', { time: digest.time, zone: digest.zone })),
  };
}

/** The posts contain no real mentions: a digest contains people's names, but must not notify them. */
function rendered(markdown: string): Post[] {
  return markdown ? render({ markdown, people: () => undefined }).posts : [];
}

function waitingBlocks(texts: Texts, waits: readonly Section[], rows: Rows): Block[] {
  const blocks: Block[] = [];
  let plain: string[] = waits.map(({ title }) => `*${mrkdwnOf(title)}*`);
  for (const [n, row] of rows.entries()) {
    if (!('can' in row) || !row.can.length || n >= MOST_WITH_BUTTONS) plain.push(`• ${linkedMrkdwn(wordsOf(row))}`);
    else {
      blocks.push(...sections(plain), ...rowBlocks(texts, row, n));
      plain = [];
    }
  }
  return [...blocks, ...sections(plain)];
}

function wordsOf(row: Rows[number]): string {
  return 'line' in row ? row.line : row.text;
}

function textOf(texts: Texts, heading: string, waits: readonly Section[], rows: Rows): string {
  const section = waits.map((one) => ({ ...one, lines: rows.map((row) => ({ text: wordsOf(row) })) }));
  return [heading, ...rendered(markdownOf(texts, section)).map(({ text }) => text)].join('\n');
}

function markdownOf(texts: Texts, sections: readonly Section[]): string {
  return sections
    .map(({ title, url, lines }) => {
      const head = url ? `**[${title}](${url})**` : `**${title}**`;
      return `${head}\n${lines.map((line) => `- ${lineText(texts, line)}\n`).join('')}`;
    })
    .join('\n');
}

/** Returns the line's words, or that they were erased. */
export function lineText({ fill }: Texts, { text, erased }: Line): string {
  return erased ? fill('digest', 'erased') : text;
}

function header(text: string): Block {
  return { type: 'header', text: { type: 'plain_text', text } };
}

function footer(markdown: string): Block {
  return { type: 'context', elements: [{ type: 'mrkdwn', text: mrkdwnOf(markdown) }] };
}
