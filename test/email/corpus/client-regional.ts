// Mailers that one country knows: mail.ru, QQ/Foxmail, Naver, Seznam, Libero, Orange, T-Online.

import type { Body, Client, Draft } from './case.ts';
import { headerDate, printDate } from './dates.ts';
import { escaped, htmlOf, lines, textOf } from './layout.ts';

interface Shape {
  name: string;
  language: string;
  banner: string;
  fields: (draft: Draft, date: string) => string[];
  date: string;
  mark?: string;
  box: (header: string, content: string) => string;
  prefixes: { forward: string; reply: string };
  charset?: string;
}

const angle = (draft: Draft) => `${draft.sent.from.name} <${draft.sent.from.address}>`;
const quoted = (draft: Draft) => `"${draft.sent.from.name}"<${draft.sent.from.address}>`;

function write(shape: Shape) {
  return (language: string, draft: Draft): Body => {
    const { sent } = draft;
    const date = shape.date === 'header' ? headerDate(sent.at) : printDate(sent.at, language, shape.date);
    const block = [...(shape.banner ? [shape.banner] : []), ...shape.fields(draft, date)];
    const above = [...draft.above, ...(draft.signature.length > 0 ? [draft.signature.join('\n')] : [])];
    const mark = shape.mark ?? '';
    const text = [...block, '', textOf(sent.blocks)].join('\n').replace(/^/gm, mark);
    return {
      text: `${above.length > 0 ? `${above.join('\n\n')}\n\n\n` : ''}${text}\n`,
      html: `${above.map((one) => `<div>${lines(one)}</div>`).join('<div><br></div>')}<div><br></div>${shape.box(block.map((one) => escaped(one)).join('<br>'), htmlOf(sent.blocks))}`,
      residue: block,
      source: { from: sent.from.address, date, subject: sent.subject },
    };
  };
}

const regional = (shape: Shape): Client => ({
  name: shape.name,
  languages: [shape.language],
  formats: ['alternative', 'text'],
  places: {},
  ...(shape.charset ? { charset: () => shape.charset as string } : {}),
  encoding: () => 'base64',
  headers: [],
  prefixes: () => shape.prefixes,
  forward: write(shape),
  reply: write(shape),
  document: (html) => `<html><body>${html}</body></html>`,
});

