// Web mailers that put a line of dashes or an attribution before a quote of their own: Proton, Fastmail, Zoho, GMX.

import type { Block, Body, Client, Draft } from './case.ts';
import { headerDate, printDate } from './dates.ts';
import { attribution, escaped, htmlOf, interleave, lines, quote, textOf } from './layout.ts';

const above = (draft: Draft) => [...draft.above, ...(draft.signature.length > 0 ? [draft.signature.join('\n')] : [])];
const start = (paragraphs: string[]) => (paragraphs.length > 0 ? `${paragraphs.join('\n\n')}\n\n` : '');
const end = (paragraphs: string[]) => (paragraphs.length > 0 ? `\n\n${paragraphs.join('\n\n')}` : '');
const own = (paragraphs: string[], style = '') =>
  paragraphs.map((one) => `<div${style}>${lines(one)}</div>`).join(`<div${style}><br></div>`);

const rows = (fields: [string, string][]) => fields.map(([label, value]) => `${label} ${value}`);

/** Forward and reply of a mailer, from its pieces. */
interface Shape {
  banner: string;
  fields: (draft: Draft, language: string) => [string, string][];
  closing?: string;
  footer?: string;
  wrote: (draft: Draft, language: string) => string;
  quotesForward?: boolean;
  forwardHtml: (draft: Draft, printed: string[]) => string;
  replyHtml: (draft: Draft, wrote: string) => string;
}

function forward(shape: Shape) {
  return (language: string, draft: Draft): Body => {
    const fields = shape.fields(draft, language);
    const printed = [...(shape.banner ? [shape.banner] : []), ...rows(fields)];
    const footer = shape.footer ? [shape.footer] : [];
    const block = [...printed, ...(shape.closing ? [shape.closing] : []), '', textOf(draft.sent.blocks)].join('\n');
    return {
      text: `${start([...above(draft), ...footer])}${shape.quotesForward ? quote(block) : block}\n`,
      html: shape.forwardHtml(draft, printed),
      residue: [...printed, ...footer],
      source: {
        from: draft.sent.from.address,
        date: fields.find(([, value]) => /\d:\d\d/.test(value))?.[1] ?? '',
        subject: draft.sent.subject,
      },
    };
  };
}

function reply(shape: Shape) {
  return (language: string, draft: Draft): Body => {
    const wrote = shape.wrote(draft, language);
    const footer = shape.footer ? [shape.footer] : [];
    const quoted = interleave(
      draft.sent,
      draft.answers,
      (blocks) => quote(textOf(blocks)),
      (text) => text,
      '\n\n',
    );
    return {
      text: `${start([...above(draft), ...footer])}${wrote}\n\n${quoted}${end(draft.below)}\n`,
      html: shape.replyHtml(draft, wrote),
      residue: [wrote, ...footer],
      source: { from: wrote.includes(draft.sent.from.address) ? draft.sent.from.address : draft.sent.from.name },
    };
  };
}

const person = (draft: Draft) => `${draft.sent.from.name} <${draft.sent.from.address}>`;
const recipient = (draft: Draft) => `${draft.sent.to.name} <${draft.sent.to.address}>`;

