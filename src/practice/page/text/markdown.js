// A limited Markdown -> nodes: headings, lists, quotes, fences, tables, rules and what stands in a line. HTML in it stays text.

import { table } from '../nodes/table.js';
import { h } from '../nodes/tree.js';
import { common, inline, link } from './inline.js';

const DEEPEST = 6;

const mark = (starts, source, tag) => ({
  starts,
  pattern: new RegExp(source, 'y'),
  make: ([, text], inner) => h(tag, {}, inner(text)),
});

const rules = [
  { starts: '\\', pattern: /\\([!-/:-@[-`{-~])/y, make: ([, sign]) => sign },
  ...common,
  {
    starts: '[!',
    pattern: /!?\[([^[\]\n]{0,500})\]\(<?([^()\s<>]{0,2000})>?(?:\s{1,5}"[^"\n]{0,200}")?\)/y,
    make: ([, label, address], inner) => link(address, inner(label || address)),
  },
  mark('*', '\\*\\*(?=\\S)([^\\n]{0,2000}?\\S)\\*\\*(?!\\*)', 'strong'),
  mark('_', '(?<!\\w)__(?=\\S)([^\\n]{0,2000}?\\S)__(?!\\w)', 'strong'),
  mark('*', '\\*(?=[^\\s*])([^\\n*]{0,2000}?[^\\s*])\\*(?!\\*)', 'em'),
  mark('_', '(?<!\\w)_(?=[^\\s_])([^\\n_]{0,2000}?[^\\s_])_(?!\\w)', 'em'),
  mark('~', '~~(?=\\S)([^\\n]{0,2000}?\\S)~~', 'del'),
];

const FENCE = /^\s{0,12}(`{3,}|~{3,})[^`]*$/;
const HEADING = /^ {0,3}(#{1,6}) +(.*)$/;
const RULE = /^ {0,3}([-*_])(?:\s*\1){2,}\s*$/;
const QUOTE = /^ {0,3}(?:>|&gt;) ?(.*)$/;
const ITEM = /^( {0,12})([-*+•]|\d{1,9}[.)])\s+(.*)$/;

/** @param {string} text @param {import('../nodes/people.js').Names} names @returns {import('../nodes/tree.js').Node[]} */
export function markdown(text, names) {
  return blocks(text.replace(/\r\n?/g, '\n').replaceAll('\t', '    ').split('\n'), names, 0);
}

function blocks(lines, names, depth) {
  const nodes = [];
  for (let at = 0; at < lines.length; ) {
    const { node, used } = blockAt(lines, at, names, depth);
    if (node !== undefined) nodes.push(node);
    at += used;
  }
  return nodes;
}

function blockAt(lines, at, names, depth) {
  const line = lines[at];
  if (line.trim() === '') return { used: 1 };
  const fence = FENCE.exec(line);
  if (fence !== null) return fenceAt(lines, at, fence[1]);
  const heading = HEADING.exec(line);
  if (heading !== null) return { node: headingOf(heading, names), used: 1 };
  if (RULE.test(line)) return { node: h('hr'), used: 1 };
  if (depth < DEEPEST && QUOTE.test(line)) return quoteAt(lines, at, names, depth);
  if (depth < DEEPEST && ITEM.test(line)) return listAt(lines, at, names, depth);
  if (isTable(lines, at)) return tableAt(lines, at, names);
  return paragraphAt(lines, at, names, depth);
}

function fenceAt(lines, at, opening) {
  const closes = (line) => line.trim().startsWith(opening) && line.trim().replaceAll(opening[0], '') === '';
  const found = lines.findIndex((line, index) => index > at && closes(line));
  const end = found === -1 ? lines.length : found;
  return { node: h('pre', { tabindex: '0' }, h('code', {}, lines.slice(at + 1, end).join('\n'))), used: end + 1 - at };
}

/** The page's own headings come first, so a message's begin at the fourth level. */
function headingOf([, signs, text], names) {
  return h(`h${Math.min(signs.length + 3, 6)}`, {}, inline(text.trimEnd().replace(/ #+$/, ''), rules, names));
}

function quoteAt(lines, at, names, depth) {
  const quoted = [];
  while (at + quoted.length < lines.length) {
    const found = QUOTE.exec(lines[at + quoted.length]);
    if (found === null) break;
    quoted.push(found[1]);
  }
  return { node: h('blockquote', {}, blocks(quoted, names, depth + 1)), used: quoted.length };
}

/** An item holds the lines indented below it, which may be a list again. */
function listAt(lines, at, names, depth) {
  const [, indent, sign] = ITEM.exec(lines[at]);
  const ordered = /\d/.test(sign);
  const items = [];
  let end = at;
  for (; end < lines.length; end += 1) {
    const line = lines[end];
    const item = ITEM.exec(line);
    const inside = /^ */.exec(line)[0].length > indent.length;
    if (item !== null && !inside && /\d/.test(item[2]) === ordered && !RULE.test(line)) items.push([item[3]]);
    else if (inside || (line.trim() === '' && goesOn(lines, end + 1, indent.length))) items.at(-1).push(line);
    else break;
  }
  const shown = items.map(([first, ...rest]) => {
    const more = dedented(rest);
    return h('li', {}, inline(first, rules, names), blocks(more, names, depth + 1));
  });
  const start = ordered ? Number.parseInt(sign, 10) : 1;
  return { node: h(ordered ? 'ol' : 'ul', { start: start === 1 ? undefined : start }, shown), used: end - at };
}

function goesOn(lines, at, indent) {
  const next = lines[at] ?? '';
  return /^ */.exec(next)[0].length > indent || ITEM.test(next);
}

function dedented(lines) {
  const depths = lines.filter((line) => line.trim() !== '').map((line) => /^ */.exec(line)[0].length);
  return lines.map((line) => line.slice(Math.min(...depths, line.length)));
}

function isTable(lines, at) {
  const [head, ruler = ''] = [lines[at], lines[at + 1]];
  return head.includes('|') && ruler.includes('-') && cellsOf(ruler).every((cell) => /^:?-+:?$/.test(cell));
}

function tableAt(lines, at, names) {
  const body = [];
  for (let n = at + 2; n < lines.length && lines[n].includes('|'); n += 1) body.push(lines[n]);
  const rows = [lines[at], ...body].map((line) => cellsOf(line).map((cell) => inline(cell, rules, names)));
  return { node: table(rows), used: body.length + 2 };
}

function cellsOf(line) {
  const trimmed = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return trimmed.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'));
}

function paragraphAt(lines, at, names, depth) {
  const starts = (line) =>
    line.trim() === '' ||
    FENCE.test(line) ||
    HEADING.test(line) ||
    RULE.test(line) ||
    (depth < DEEPEST && (QUOTE.test(line) || ITEM.test(line)));
  let end = at + 1;
  while (end < lines.length && !starts(lines[end]) && !isTable(lines, end)) end += 1;
  const text = lines
    .slice(at, end)
    .map((line) => line.trim())
    .join('\n');
  return { node: h('p', {}, inline(text, rules, names)), used: end - at };
}
