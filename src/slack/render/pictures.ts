// Parses a whole post as Markdown, to find pictures that a parser of single lines takes for code. Pure.
import MarkdownIt from 'markdown-it';
import { withoutImages } from './neutral.ts';
import { linesOf } from './structure.ts';

const reader = new MarkdownIt({ html: false });

/**
 * Replaces pictures by links. Two parsers may disagree whether a stray backtick opens code, and a split of the text may
 * move it. For that reason each post is parsed separately. Lines without pictures stay unchanged, because `![` may be
 * code there.
 */
export function withoutPictures(post: string): string {
  const drawn = linesWithPictures(post);
  if (drawn.size === 0) return post;
  const linked = linesOf(post)
    .map((line, n) => (drawn.has(n) ? withoutImages(line) : line))
    .join('');
  // A changed line may become the link target of another line's picture. In that case every `![` of the post is
  // replaced.
  return linesWithPictures(linked).size === 0 ? linked : withoutImages(post);
}

function linesWithPictures(markdown: string): Set<number> {
  const found = new Set<number>();
  if (!markdown.includes('![')) return found;
  let lines: [number, number] = [0, 0];
  for (const { map, children } of reader.parse(markdown, {})) {
    // Table cells have no line numbers, so the row's numbers are used.
    lines = map ?? lines;
    if (!children?.some(({ type }) => type === 'image')) continue;
    for (let line = lines[0]; line < lines[1]; line += 1) found.add(line);
  }
  return found;
}
