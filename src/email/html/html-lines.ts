// Converts an HTML body to its visible lines. Each line is marked as written, quoted or signature, by the markup of
// mail programs. Pure, linear.
import { Parser } from 'htmlparser2';
import { HTML_CHARS, HTML_DEPTH } from '../limits.ts';
import { isBox, isRuled, partOf, restIsQuoted } from './html-marks.ts';
import { unseenTags } from './html-visible.ts';
import type { Line, LinePart } from './line.ts';

interface Frame {
  /** True if the element and all inside it are invisible. */
  hidden: boolean;
  part: LinePart;
  /** The number of blockquotes around the element. */
  depth: number;
  /** The number of the outermost quote container; 0 if there is none. */
  box: number;
  /**
   * Shared by all elements in one quote or container. `rest`: true if all that follows is a quoted mail, which no
   * element encloses.
   */
  scope: { rest: boolean };
  preformatted: boolean;
  /** The link's address. It is shown after the link's text if the two differ. */
  href: string | undefined;
  /** The position among the open line's pieces where the link's text begins. */
  at: number;
}

const CHUNK_CHARS = 8_000;

const blocks = new Set(
  'address article aside blockquote body center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table tbody tfoot thead tr ul'.split(
    ' ',
  ),
);
export function htmlLines(html: string): Line[] {
  const writer = makeWriter();
  const root: Frame = {
    ...{ hidden: false, part: 'written', depth: 0, box: 0, scope: { rest: false } },
    ...{ preformatted: false, href: undefined, at: 0 },
  };
  const stack: Frame[] = [root];
  let boxes = 0;
  const top = () => stack.at(-1) ?? root;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const above = top();
        const restFollows = restIsQuoted(attributes);
        if (restFollows || blocks.has(name)) writer.end();
        if (restFollows) above.scope.rest = true;
        if (isRuled(name, attributes)) writer.rule();
        const opensBox = isBox(name, attributes);
        const frame: Frame = {
          hidden: above.hidden || unseenTags.has(name),
          part: above.scope.rest ? 'quoted' : above.part === 'written' ? partOf(name, attributes) : above.part,
          depth: above.depth + (name === 'blockquote' ? 1 : 0),
          box: above.box || (opensBox ? ++boxes : 0),
          scope: opensBox ? { rest: above.scope.rest } : above.scope,
          preformatted: above.preformatted || name === 'pre',
          href: name === 'a' ? attributes.href : undefined,
          at: writer.count(),
        };
        stack.push(frame);
        if (frame.hidden) return;
        if (name === 'br') writer.force(frame);
        if (name === 'p') writer.gap();
        if (name === 'li') writer.add('- ', frame);
        if (name === 'td' || name === 'th') writer.add(' ', frame);
        if (name === 'img' && attributes.alt && attributes.width !== '1') writer.add(`[${attributes.alt}]`, frame);
      },
      onclosetag(name) {
        const frame = stack.length > 1 ? stack.pop() : undefined;
        if (frame?.href && !frame.hidden) writer.link(frame);
        if (blocks.has(name)) writer.end();
        if (name === 'p') writer.gap();
      },
      ontext(text) {
        const frame = top();
        if (frame.hidden) return;
        if (!frame.preformatted) return writer.add(text.replace(/\s+/g, ' '), frame);
        for (const [n, line] of text.split('\n').entries()) {
          if (n > 0) writer.force(frame);
          writer.add(line, frame);
        }
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  for (let at = 0; at < Math.min(html.length, HTML_CHARS) && stack.length < HTML_DEPTH; at += CHUNK_CHARS) {
    parser.write(html.slice(at, Math.min(at + CHUNK_CHARS, HTML_CHARS)));
  }
  parser.end();
  writer.end();
  return writer.lines;
}

/** Collects lines. Replaces a run of white space by one space, and a run of empty lines by one empty line. */
function makeWriter() {
  const lines: Line[] = [];
  let pieces: string[] = [];
  let filled = false;
  let open: Frame | undefined;
  let gap = false;
  let ruled = false;

  function push(frame: Frame, text: string): void {
    const last = lines.at(-1);
    if (text === '' && (last === undefined || last.text === '')) return;
    const { part, depth, box, scope } = frame;
    const marks = { ...(box ? { box } : {}), ...(ruled && text ? { ruled } : {}) };
    lines.push({ text, part: scope.rest ? 'quoted' : part, depth, ...marks });
    if (text) ruled = false;
  }
  function end(): void {
    const line = pieces.join('').replace(/[ \t\u00a0]+/g, ' ');
    const text = line.trimStart() === '-- ' ? '-- ' : line.trim();
    if (open && text !== '') {
      if (gap) push(open, '');
      gap = false;
      push(open, text);
    }
    pieces = [];
    filled = false;
    open = undefined;
  }
  return {
    lines,
    end,
    count: () => pieces.length,
    gap() {
      gap = true;
    },
    rule() {
      ruled = true;
    },
    add(text: string, frame: Frame) {
      const says = text.trim() !== '';
      if (open && open.part !== frame.part && says) end();
      if (!filled) open = frame;
      filled ||= says;
      pieces.push(text);
    },
    force(frame: Frame) {
      const empty = !filled;
      end();
      if (empty) push(frame, '');
    },
    link({ href = '', at, ...frame }: Frame) {
      const text = pieces.slice(at).join('').trim();
      if (!/^https?:\/\//i.test(href) || text === '' || href.includes(text)) return;
      pieces.push(` (${href.slice(0, 2_000)})`);
      open ??= { ...frame, href: undefined, at };
    },
  };
}
