// Apple Mail on a Mac and on a phone: `blockquote type="cite"`, also around a forward, in the text by ">".

import type { Block, Body, Client, Draft } from './case.ts';
import { printDate } from './dates.ts';
import { appleLabels } from './labels-apple.ts';
import { attribution, escaped, htmlOf, interleave, lines, quote, textOf } from './layout.ts';

const own = (paragraphs: string[]) => paragraphs.map((one) => `<div>${lines(one)}</div>`).join('<div><br></div>');

const PHONE: Record<string, string> = {
  en: 'Sent from my iPhone',
  de: 'Von meinem iPhone gesendet',
  fr: 'Envoyé de mon iPhone',
  es: 'Enviado desde mi iPhone',
  it: 'Inviato da iPhone',
  nl: 'Verstuurd vanaf mijn iPhone',
  sv: 'Skickat från min iPhone',
  da: 'Sendt fra min iPhone',
  fi: 'Lähetetty iPhonesta',
  pl: 'Wysłane z iPhone’a',
  ru: 'Отправлено с iPhone',
  uk: 'Надіслано з iPhone',
  ja: 'iPhoneから送信',
  zh: '发自我的iPhone',
  ko: '나의 iPhone에서 보냄',
  tr: 'iPhone’umdan gönderildi',
  he: 'נשלח מה-iPhone שלי',
  ar: 'مرسل من الـ iPhone',
};

function header(language: string, draft: Draft, order: ('from' | 'subject' | 'date' | 'to')[]) {
  const { sent } = draft;
  const labels = appleLabels(language);
  const values = {
    from: `${sent.from.name} <${sent.from.address}>`,
    subject: sent.subject,
    date: printDate(sent.at, language, labels.when),
    to: `${sent.to.name} <${sent.to.address}>`,
  };
  return { labels, fields: order.map((key) => [labels[key], values[key]] as const), date: values.date };
}

const start = (paragraphs: string[]) => (paragraphs.length > 0 ? `${paragraphs.join('\n\n')}\n\n` : '');
const end = (paragraphs: string[]) => (paragraphs.length > 0 ? `\n\n${paragraphs.join('\n\n')}` : '');

function forwardOnMac(language: string, draft: Draft): Body {
  const { sent } = draft;
  const { labels, fields, date } = header(language, draft, ['from', 'subject', 'date', 'to']);
  const printed = fields.map(([label, value]) => `${label} ${value}`);
  const above = [...draft.above, ...(draft.signature.length > 0 ? [draft.signature.join('\n')] : [])];
  const rows = fields
    .map(
      ([label, value]) =>
        `<div style="margin-top: 0px; margin-right: 0px; margin-bottom: 0px; margin-left: 0px;"><span style="font-family: -webkit-system-font, Helvetica Neue, Helvetica, sans-serif; color:rgba(0, 0, 0, 1.0);"><b>${escaped(label)} </b></span><span style="font-family: -webkit-system-font, Helvetica Neue, Helvetica, sans-serif;">${escaped(value)}<br></span></div>`,
    )
    .join('');
  const signature =
    draft.signature.length > 0
      ? `<br><div meta-name="AppleMailSignature" id="AppleMailSignature">${draft.signature.map(escaped).join('<br>')}</div>`
      : '';
  return {
    text: `${start(above)}${quote([labels.begin, '', ...printed, '', textOf(sent.blocks)].join('\n'))}${end(draft.below)}\n`,
    html: `${own(draft.above)}${signature}<br id="lineBreakAtBeginningOfMessage"><div><br><blockquote type="cite"><div>${escaped(labels.begin)}</div><br class="Apple-interchange-newline">${rows}<br><div>${htmlOf(sent.blocks)}</div></blockquote></div><br>${own(draft.below)}`,
    residue: [labels.begin, ...printed],
    source: { from: sent.from.address, date, subject: sent.subject },
  };
}

