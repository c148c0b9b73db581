// Renders Markdown as HTML for mails, with widely supported elements and inline styles, because most programs drop
// style sheets. The HTML loads nothing. Pure.
import { escapeHtml } from './escape-html.ts';
import { markdownReader, type Token, urlOf } from './markdown.ts';

const CODE = 'font-family:ui-monospace,Menlo,Consolas,monospace;background:#f3f4f6;border-radius:4px;';
const CELL = 'border:1px solid #d1d5db;padding:4px 10px;vertical-align:top;';
const styles = {
  pre: `${CODE}padding:10px;overflow:auto;white-space:pre-wrap`,
  code: `${CODE}padding:1px 4px`,
  blockquote: 'margin:0 0 1em;padding-left:12px;border-left:3px solid #d1d5db;color:#4b5563',
  table: 'border-collapse:collapse;margin:0 0 1em;font-size:14px',
  th: `${CELL}background:#f3f4f6;`,
  td: CELL,
} as const;

const reader = renderer();

export function markdownHtml(markdown: string): string {
  return reader.render(markdown).trimEnd();
}

function renderer() {
  const made = markdownReader();
  const { rules } = made.renderer;
  const at = (tokens: readonly Token[], n: number) => tokens[n] as Token;
  const preformatted = (tokens: readonly Token[], n: number) =>
    `<pre style="${styles.pre}">${escapeHtml(at(tokens, n).content.replace(/\n$/, ''))}</pre>\n`;
  // Level 1 is the mail's own title, so headings in the text are one level lower.
  const level = (tokens: readonly Token[], n: number) => Math.min(4, Number(at(tokens, n).tag.slice(1)) + 1);
  rules.fence = preformatted;
  rules.code_block = preformatted;
  rules.code_inline = (tokens, n) => `<code style="${styles.code}">${escapeHtml(at(tokens, n).content)}</code>`;
  rules.heading_open = (tokens, n) => `<h${level(tokens, n)}>`;
  rules.heading_close = (tokens, n) => `</h${level(tokens, n)}>\n`;
  rules.blockquote_open = () => `<blockquote style="${styles.blockquote}">\n`;
  rules.table_open = () => `<table style="${styles.table}">\n`;
  rules.th_open = (tokens, n) => `<th style="${styles.th}${alignment(at(tokens, n), 'left')}">`;
  rules.td_open = (tokens, n) => `<td style="${styles.td}${alignment(at(tokens, n))}">`;
  // The link's title is omitted, because it could show another address than the link's.
  rules.link_open = (tokens, n) => `<a href="${escapeHtml(urlOf(at(tokens, n)))}">`;
  return made;
}

/** Returns the style of the column's alignment, as `text-align:right`. */
function alignment(cell: Token, otherwise = ''): string {
  return String(cell.attrGet('style') ?? (otherwise && `text-align:${otherwise}`));
}
