// Looks at a post as it will be drawn, for a picture that reading the text line by line took for code. Pure.
import MarkdownIt from 'markdown-it';
import { withoutImages } from './neutral.ts';
import { linesOf } from './structure.ts';

const reader = new MarkdownIt({ html: false });

/**
 * The text with a link for each picture that a reader draws. A stray backtick can make code of what another reader shows,
 * and a cut can move it: so each post is looked at by itself. Other lines keep their text, for `![` may be code there.
 */
export function withoutPictures(post: string): string {
  const drawn = linesWithPictures(post);
  if (drawn.size === 0) return post;
  const linked = linesOf(post)
    .map((line, n) => (drawn.has(n) ? withoutImages(line) : line))
    .join('');
  // A line that is changed can be read as the target of another one's picture. Without any `![` there is none.
  return linesWithPictures(linked).size === 0 ? linked : withoutImages(post);
}

function linesWithPictures(markdown: string): Set<number> {
  const found = new Set<number>();
  if (!markdown.includes('![')) return found;
  let lines: [number, number] = [0, 0];
  for (const { map, children } of reader.parse(markdown, {})) {
    // A table's cells have no lines of their own: theirs are the row's.
    lines = map ?? lines;
    if (!children?.some(({ type }) => type === 'image')) continue;
    for (let line = lines[0]; line < lines[1]; line += 1) found.add(line);
  }
  return found;
}
