// Slack's mrkdwn -> nodes (docs.slack.dev/messaging/formatting-message-text).

import { h } from '../nodes/tree.js';
import { common, inline, unescaped } from './inline.js';

const mark = (sign, tag) => ({
  starts: sign,
  pattern: new RegExp(
    `(?<![\\w${sign}])\\${sign}(?=[^\\s${sign}])([^\\n]{0,2000}?[^\\s${sign}]|[^\\s${sign}])\\${sign}(?![\\w${sign}])`,
    'y',
  ),
  make: ([, text], inner) => h(tag, {}, inner(text)),
});

const rules = [...common, mark('*', 'strong'), mark('_', 'em'), mark('~', 'del')];

/** One line's worth, for labels and fields. */
export const mrkdwnInline = (text, names) => inline(text, rules, names);

/** @param {string} text @param {import('../nodes/people.js').Names} names @returns {import('../nodes/tree.js').Node[]} */
export function mrkdwn(text, names) {
  return text
    .split(/(```[\s\S]*?```)/)
    .flatMap((part, index) => (index % 2 === 1 ? [fence(part.slice(3, -3))] : paragraphs(part, names)));
}

function fence(code) {
  return h('pre', { tabindex: '0' }, h('code', {}, unescaped(code.replace(/^\n|\n$/g, ''))));
}

function paragraphs(text, names) {
  const runs = [];
  for (const line of text.split('\n')) {
    const quoted = /^(?:&gt;|>)(?!&gt;&gt;|>>) ?(.*)$/.exec(line);
    const kind = quoted === null ? 'p' : 'blockquote';
    const last = runs.at(-1);
    if (last?.kind === kind) last.lines.push(quoted?.[1] ?? line);
    else runs.push({ kind, lines: [quoted?.[1] ?? line] });
  }
  return runs
    .map(({ kind, lines }) => ({ kind, text: lines.join('\n').replace(/^\n+/, '').trimEnd() }))
    .filter((run) => run.text !== '')
    .map((run) => h(run.kind, {}, inline(run.text, rules, names)));
}
