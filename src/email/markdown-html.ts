// A model's Markdown -> HTML for a mail: the few elements every mail program shows, everything else as text; nothing is loaded from anywhere. Pure, linear.
import { escapeHtml } from './escape-html.ts';

const CODE = 'font-family:ui-monospace,Menlo,Consolas,monospace;background:#f3f4f6;border-radius:4px;';
const styles = {
  pre: `${CODE}padding:10px;overflow:auto;white-space:pre-wrap`,
  code: `${CODE}padding:1px 4px`,
  blockquote: 'margin:0 0 1em;padding-left:12px;border-left:3px solid #d1d5db;color:#4b5563',
} as const;

export function markdownHtml(markdown: string): string {
  return blocksHtml(markdown.replace(/\r\n?/g, '\n').split('\n'), 0);
}

const fence = /^ {0,3}(`{3,}|~{3,})/;
const heading = /^ {0,3}(#{1,6})\s+(.*?)[\s#]*$/;
const quote = /^ {0,3}> ?/;
const item = /^\s{0,12}(?:[-*+]|(\d{1,9})[.)])\s+/;
const rule = /^ {0,3}(?:(?:\* ?){3,}|(?:- ?){3,}|(?:_ ?){3,})$/;
const QUOTE_DEPTH = 10;

function blocksHtml(lines: string[], depth: number): string {
  const html: string[] = [];
  let at = 0;
  /** Takes lines as long as they belong together. */
  const take = (belongs: (line: string) => boolean): string[] => {
    const from = at;
    while (at < lines.length && belongs(lines[at] ?? '')) at += 1;
    return lines.slice(from, at);
  };
  while (at < lines.length) {
    const line = lines[at] ?? '';
    const mark = fence.exec(line)?.[1];
    const title = heading.exec(line.slice(0, 500));
    if (line.trim() === '') at += 1;
    else if (mark) {
      at += 1;
      const code = take((next) => !next.trim().startsWith(mark));
      at += 1;
      html.push(`<pre style="${styles.pre}">${escapeHtml(code.join('\n'))}</pre>`);
    } else if (title) {
      at += 1;
      const level = Math.min(4, (title[1]?.length ?? 1) + 1);
      html.push(`<h${level}>${inlineHtml(title[2] ?? '')}</h${level}>`);
    } else if (rule.test(line.slice(0, 100))) {
      at += 1;
      html.push('<hr>');
    } else if (quote.test(line) && depth < QUOTE_DEPTH) {
      const inner = take((next) => quote.test(next)).map((next) => next.replace(quote, ''));
      html.push(`<blockquote style="${styles.blockquote}">${blocksHtml(inner, depth + 1)}</blockquote>`);
    } else if (item.test(line)) {
      html.push(listHtml(take((next) => item.test(next) || /^\s+\S/.test(next))));
    } else {
      const first = at;
      at += 1;
      take(
        (next) =>
          next.trim() !== '' &&
          !fence.test(next) &&
          !heading.test(next.slice(0, 500)) &&
          !quote.test(next) &&
          !item.test(next),
      );
      html.push(`<p>${lines.slice(first, at).map(inlineHtml).join('<br>')}</p>`);
    }
  }
  return html.join('\n');
}

/** Nested items are shown in one list, set in: few mail programs agree about more. */
function listHtml(lines: string[]): string {
  const ordered = /^\s*\d/.test(lines[0] ?? '');
  const items: string[] = [];
  for (const line of lines) {
    if (item.test(line)) {
      const indent = Math.min(4, Math.floor((line.length - line.trimStart().length) / 2));
      items.push(
        `${indent > 0 ? `<li style="margin-left:${indent * 20}px">` : '<li>'}${inlineHtml(line.replace(item, ''))}`,
      );
    } else items.push(`${items.pop() ?? '<li>'}<br>${inlineHtml(line.trim())}`);
  }
  const tag = ordered ? 'ol' : 'ul';
  return `<${tag}>${items.map((one) => `${one}</li>`).join('')}</${tag}>`;
}

const span =
  /`([^`\n]{1,2000})`|!?\[([^[\]\n]{0,500})\]\(([^()\s]{1,2000})(?:\s"[^"\n]{0,200}")?\)|<?(https?:\/\/[^\s<>`)\]]{1,2000})>?/g;

function inlineHtml(text: string): string {
  const html: string[] = [];
  let from = 0;
  for (const found of text.matchAll(span)) {
    html.push(emphasisHtml(text.slice(from, found.index)));
    const [whole, code, label, target, url] = found;
    if (code !== undefined) html.push(`<code style="${styles.code}">${escapeHtml(code)}</code>`);
    else if (url !== undefined) html.push(linkHtml(url, url));
    else html.push(target !== undefined && isSafe(target) ? linkHtml(target, label || target) : escapeHtml(whole));
    from = found.index + whole.length;
  }
  html.push(emphasisHtml(text.slice(from)));
  return html.join('');
}

/** Pictures become links too: a mail that loads something tells when it was read. */
function linkHtml(url: string, label: string): string {
  return `<a href="${escapeHtml(url)}">${emphasisHtml(label)}</a>`;
}

function isSafe(url: string): boolean {
  return /^(?:https?:\/\/|mailto:)/i.test(url);
}

function emphasisHtml(text: string): string {
  return escapeHtml(text)
    .replace(/\*\*(?=\S)([^*\n]{1,500})(?<=\S)\*\*/g, '<b>$1</b>')
    .replace(/(?<![\w*])[*_](?=[^\s*_])([^*_\n]{1,500})(?<=[^\s*_])[*_](?![\w*])/g, '<i>$1</i>')
    .replace(/~~(?=\S)([^~\n]{1,500})(?<=\S)~~/g, '<s>$1</s>');
}