export const REGIONAL: Client[] = [
  regional({
    name: 'mail.ru',
    language: 'ru',
    banner: '-------- Пересылаемое сообщение --------',
    date: '{wd}, {d} {month} {y}, {HH}:{mm} +03:00',
    fields: (draft, date) => [
      `От кого: ${angle(draft)}`,
      `Кому: ${draft.sent.to.address}`,
      `Дата: ${date}`,
      `Тема: ${draft.sent.subject}`,
    ],
    box: (header, content) =>
      `<BLOCKQUOTE STYLE="BORDER-LEFT: 1PX SOLID #0857A6; MARGIN: 10PX; PADDING: 0 0 0 10PX;">${header}<br>&nbsp;<div id="">${content}</div></BLOCKQUOTE>`,
    prefixes: { forward: 'Fwd:', reply: 'Re:' },
  }),
  regional({
    name: 'qq-foxmail',
    language: 'zh',
    banner: '------------------ 原始邮件 ------------------',
    date: '{y}年{M}月{d}日({wd}) 上午{h}:{mm}',
    fields: (draft, date) => [
      `发件人: ${quoted(draft)};`,
      `发送时间: ${date}`,
      `收件人: "${draft.sent.to.name}"<${draft.sent.to.address}>;`,
      `主题: ${draft.sent.subject}`,
    ],
    box: (header, content) =>
      `<div><includetail><div style="font:Verdana normal 14px;color:#000;"><div style="FONT-SIZE: 12px;FONT-FAMILY: Arial Narrow;padding:2px 0 2px 0;">${header.replace('<br>', '</div><div style="FONT-SIZE: 12px;background:#efefef;padding:8px;">')}</div><div>&nbsp;</div>${content}</div></includetail></div>`,
    prefixes: { forward: '转发：', reply: '回复：' },
    charset: 'gb18030',
  }),
  regional({
    name: 'foxmail-client',
    language: 'zh',
    banner: '',
    date: '{y}-{MM}-{dd} {HH}:{mm}',
    fields: (draft, date) => [
      `发件人： ${draft.sent.from.address}`,
      `发送时间： ${date}`,
      `收件人： ${draft.sent.to.address}`,
      `主题： ${draft.sent.subject}`,
    ],
    box: (header, content) =>
      `<blockquote style="margin-Top: 0px; margin-Bottom: 0px; margin-Left: 0.5em"><div>&nbsp;</div><div style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm"><div style="PADDING-RIGHT: 8px; FONT-SIZE: 12px;FONT-FAMILY:tahoma;COLOR:#000000; BACKGROUND: #efefef;">${header}</div></div><div>${content}</div></blockquote>`,
    prefixes: { forward: '转发:', reply: '回复:' },
    charset: 'gb2312',
  }),
  regional({
    name: 'naver',
    language: 'ko',
    banner: '-----Original Message-----',
    date: '{y}-{MM}-{dd} ({wds}) {HH}:{mm}:{ss} (GMT+09:00)',
    fields: (draft, date) => [
      `From: ${quoted(draft)}`,
      `To: "${draft.sent.to.name}"<${draft.sent.to.address}>;`,
      'Cc: ',
      `Sent: ${date}`,
      `Subject: ${draft.sent.subject}`,
    ],
    box: (header, content) =>
      `<p style="font-size:10pt;FONT-FAMILY: sans-serif;padding:0 0 0 10pt"><span>${header}</span></p>${content}`,
    prefixes: { forward: 'FW: ', reply: 'RE: ' },
  }),
  regional({
    name: 'seznam',
    language: 'cs',
    banner: '---------- Původní e-mail ----------',
    date: '{d}. {M}. {y} {H}:{mm}:{ss}',
    fields: (draft, date) => [
      `Od: ${angle(draft)}`,
      `Komu: ${draft.sent.to.address}`,
      `Datum: ${date}`,
      `Předmět: ${draft.sent.subject}`,
    ],
    box: (header, content) => `<aside>\n${header}\n</aside><br><blockquote data-email="mlyn">${content}</blockquote>`,
    prefixes: { forward: 'Fwd:', reply: 'Re:' },
  }),
  regional({
    name: 'libero',
    language: 'it',
    banner: '----Messaggio originale----',
    date: '{dd}-{mon}-{y} {HH}.{mm}',
    fields: (draft, date) => [
      `Da: ${draft.sent.from.address}`,
      `Data: ${date}`,
      `A: ${draft.sent.to.address}`,
      `Ogg: ${draft.sent.subject}`,
    ],
    box: (header, content) => `<blockquote>${header}<br><br>${content}</blockquote>`,
    prefixes: { forward: 'I:', reply: 'R:' },
    charset: 'iso-8859-1',
  }),
  regional({
    name: 'orange',
    language: 'fr',
    banner: '',
    date: '{dd}/{MM}/{yy} {HH}:{mm}',
    mark: '> ',
    fields: (draft, date) => [
      `Message du ${date}`,
      `De : "${draft.sent.from.name}" <${draft.sent.from.address}>`,
      `A : "${draft.sent.to.name}" <${draft.sent.to.address}>`,
      'Copie à : ',
      `Objet : ${draft.sent.subject}`,
    ],
    box: (header, content) =>
      `<blockquote style="padding-left: 5px; margin-left: 5px; border-left-color: rgb(255, 102, 0); border-left-width: 2px; border-left-style: solid;">${header}<br><br>${content}</blockquote>`,
    prefixes: { forward: 'TR:', reply: 're:' },
  }),
  regional({
    name: 't-online',
    language: 'de',
    banner: '-----Original-Nachricht-----',
    date: '{y}-{MM}-{dd}T{HH}:{mm}:{ss}+0100',
    fields: (draft, date) => [
      `Betreff: ${draft.sent.subject}`,
      `Datum: ${date}`,
      `Von: "${draft.sent.from.name}" <${draft.sent.from.address}>`,
      `An: "${draft.sent.to.name}" <${draft.sent.to.address}>`,
    ],
    box: (header, content) =>
      `<div style="border-left: 2px solid #ccc; padding-left: 8px">${header}<br><br>${content}</div>`,
    prefixes: { forward: 'WG:', reply: 'AW:' },
  }),
];
