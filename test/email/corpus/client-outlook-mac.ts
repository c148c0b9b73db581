// Outlook for Mac: a block with "Date:", and in older versions a line "On …, "Name" <address> wrote:" with indented text.

import type { Body, Client, Draft } from './case.ts';
import { printDate } from './dates.ts';
import { appleLabels } from './labels-apple.ts';
import { outlookLabels } from './labels-outlook.ts';
import { escaped, htmlOf, lines, textOf } from './layout.ts';

const para = (text: string) =>
  `<p class="MsoNormal"><span style="font-size:11.0pt">${lines(text)}<o:p></o:p></span></p>\n`;
const EMPTY = '<p class="MsoNormal"><span style="font-size:11.0pt"><o:p>&nbsp;</o:p></span></p>\n';
const WHEN: Record<string, string> = {
  en: '{wd}, {d} {month} {y} at {HH}:{mm}',
  de: '{wd}, {d}. {month} {y} um {HH}:{mm}',
  fr: '{wd} {d} {month} {y} à {HH}:{mm}',
  sv: '{wd}, {d} {month} {y} {HH}:{mm}',
};

function block(language: string, draft: Draft): Body {
  const { sent } = draft;
  const labels = outlookLabels(language);
  const date = printDate(sent.at, language, WHEN[language] ?? labels.date);
  const fields: [string, string][] = [
    [labels.from, `${sent.from.name} <${sent.from.address}>`],
    [appleLabels(language).date, date],
    [labels.to, `${sent.to.name} <${sent.to.address}>`],
    [labels.subject, sent.subject],
  ];
  const printed = fields.map(([label, value]) => `${label} ${value}`);
  const above = [...draft.above, ...(draft.signature.length > 0 ? [draft.signature.join('\n')] : [])];
  const [first, ...rest] = fields.map(([label, value]) => ({ label: escaped(label), value: escaped(value) }));
  const header = `<b><span style="font-size:12.0pt;color:black">${first?.label} </span></b><span style="font-size:12.0pt;color:black">${first?.value}<br>\n${rest.map((one) => `<b>${one.label} </b>${one.value}`).join('<br>\n')}<o:p></o:p></span>`;
  return {
    text: `${above.length > 0 ? `${above.join('\n\n')}\n\n\n` : ''}${printed.join('\n')}\n${textOf(sent.blocks)}\n`,
    html: `<div class="WordSection1">\n${above.map(para).join(EMPTY)}${EMPTY}<div id="mail-editor-reference-message-container">\n<div>\n<div style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm">\n<p class="MsoNormal" style="margin-bottom:12.0pt">${header}</p>\n</div>\n${htmlOf(sent.blocks, EMPTY)}\n</div>\n</div>\n</div>`,
    residue: printed,
    source: { from: sent.from.address, date, subject: sent.subject },
  };
}

const WROTE: Record<string, string> = {
  en: 'On {dd}/{MM}/{y}, {HH}:{mm}, "{name}" <{address}> wrote:',
  de: 'Am {dd}.{MM}.{yy}, {HH}:{mm} schrieb "{name}" <{address}>:',
  fr: 'Le {dd}/{MM}/{y} {HH}:{mm}, « {name} » <{address}> a écrit :',
  es: 'El {d}/{M}/{yy} {H}:{mm}, "{name}" <{address}> escribió:',
  nl: 'Op {dd}-{MM}-{y} {HH}:{mm} heeft {name} <{address}> geschreven:',
  ja: '{y}/{MM}/{dd} {H}:{mm}、"{name}" <{address}> のメッセージ:',
};

function line(language: string, draft: Draft): Body {
  const { sent } = draft;
  const pattern = WROTE[language] ?? (WROTE.en as string);
  const date = printDate(sent.at, language, /\{(?:dd?|y)\}[^ ,]*/.exec(pattern)?.[0] ?? '');
  const wrote = printDate(sent.at, language, pattern.replace('{name}', '\u0001').replace('{address}', '\u0002'))
    .replace('\u0001', sent.from.name)
    .replace('\u0002', sent.from.address);
  const above = [...draft.above, ...(draft.signature.length > 0 ? [draft.signature.join('\n')] : [])];
  const indented = textOf(sent.blocks).replace(/^(?=.)/gm, '    ');
  return {
    text: `${above.length > 0 ? `${above.join('\n\n')}\n\n` : ''}${wrote}\n\n${indented}\n`,
    html: `<div class="WordSection1">\n${above.map(para).join(EMPTY)}${EMPTY}<div>\n<p class="MsoNormal">${escaped(wrote)}<o:p></o:p></p>\n</div>\n${EMPTY}<blockquote style="border:none;border-left:solid #B5C4DF 4.5pt;padding:0cm 0cm 0cm 4.0pt;margin-left:3.75pt;margin-right:0cm" id="MAC_OUTLOOK_ATTRIBUTION_BLOCKQUOTE">\n${htmlOf(sent.blocks, EMPTY)}\n</blockquote>\n</div>`,
    residue: [wrote],
    source: { from: sent.from.address, date },
  };
}

const client = {
  places: {},
  encoding: () => 'base64' as const,
  headers: [['User-Agent', 'Microsoft-MacOutlook/16.91.24101300']] as [string, string][],
  prefixes: outlookLabels,
  document: (html: string, charset: string) =>
    `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">\n<head>\n<meta http-equiv="Content-Type" content="text/html; charset=${charset}">\n<meta name="Generator" content="Microsoft Word 15 (filtered medium)">\n</head>\n<body lang="en-GB">\n${html}\n</body>\n</html>\n`,
};

export const outlookMac: Client = {
  ...client,
  name: 'outlook-mac',
  languages: ['en', 'de', 'sv', 'fr', 'ja', 'da', 'es', 'nl', 'it', 'fi'],
  formats: ['alternative', 'text'],
  forward: block,
  reply: block,
};

export const outlookMacOld: Client = {
  ...client,
  name: 'outlook-mac-2016',
  languages: ['en', 'de', 'fr', 'es', 'nl', 'ja'],
  formats: ['text', 'alternative'],
  forward: line,
  reply: line,
};