function replyOnMac(language: string, draft: Draft): Body {
  const { sent } = draft;
  const wrote = attribution(sent, language, appleLabels(language).wrote);
  const cited = (blocks: Block[], first = '') =>
    `<blockquote type="cite">${first}<div>${htmlOf(blocks)}</div></blockquote>`;
  const above = [...draft.above, ...(draft.signature.length > 0 ? [draft.signature.join('\n')] : [])];
  let first = `<div>${escaped(wrote)}</div><br class="Apple-interchange-newline">`;
  const html = interleave(
    sent,
    draft.answers,
    (blocks) => {
      const out = cited(blocks, first);
      first = '';
      return out;
    },
    (text) => `<div><br></div><div>${lines(text)}</div><br>`,
    '',
  );
  let line = `${wrote}\n\n`;
  const text = interleave(
    sent,
    draft.answers,
    (blocks) => {
      const out = quote(line + textOf(blocks));
      line = '';
      return out;
    },
    (answer) => answer,
    '\n\n',
  );
  return {
    text: `${start(above)}${text}${end(draft.below)}\n`,
    html: `${own(above)}<br id="lineBreakAtBeginningOfMessage"><div><br>${html}</div><br>${own(draft.below)}`,
    residue: [wrote],
    source: { from: sent.from.address },
  };
}

const BOM = '\ufeff';

function forwardOnPhone(language: string, draft: Draft): Body {
  const { sent } = draft;
  const { labels, fields, date } = header(language, draft, ['from', 'date', 'to', 'subject']);
  const printed = fields.map(([label, value]) => `${label} ${value}`);
  const phone = PHONE[language] ?? (PHONE.en as string);
  const rows = fields.map(([label, value]) => `<b>${escaped(label)}</b> ${escaped(value)}`).join('<br>');
  return {
    text: `${start(draft.above)}${phone}\n\n${labels.begin}\n\n${quote([...printed, '', `${BOM}${textOf(sent.blocks)}`].join('\n'))}\n`,
    html: `<div dir="ltr"></div><div dir="ltr">${own(draft.above)}</div><div dir="ltr"><br>${phone}</div><div dir="ltr"><br>${escaped(labels.begin)}<br><br></div><blockquote type="cite"><div dir="ltr">${rows}<br><br></div></blockquote><blockquote type="cite"><div dir="ltr">${BOM}${htmlOf(sent.blocks)}</div></blockquote>`,
    residue: [phone, labels.begin, ...printed],
    source: { from: sent.from.address, date, subject: sent.subject },
  };
}

function replyOnPhone(language: string, draft: Draft): Body {
  const { sent } = draft;
  const wrote = attribution(sent, language, appleLabels(language).wrote);
  const phone = PHONE[language] ?? (PHONE.en as string);
  return {
    text: `${start(draft.above)}${phone}\n\n${quote(`${wrote}\n\n${BOM}${textOf(sent.blocks)}`)}\n`,
    html: `${own(draft.above)}<div dir="ltr"><br>${phone}</div><div dir="ltr"><br><blockquote type="cite">${escaped(wrote)}<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">${BOM}${htmlOf(sent.blocks)}</div></blockquote>`,
    residue: [phone, wrote],
    source: { from: sent.from.address },
  };
}

const document = (html: string) =>
  `<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body style="overflow-wrap: break-word; -webkit-nbsp-mode: space; line-break: after-white-space;">${html}</body></html>`;

export const appleMac: Client = {
  name: 'apple-mail',
  languages: ['en', 'de', 'it', 'uk', 'ko', 'fr', 'sv', 'he', 'zh', 'nl', 'ro', 'ja', 'tr', 'cs', 'ar'],
  formats: ['alternative', 'text'],
  places: {
    'below-forward': ['alternative', 'text'],
    'below-reply': ['alternative', 'text'],
    between: ['alternative', 'text'],
  },
  headers: [['X-Mailer', 'Apple Mail (2.3826.700.81)']],
  prefixes: () => ({ forward: 'Fwd:', reply: 'Re:' }),
  forward: forwardOnMac,
  reply: replyOnMac,
  document,
};

export const applePhone: Client = {
  name: 'iphone',
  languages: ['en', 'da', 'ja', 'es', 'ru', 'fi', 'pl', 'zh', 'tr', 'de'],
  formats: ['alternative', 'text'],
  places: {},
  encoding: () => 'quoted-printable',
  headers: [['X-Mailer', 'iPhone Mail (22B91)']],
  prefixes: () => ({ forward: 'Fwd:', reply: 'Re:' }),
  forward: forwardOnPhone,
  reply: replyOnPhone,
  document: (html) =>
    `<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body dir="auto">${html}</body></html>`,
};
