// Outlook on the web, the new Outlook and Outlook on a phone: a rule and `divRplyFwdMsg`, underscores in the text.

import type { Body, Client, Draft } from './case.ts';
import { printDate } from './dates.ts';
import { outlookLabels } from './labels-outlook.ts';
import { escaped, htmlOf, lines, textOf } from './layout.ts';

const RULE = '________________________________';
const STYLE =
  'font-family: Aptos, Aptos_EmbeddedFont, Calibri, Helvetica, sans-serif; font-size: 12pt; color: rgb(0, 0, 0);';
const para = (text: string) => `<div class="elementToProof" style="${STYLE}">\n${lines(text)}</div>\n`;
const EMPTY = `<div class="elementToProof" style="${STYLE}">\n<br>\n</div>\n`;

const PHONE: Record<string, string> = {
  en: 'Get Outlook for iOS',
  de: 'Outlook für iOS beziehen',
  fr: 'Obtenir Outlook pour iOS',
  sv: 'Hämta Outlook för iOS',
  es: 'Obtener Outlook para iOS',
  nl: 'Outlook voor iOS downloaden',
  it: 'Scarica Outlook per iOS',
  pl: 'Pobierz program Outlook dla systemu iOS',
  ja: 'Outlook for iOS を入手',
  ru: 'Скачать Outlook для iOS',
};

function parts(language: string, draft: Draft) {
  const { sent } = draft;
  const labels = outlookLabels(language);
  const date = printDate(sent.at, language, labels.date);
  const fields: [string, string][] = [
    [labels.from, `${sent.from.name} <${sent.from.address}>`],
    [labels.sent, date],
    [labels.to, `${sent.to.name} <${sent.to.address}>`],
    [labels.subject, sent.subject],
  ];
  const header = fields.map(([label, value]) => `<b>${escaped(label)}</b> ${escaped(value)}`).join('<br>\n');
  return { printed: fields.map(([label, value]) => `${label} ${value}`), header, date };
}

function web(language: string, draft: Draft): Body {
  const { sent } = draft;
  const { printed, header, date } = parts(language, draft);
  const above = [...draft.above, ...(draft.signature.length > 0 ? [draft.signature.join('\n')] : [])];
  return {
    text: `${above.length > 0 ? `${above.join('\n\n')}\n` : ''}\n${RULE}\n${printed.join('\n')}\n\n${textOf(sent.blocks)}\n`,
    html: `${above.map(para).join(EMPTY)}<div id="appendonsend"></div>\n<hr style="display:inline-block;width:98%" tabindex="-1">\n<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif" style="font-size:11pt" color="#000000">${header}</font>\n<div>&nbsp;</div>\n</div>\n<div>${htmlOf(sent.blocks)}</div>\n`,
    residue: [RULE, ...printed],
    source: { from: sent.from.address, date, subject: sent.subject },
  };
}

function phone(language: string, draft: Draft): Body {
  const { sent } = draft;
  const { printed, header, date } = parts(language, draft);
  const get = PHONE[language] ?? 'Get Outlook for iOS';
  const above = draft.above.length > 0 ? `${draft.above.join('\n\n')}\n\n` : '';
  return {
    text: `${above}${get}<https://aka.ms/o0ukef>\n${RULE}\n${printed.join('\n')}\n\n${textOf(sent.blocks)}\n`,
    html: `<div dir="auto">${draft.above.map((one) => `<div dir="auto">${lines(one)}</div>`).join('<div dir="auto"><br></div>')}</div>\n<div id="ms-outlook-mobile-signature" dir="auto">\n<div><br>\n</div>\n${escaped(get).replace(/Outlook.*/, (name) => `<a href="https://aka.ms/o0ukef">${name}</a>`)}</div>\n<div id="mail-editor-reference-message-container" dir="auto"><hr style="display:inline-block;width:98%" tabindex="-1">\n<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif" style="font-size:11pt" color="#000000">${header}</font>\n<div>&nbsp;</div>\n</div>\n${htmlOf(sent.blocks)}</div>\n`,
    residue: [get, RULE, ...printed],
    source: { from: sent.from.address, date, subject: sent.subject },
  };
}

const document = (html: string, charset: string) =>
  `<html>\n<head>\n<meta http-equiv="Content-Type" content="text/html; charset=${charset}">\n<style type="text/css" style="display:none;"> P {margin-top:0;margin-bottom:0;} </style>\n</head>\n<body dir="ltr">\n${html}</body>\n</html>\n`;

export const outlookWeb: Client = {
  name: 'outlook-web',
  languages: ['en', 'zh', 'de', 'nb', 'uk', 'pt', 'ja', 'nl', 'he', 'it', 'da', 'ro', 'ru', 'fr', 'ko', 'pl'],
  formats: ['alternative', 'alternative', 'html'],
  places: {},
  charset: (language) => (/^(en|de|nb|pt|nl|it|da|fr)$/.test(language) ? 'Windows-1252' : 'utf-8'),
  encoding: (_, format) => (format === 'html' ? 'base64' : 'quoted-printable'),
  headers: [
    ['Thread-Topic', 'rye'],
    ['X-MS-Has-Attach', ''],
  ],
  prefixes: outlookLabels,
  forward: web,
  reply: web,
  document,
};

export const outlookPhone: Client = {
  name: 'outlook-phone',
  languages: ['en', 'de', 'fr', 'sv', 'ja', 'es', 'ru', 'nl', 'it', 'pl'],
  formats: ['alternative'],
  places: {},
  encoding: (language) => (/^(ja|ru)$/.test(language) ? 'base64' : 'quoted-printable'),
  headers: [],
  prefixes: () => ({ forward: 'Fw:', reply: 'Re:' }),
  forward: phone,
  reply: phone,
  document,
};
