// Outlook for Windows, whose HTML is written by Word, and its plain text with "-----Original Message-----".

import type { Body, Client, Draft } from './case.ts';
import { printDate } from './dates.ts';
import { outlookLabels } from './labels-outlook.ts';
import { escaped, htmlOf, lines, textOf } from './layout.ts';

const EMPTY = '<p class="MsoNormal"><o:p>&nbsp;</o:p></p>\n';
const para = (text: string) => `<p class="MsoNormal">${lines(text)}<o:p></o:p></p>\n`;

/** Charsets that Outlook chooses by itself for a language. */
export function windowsCharset(language: string): string {
  if (/^(de|fr|es|it|pt|nl|sv|da|nb|fi)$/.test(language)) return 'iso-8859-1';
  if (/^(pl|cs|hu|ro)$/.test(language)) return 'iso-8859-2';
  const others: Record<string, string> = {
    ru: 'koi8-r',
    uk: 'windows-1251',
    el: 'iso-8859-7',
    tr: 'iso-8859-9',
    he: 'windows-1255',
    ar: 'windows-1256',
    ja: 'iso-2022-jp',
    zh: 'gb2312',
    ko: 'euc-kr',
    en: 'us-ascii',
  };
  return others[language] ?? 'utf-8';
}

function write(language: string, draft: Draft, separator: boolean): Body {
  const { sent } = draft;
  const labels = outlookLabels(language);
  const date = printDate(sent.at, language, labels.date);
  const fields: [string, string][] = [
    [labels.from, `${sent.from.name} <${sent.from.address}>`],
    [labels.sent, date],
    [labels.to, `${sent.to.name} <${sent.to.address}>`],
    [labels.subject, sent.subject],
  ];
  const printed = fields.map(([label, value]) => `${label} ${value}`);
  const banner = `-----${labels.original}-----`;
  const above = [...draft.above, ...(draft.signature.length > 0 ? [draft.signature.join('\n')] : [])];
  const head = above.length > 0 ? `${above.join('\n\n')}\n\n` : '';
  const header = fields.map(([label, value]) => `<b>${escaped(label)}</b> ${escaped(value)}`).join('<br>\n');
  return {
    text: `${head}${separator ? `${banner}\n` : ''}${printed.join('\n')}\n\n${textOf(sent.blocks)}\n`,
    html: `<div class="WordSection1">\n${above.map(para).join(EMPTY)}${EMPTY}<div>\n<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">\n<p class="MsoNormal">${header}<o:p></o:p></p>\n</div>\n</div>\n${EMPTY}${htmlOf(sent.blocks, EMPTY)}\n</div>`,
    residue: separator ? [banner, ...printed] : printed,
    source: { from: sent.from.address, date, subject: sent.subject },
  };
}

const client = {
  headers: [
    ['X-Mailer', 'Microsoft Outlook 16.0'],
    ['Thread-Index', 'AQHbQkU7c0e3vS9xFEqkQz7yqQ=='],
  ] as [string, string][],
  prefixes: (language: string) => outlookLabels(language),
  places: {},
  charset: windowsCharset,
};

const HEAD =
  '<style><!--\np.MsoNormal, li.MsoNormal, div.MsoNormal\n\t{margin:0cm;\n\tfont-size:11.0pt;\n\tfont-family:"Calibri",sans-serif;}\n@page WordSection1\n\t{size:612.0pt 792.0pt;\n\tmargin:70.85pt 70.85pt 2.0cm 70.85pt;}\ndiv.WordSection1\n\t{page:WordSection1;}\n--></style>';

export const outlookWord: Client = {
  ...client,
  name: 'outlook-windows',
  languages: [
    'de',
    'en',
    'fr',
    'ru',
    'sv',
    'pl',
    'ja',
    'es',
    'tr',
    'ar',
    'cs',
    'fi',
    'zh',
    'he',
    'hu',
    'ro',
    'da',
    'ko',
    'el',
    'uk',
  ],
  formats: ['alternative', 'html', 'alternative'],
  forward: (language, draft) => write(language, draft, false),
  reply: (language, draft) => write(language, draft, false),
  document: (html, charset) =>
    `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">\n<head>\n<meta http-equiv="Content-Type" content="text/html; charset=${charset}">\n<meta name="Generator" content="Microsoft Word 15 (filtered medium)">\n${HEAD}\n</head>\n<body lang="EN-US" link="#0563C1" vlink="#954F72" style="word-wrap:break-word">\n${html}\n</body>\n</html>\n`,
};

export const outlookText: Client = {
  ...client,
  name: 'outlook-plain-text',
  languages: ['en', 'nb', 'it', 'nl', 'uk', 'el', 'pt', 'fr', 'ru', 'hu', 'ja', 'cs'],
  formats: ['text'],
  forward: (language, draft) => write(language, draft, true),
  reply: (language, draft) => write(language, draft, true),
  document: (html) => html,
};
