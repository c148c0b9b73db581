// Removes from an HTML body the text that readers can't see, and counts its characters. The other markup stays
// unchanged. Pure, linear.
import { Parser } from 'htmlparser2';
import { withoutInvisible } from '../decode/invisible-signs.ts';
import { HTML_CHARS, HTML_DEPTH } from '../limits.ts';
import { escapeHtml } from '../render/escape-html.ts';
import { type Declarations, declarationsOf } from './css.ts';
import { type Element, makeSheet, merged } from './css-match.ts';
import { sheetsIn } from './style-sheets.ts';
import { inlineTags, makeVisibilities, VISIBLE, type Visibility, type Way } from './visibility.ts';

/** Elements whose content no mail program shows as text. */
export const unseenTags = new Set(
  'applet audio canvas datalist embed head iframe input map math noembed noframes object option script select style svg template title video'.split(
    ' ',
  ),
);

export interface Hidden {
  /** The number of hidden characters without white space, for each way of hiding. */
  counts: Partial<Record<Way, number>>;
  /** True if the body exceeds the limit for styles. `words` may then contain hidden text. */
  unsure: boolean;
}

export interface Visible extends Hidden {
  html: string;
  /** The visible words in order. */
  words: string;
  /** True if the body is nested too deeply, so that its rest was not read. */
  cut: boolean;
}

interface Frame {
  element: Element | undefined;
  visibility: Visibility;
  /** True if the element's content is not text. */
  unseen: boolean;
}

/** End tags without a start tag that browsers turn into an element. */
const IMPLIED: Readonly<Record<string, string>> = { p: '<p>', br: '<br>' };
const MOST_KNOWN = 1_000;
const CHUNK_CHARS = 8_000;

export function visibleHtml(html: string): Visible {
  const { rules, whole } = sheetsIn(html);
  const sheet = makeSheet(rules);
  const visibilities = makeVisibilities();
  const root: Frame = { element: undefined, visibility: VISIBLE, unseen: false };
  const stack: Frame[] = [root];
  const top = () => stack.at(-1) ?? root;
  const out: string[] = [];
  const words: string[] = [];
  const counts: Hidden['counts'] = {};
  let pieces: string[] = [];

  // A cache, because a page repeats the same style in hundreds of elements.
  const known = new Map<string, Declarations>();
  const styleOf = (style = ''): Declarations => {
    const before = known.get(style);
    if (before) return before;
    const read = declarationsOf(style);
    if (known.size < MOST_KNOWN) known.set(style, read);
    return read;
  };
  const count = (way: Way, text: string | number) => {
    const signs = typeof text === 'number' ? text : withoutInvisible(text).text.replace(/\s+/g, '').length;
    if (signs > 0) counts[way] = (counts[way] ?? 0) + signs;
  };
  /** Handles the collected text. The parser delivers the text in pieces, which begin and end at entities. */
  const flush = () => {
    if (pieces.length === 0) return;
    const text = pieces.join('');
    pieces = [];
    const { visibility, unseen } = top();
    if (unseen) return;
    const way = visibilities.hiddenBy(visibility);
    if (way) return count(way, text);
    const seen = withoutInvisible(text);
    count('signs', seen.taken);
    out.push(escapeHtml(seen.text));
    words.push(seen.text);
  };
  const shown = ({ visibility, unseen }: Frame) => !unseen && !visibility.gone;

  const parser = new Parser(
    {
      onopentag(name, attributes, implied) {
        flush();
        if (!inlineTags.has(name)) words.push('\n');
        const above = top();
        const element = { name, attributes, classes: classesOf(attributes.class), above: above.element };
        const styles = merged([sheet.declarationsFor(element), styleOf(attributes.style)]);
        const frame: Frame = {
          element,
          visibility: visibilities.of(above.visibility, element, styles),
          unseen: above.unseen || unseenTags.has(name),
        };
        stack.push(frame);
        if (shown(frame))
          out.push(implied ? (IMPLIED[name] ?? '') : html.slice(parser.startIndex, parser.endIndex + 1));
      },
      onclosetag(name, implied) {
        flush();
        const frame = stack.length > 1 ? stack.pop() : undefined;
        if (frame && shown(frame) && !implied) out.push(`</${name}>`);
      },
      ontext(text) {
        pieces.push(text);
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  const most = Math.min(html.length, HTML_CHARS);
  let at = 0;
  for (; at < most && stack.length < HTML_DEPTH; at += CHUNK_CHARS)
    parser.write(html.slice(at, Math.min(at + CHUNK_CHARS, most)));
  parser.end();
  flush();
  return { html: out.join(''), words: words.join(''), counts, unsure: !whole || sheet.exhausted(), cut: at < most };
}

const none: ReadonlySet<string> = new Set();

function classesOf(classes: string | undefined): ReadonlySet<string> {
  return classes ? new Set(classes.slice(0, 1_000).split(/\s+/).filter(Boolean)) : none;
}
