// Gmail on the web: `gmail_quote` containers, a block whose labels are partly English, answers inside the container.

import type { Block, Body, Client, Draft } from './case.ts';
import { printDate } from './dates.ts';
import { gmailLabels } from './labels-gmail.ts';
import { attribution, escaped, htmlOf, interleave, lines, quote, textOf, wrap } from './layout.ts';

const WIDTH = 76;
const CITE = 'margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex';
const BANNER = '---------- Forwarded message ---------';

const own = (paragraphs: string[]) => paragraphs.map((one) => `<div>${lines(one)}</div>`).join('<div><br></div>');
const link = (address: string) => `&lt;<a href="mailto:${address}">${address}</a>&gt;`;

function signed(draft: Draft): { text: string; html: string } {
  if (draft.signature.length === 0) return { text: '', html: '' };
  const html = draft.signature.map((one) => `<div>${escaped(one)}</div>`).join('');
  return {
    text: `\n\n-- \n${draft.signature.join('\n')}`,
    html: `<div><br></div><span class="gmail_signature_prefix">-- </span><br><div dir="ltr" class="gmail_signature" data-smartmail="gmail_signature"><div dir="ltr">${html}</div></div>`,
  };
}

const below = (draft: Draft) =>
  draft.below.length > 0 ? `<div dir="ltr"><div><br></div>${own(draft.below)}</div>` : '';

function forward(language: string, draft: Draft): Body {
  const { sent } = draft;
  const labels = gmailLabels(language);
  const date = printDate(sent.at, language, labels.date);
  const block = [
    BANNER,
    `${labels.from} ${sent.from.name} <${sent.from.address}>`,
    `Date: ${date}`,
    `Subject: ${sent.subject}`,
    `To: ${sent.to.name} <${sent.to.address}>`,
  ];
  const signature = signed(draft);
  const above = draft.above.length > 0 ? `${wrap(draft.above.join('\n\n'), WIDTH)}${signature.text}\n\n` : '';
  const tail = draft.below.length > 0 ? `\n\n${wrap(draft.below.join('\n\n'), WIDTH)}` : '';
  return {
    text: `${above}${block.join('\n')}\n\n\n${wrap(textOf(sent.blocks), WIDTH)}${tail}\n`,
    html: `<div dir="ltr">${own(draft.above)}${signature.html}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">${BANNER}<br>${escaped(labels.from)} <strong class="gmail_sendername" dir="auto">${escaped(sent.from.name)}</strong> <span dir="auto">${link(sent.from.address)}</span><br>Date: ${escaped(date)}<br>Subject: ${escaped(sent.subject)}<br>To: ${escaped(sent.to.name)} ${link(sent.to.address)}<br></div><br><br>${htmlOf(sent.blocks)}</div>\n${below(draft)}`,
    residue: block,
    source: { from: sent.from.address, date, subject: sent.subject },
  };
}

function reply(language: string, draft: Draft): Body {
  const { sent } = draft;
  const wrote = attribution(sent, language, gmailLabels(language).wrote);
  const signature = signed(draft);
  const above = draft.above.length > 0 ? `${wrap(draft.above.join('\n\n'), WIDTH)}${signature.text}\n\n` : '';
  const tail = draft.below.length > 0 ? `\n\n${wrap(draft.below.join('\n\n'), WIDTH)}` : '';
  const cited = (blocks: Block[]) => `<blockquote class="gmail_quote" style="${CITE}">${htmlOf(blocks)}</blockquote>`;
  const quoted = interleave(
    sent,
    draft.answers,
    (blocks) => quote(wrap(textOf(blocks), WIDTH - 2)),
    (text) => wrap(text, WIDTH),
    '\n\n',
  );
  const html = interleave(
    sent,
    draft.answers,
    cited,
    (text) => `<div><br></div><div>${lines(text)}</div><div>&nbsp;</div>`,
    '',
  );
  return {
    text: `${above}${wrap(wrote, WIDTH)}\n\n${quoted}${tail}\n`,
    html: `<div dir="ltr">${own(draft.above)}${signature.html}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">${escaped(wrote).replace(escaped(sent.from.address), `<a href="mailto:${sent.from.address}">${sent.from.address}</a>`)}<br></div>${html}</div>\n${below(draft)}`,
    residue: [wrote],
    source: { from: sent.from.address },
  };
}

export const gmail: Client = {
  name: 'gmail',
  languages: [
    'en',
    'de',
    'ja',
    'uk',
    'fr',
    'he',
    'pl',
    'tr',
    'es',
    'zh',
    'it',
    'sv',
    'ko',
    'ro',
    'ar',
    'pt',
    'hu',
    'nl',
    'el',
  ],
  formats: ['alternative', 'alternative', 'text'],
  places: {
    'below-forward': ['alternative'],
    'below-reply': ['alternative', 'text'],
    between: ['alternative', 'text'],
  },
  encoding: (language) => (/^(ja|uk|he|zh|ko|ar|el)$/.test(language) ? 'base64' : 'quoted-printable'),
  headers: [],
  prefixes: () => ({ forward: 'Fwd:', reply: 'Re:' }),
  forward,
  reply,
  document: (html) => html,
};
