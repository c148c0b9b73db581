// Thunderbird: a table of headers in a forward, `moz-cite-prefix` in a reply, format=flowed in plain text (RFC 3676).

import type { Block, Body, Client, Draft } from './case.ts';
import { headerDate } from './dates.ts';
import { thunderbirdLabels } from './labels-thunderbird.ts';
import { attribution, escaped, htmlOf, interleave, lines, quote, textOf, wrap } from './layout.ts';

/** A space before each soft break (RFC 3676, 4.1); lines that end of themselves have none, but for "-- ". */
function soft(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => wrap(line === '-- ' ? line : line.trimEnd(), width).replaceAll('\n', ' \n'))
    .join('\n');
}

/** Lines of at most 72 characters, and stuffing (RFC 3676, 4.4). */
const flow = (text: string) => soft(text, 71).replace(/^(?= |From |>)/gm, ' ');

const own = (paragraphs: string[]) => paragraphs.map((one) => `<p>${lines(one)}</p>\n`).join('');
const start = (paragraphs: string[]) => (paragraphs.length > 0 ? `${flow(paragraphs.join('\n\n'))}\n` : '');
const end = (paragraphs: string[]) => (paragraphs.length > 0 ? `\n\n${flow(paragraphs.join('\n\n'))}` : '');

function signed(draft: Draft) {
  return draft.signature.length > 0
    ? {
        text: `\n-- \n${draft.signature.join('\n')}\n`,
        html: `<div class="moz-signature">-- <br>${draft.signature.map(escaped).join('<br>')}</div>`,
      }
    : { text: '', html: '' };
}

function forward(language: string, draft: Draft): Body {
  const { sent } = draft;
  const labels = thunderbirdLabels(language);
  const date = headerDate(sent.at);
  const fields: [string, string][] = [
    [labels.subject, sent.subject],
    [labels.date, date],
    [labels.from, `${sent.from.name} <${sent.from.address}>`],
    [labels.to, `${sent.to.name} <${sent.to.address}>`],
  ];
  const banner = `-------- ${labels.banner} --------`;
  const printed = fields.map(([label, value]) => `${label} \t${value}`);
  const signature = signed(draft);
  const rows = fields
    .map(
      ([label, value]) =>
        `<tr>\n<th valign="BASELINE" nowrap="nowrap" align="RIGHT">${escaped(label)} </th>\n<td>${escaped(value)}</td>\n</tr>`,
    )
    .join('\n');
  return {
    text: `${start(draft.above)}${signature.text}\n\n${banner}\n${printed.join('\n')}\n\n\n\n${flow(textOf(sent.blocks))}\n`,
    html: `${own(draft.above)}${signature.html}<div class="moz-forward-container"><br>\n<br>\n${banner}\n<table class="moz-email-headers-table" cellspacing="0" cellpadding="0" border="0">\n<tbody>\n${rows}\n</tbody>\n</table>\n<br>\n<br>\n${htmlOf(sent.blocks)}\n</div>\n${own(draft.below)}`,
    residue: [banner, ...fields.map(([label, value]) => `${label} ${value}`)],
    source: { from: sent.from.address, date, subject: sent.subject },
  };
}

function reply(language: string, draft: Draft): Body {
  const { sent } = draft;
  const wrote = attribution(sent, language, thunderbirdLabels(language).wrote);
  const signature = signed(draft);
  const cited = (blocks: Block[]) =>
    `<blockquote type="cite" cite="mid:${sent.id}">\n${htmlOf(blocks)}\n</blockquote>\n`;
  const text = interleave(sent, draft.answers, (blocks) => quote(soft(textOf(blocks), 69)), flow, '\n\n');
  return {
    text: `${start(draft.above)}${draft.above.length > 0 ? '\n' : ''}${wrote}\n${text}${end(draft.below)}${signature.text && `\n${signature.text}`}\n`,
    html: `${own(draft.above)}<div class="moz-cite-prefix">${escaped(wrote)}<br>\n</div>\n${interleave(sent, draft.answers, cited, (answer) => own([answer]), '')}${own(draft.below)}${signature.html}`,
    residue: [wrote],
    source: { from: sent.from.name },
  };
}

const client = {
  headers: [['User-Agent', 'Mozilla Thunderbird']] as [string, string][],
  prefixes: () => ({ forward: 'Fwd:', reply: 'Re:' }),
  encoding: () => '8bit' as const,
  forward,
  reply,
  document: (html: string) =>
    `<!DOCTYPE html>\n<html>\n  <head>\n    <meta http-equiv="content-type" content="text/html; charset=UTF-8">\n  </head>\n  <body>\n${html}\n  </body>\n</html>\n`,
};

export const thunderbird: Client = {
  ...client,
  name: 'thunderbird',
  languages: ['de', 'en', 'fr', 'ja', 'cs', 'es', 'ru', 'el', 'pl', 'zh', 'nb', 'it', 'ko', 'ar', 'hu'],
  formats: ['html', 'alternative', 'alternative'],
  places: {
    'below-forward': ['alternative', 'html'],
    'below-reply': ['alternative', 'html'],
    between: ['alternative', 'html'],
  },
};

export const thunderbirdFlowed: Client = {
  ...client,
  name: 'thunderbird-flowed',
  languages: ['en', 'de', 'uk', 'pt', 'fi', 'he', 'nl', 'tr', 'ro', 'sv'],
  formats: ['text'],
  flowed: true,
  places: { 'below-reply': ['text'], between: ['text'] },
};