const PROTON_FOOTER = 'Sent with Proton Mail secure email.';
const PROTON_STYLE = ' style="font-family: Arial, sans-serif; font-size: 14px;"';
const protonFooter = `<div class="protonmail_signature_block" style="font-family: Arial, sans-serif; font-size: 14px;"><div class="protonmail_signature_block-proton">Sent with <a target="_blank" href="https://proton.me/mail/home">Proton Mail</a> secure email.</div></div>`;
const proton: Shape = {
  banner: '------- Forwarded Message -------',
  footer: PROTON_FOOTER,
  fields: (draft) => [
    ['From:', person(draft)],
    ['Date:', printDate(draft.sent.at, 'en', 'On {wd}, {month} {d}th, {y} at {h}:{mm} {AP}')],
    ['Subject:', draft.sent.subject],
    ['To:', recipient(draft)],
  ],
  wrote: (draft) =>
    attribution(draft.sent, 'en', 'On {wd}, {month} {d}th, {y} at {h}:{mm} {AP}, {name} <{address}> wrote:'),
  quotesForward: true,
  forwardHtml: (draft, printed) =>
    `${own(above(draft), PROTON_STYLE)}<div${PROTON_STYLE}><br></div>${protonFooter}<div class="protonmail_quote">\n        ${printed.map(escaped).join('<br>\n        ')}<br>\n        <br>\n        <blockquote class="protonmail_quote" type="cite">\n            ${htmlOf(draft.sent.blocks)}\n        </blockquote><br>\n    </div>`,
  replyHtml: (draft, wrote) => {
    const cited = (blocks: Block[]) =>
      `<blockquote class="protonmail_quote" type="cite">\n            ${htmlOf(blocks)}\n        </blockquote>`;
    const inner = interleave(
      draft.sent,
      draft.answers,
      cited,
      (text) => `<div${PROTON_STYLE}>${lines(text)}</div>`,
      '<br>\n        ',
    );
    return `${own(above(draft), PROTON_STYLE)}<div${PROTON_STYLE}><br></div>${protonFooter}<div class="protonmail_quote">\n        ${escaped(wrote)}<br>\n        ${inner}<br>\n    </div>${own(draft.below, PROTON_STYLE)}`;
  },
};

const fastmail: Shape = {
  banner: '----- Original message -----',
  fields: (draft) => [
    ['From:', person(draft)],
    ['To:', recipient(draft)],
    ['Subject:', draft.sent.subject],
    ['Date:', printDate(draft.sent.at, 'en', '{wd}, {d} {month} {y} {h}:{mm} {AP}')],
  ],
  wrote: (draft) => attribution(draft.sent, 'en', 'On {wds}, {d} {mon} {y}, at {h}:{mm} {AP}, {name} wrote:'),
  forwardHtml: (draft, printed) =>
    `${own(above(draft))}<div><br></div>${printed.map((one) => `<div>${escaped(one)}<br></div>`).join('')}<div><br></div><div>${htmlOf(draft.sent.blocks)}</div>`,
  replyHtml: (draft, wrote) => {
    const cited = (blocks: Block[]) => `<blockquote type="cite" id="qt" style="">${htmlOf(blocks)}</blockquote>`;
    return `${own(above(draft))}<div><br></div><div>${escaped(wrote)}<br></div>${interleave(draft.sent, draft.answers, cited, (text) => `<div>${lines(text)}</div><div><br></div>`, '')}<div><br></div>${own(draft.below)}`;
  },
};

const ZOHO_BANNER = '============ Forwarded message ============';
const zoho: Shape = {
  banner: ZOHO_BANNER,
  closing: ZOHO_BANNER,
  fields: (draft) => [
    ['From:', person(draft)],
    ['To:', `<${draft.sent.to.address}>`],
    ['Date:', headerDate(draft.sent.at)],
    ['Subject:', draft.sent.subject],
  ],
  wrote: (draft) => ` ---- On ${headerDate(draft.sent.at)} ${person(draft)} wrote ---`,
  forwardHtml: (draft, printed) =>
    `<div style="font-family: Verdana, Arial, Helvetica, sans-serif; font-size: 10pt;">${own(above(draft))}<div><br></div><div class="zmail_extra_hr" style="border-top: 1px solid rgb(204, 204, 204); height: 0px; margin-top: 10px; margin-bottom: 10px; line-height: 0px;"><br></div><div class="zmail_extra" data-zbluepencil-ignore="true"><div><br></div><div id="Zm-_Id_-Sgn1">${printed.map(escaped).join('<br>')}<br>${ZOHO_BANNER}<br></div><div><br></div><blockquote id="blockquote_zmail" style="margin: 0px;">${htmlOf(draft.sent.blocks)}</blockquote></div><div><br></div></div><br>`,
  replyHtml: (draft, wrote) => {
    const cited = (blocks: Block[]) =>
      `<blockquote id="blockquote_zmail" style="margin: 0px;">${htmlOf(blocks)}</blockquote>`;
    return `<div style="font-family: Verdana, Arial, Helvetica, sans-serif; font-size: 10pt;">${own(above(draft))}<div><br></div><div class="zmail_extra_hr" style="border-top: 1px solid rgb(204, 204, 204);"><br></div><div class="zmail_extra" data-zbluepencil-ignore="true"><div id="Zm-_Id_-Sgn1">${escaped(wrote.trim())}<br></div><div><br></div>${interleave(draft.sent, draft.answers, cited, (text) => `<div>${lines(text)}</div>`, '')}</div>${own(draft.below)}</div><br>`;
  },
};

