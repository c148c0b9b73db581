// The HTML of a mail -> nodes: text and simple formatting, without anything that runs, loads or imitates the page.

import { h } from '../nodes/tree.js';
import { link } from '../text/inline.js';

/** Tags that are shown as they are. */
const ALLOWED_TAGS = new Set(['P', 'UL', 'OL', 'BLOCKQUOTE', 'PRE', 'CODE', 'BR', 'B', 'STRONG', 'I', 'EM', 'S', 'HR']);
/** Block elements that are shown as plain blocks. A mail's headings must not look like the page's. */
const BLOCKS = /^(?:DIV|SECTION|ARTICLE|HEADER|FOOTER|MAIN|CENTER|TABLE|TBODY|THEAD|TR|LI|DL|DT|DD|ADDRESS|FIGURE)$/;
const NO_WORDS = /^(?:SCRIPT|STYLE|TITLE|TEMPLATE|NOSCRIPT|IFRAME|OBJECT|SVG|MATH|SELECT|TEXTAREA|HEAD)$/;
const DEEPEST = 60;

/** The page's policy blocks styles, and the browser would log an error for each. */
const STYLES = /\sstyle\s*=\s*(?:"[^"]{0,5000}"|'[^']{0,5000}')|<style\b[^>]{0,500}>[^<]{0,100000}<\/style\s*>/gi;

/** @param {string} html what a parser is given @returns {string} */
export const withoutStyles = (html) => html.replace(STYLES, '');

/** @param {Element} element its document is not shown anywhere @returns {import('../nodes/tree.js').Node[]} */
export function htmlNodes(element, depth = 0) {
  if (depth > DEEPEST) return [element.textContent ?? ''];
  return [...element.childNodes].flatMap((child) => {
    if (child.nodeType === 3) return [child.data];
    return child.nodeType === 1 ? elementNodes(child, depth + 1) : [];
  });
}

function elementNodes(element, depth) {
  const tag = element.tagName.toUpperCase();
  if (NO_WORDS.test(tag)) return [];
  if (tag === 'UL' || tag === 'OL') {
    const items = [...element.children].map((item) => h('li', {}, htmlNodes(item, depth)));
    return items.length > 0 ? [h(tag.toLowerCase(), {}, items)] : [];
  }
  const inner = htmlNodes(element, depth);
  if (ALLOWED_TAGS.has(tag)) return [h(tag.toLowerCase(), {}, inner)];
  if (/^H[1-6]$/.test(tag)) return [h('p', {}, h('strong', {}, inner))];
  if (tag === 'A') return [link(element.getAttribute('href') ?? '', inner)].flat();
  if (tag === 'IMG') return [element.getAttribute('alt') ?? ''];
  if (tag === 'TD' || tag === 'TH') return [...inner, ' '];
  return BLOCKS.test(tag) ? [h('div', {}, inner)] : inner;
}