const GMX_QUOTE =
  'margin:10px 5px 5px 10px; padding: 10px 0 10px 10px; border-left:2px solid #C3D9E5; word-wrap: break-word; -webkit-nbsp-mode: space; -webkit-line-break: after-white-space;';
const GMX: Record<string, { labels: [string, string, string, string]; date: string }> = {
  de: { labels: ['Gesendet:', 'Von:', 'An:', 'Betreff:'], date: '{wd}, {d}. {month} {y} um {HH}:{mm} Uhr' },
  en: { labels: ['Sent:', 'From:', 'To:', 'Subject:'], date: '{wd}, {month} {dd}, {y} at {h}:{mm} {AP}' },
  fr: { labels: ['Envoyé:', 'De:', 'À:', 'Objet:'], date: '{wd} {d} {month} {y} à {HH}:{mm}' },
  es: { labels: ['Enviado:', 'De:', 'Para:', 'Asunto:'], date: '{wd}, {d} de {month} de {y}, {H}:{mm}' },
};
const gmxHtml = (draft: Draft, printed: string[]) =>
  `<div style="font-family: Verdana;font-size: 12.0px;">${own(above(draft))}\n<div>&nbsp;\n<div>&nbsp;\n<div name="quote" style="${GMX_QUOTE}">\n<div style="margin:0 0 10px 0;">${printed.map((one) => one.replace(/^([^:]+:) (.*)$/s, (_, label: string, value: string) => `<b>${escaped(label)}</b>&nbsp;${escaped(value)}`)).join('<br/>\n')}</div>\n\n<div name="quoted-content">${htmlOf(draft.sent.blocks)}</div>\n</div>\n</div>\n</div></div>`;
const gmxFields = (draft: Draft, language: string): [string, string][] => {
  const { labels, date } = GMX[language] ?? (GMX.en as (typeof GMX)[string]);
  const { sent } = draft;
  const printed = printDate(sent.at, GMX[language] ? language : 'en', date);
  const values = [
    printed,
    `"${sent.from.name}" <${sent.from.address}>`,
    `"${sent.to.name}" <${sent.to.address}>`,
    sent.subject,
  ];
  return labels.map((label, index) => [label, values[index] ?? '']);
};
const gmx: Shape = {
  banner: '',
  fields: gmxFields,
  wrote: () => '',
  forwardHtml: gmxHtml,
  replyHtml: () => '',
};

const web = (name: string, languages: string[], shape: Shape, more: Partial<Client> = {}): Client => ({
  name,
  languages,
  formats: ['alternative', 'text', 'html'],
  places: { 'below-reply': ['alternative', 'text', 'html'], between: ['alternative', 'text', 'html'] },
  headers: [],
  prefixes: () => ({ forward: 'Fwd:', reply: 'Re:' }),
  forward: forward(shape),
  reply: reply(shape),
  document: (html) => `<!DOCTYPE html><html><head><title></title></head><body>${html}</body></html>`,
  ...more,
});

export const protonMail = web('proton', ['en', 'uk', 'de', 'fr', 'ru', 'es', 'he', 'cs'], proton, {
  prefixes: () => ({ forward: 'Fw:', reply: 'Re:' }),
  formats: ['alternative', 'html', 'text'],
});
export const fastMail = web('fastmail', ['en', 'nb', 'fi', 'de', 'nl', 'ja', 'pt'], fastmail);
export const zohoMail = web('zoho', ['en', 'es', 'ar', 'tr', 'pt', 'fr', 'zh'], zoho);
export const gmxMail = web('gmx', ['de', 'en', 'de', 'fr', 'es', 'de'], gmx, {
  places: {},
  formats: ['html', 'alternative', 'html'],
  prefixes: () => ({ forward: 'Fw:', reply: 'Aw:' }),
  reply: (language, draft) => forward(gmx)(language, draft),
});
