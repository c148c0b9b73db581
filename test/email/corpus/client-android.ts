// Mail programs on Android phones: Samsung Email without any container, K-9 Mail with a quote.

import type { Body, Client, Draft } from './case.ts';
import { printDate } from './dates.ts';
import { escaped, htmlOf, interleave, lines, quote, textOf } from './layout.ts';

const above = (draft: Draft) => [...draft.above, ...(draft.signature.length > 0 ? [draft.signature.join('\n')] : [])];
const start = (paragraphs: string[]) => (paragraphs.length > 0 ? `${paragraphs.join('\n\n')}\n\n` : '');

const SAMSUNG: Record<string, [string, string, string, string, string, string]> = {
  en: ['Original message', 'From:', 'Date:', 'To:', 'Subject:', 'Sent from my Galaxy'],
  de: ['Ursprüngliche Nachricht', 'Von:', 'Datum:', 'An:', 'Betreff:', 'Von meinem/meiner Galaxy gesendet'],
  fr: ['Message d’origine', 'De :', 'Date :', 'À :', 'Objet :', 'Envoyé depuis mon Galaxy'],
  es: ['Mensaje original', 'De:', 'Fecha:', 'Para:', 'Asunto:', 'Enviado desde mi Galaxy'],
  it: ['Messaggio originale', 'Da:', 'Data:', 'A:', 'Oggetto:', 'Inviato dal mio Galaxy'],
  ru: ['Исходное сообщение', 'От:', 'Дата:', 'Кому:', 'Тема:', 'Отправлено с устройства Galaxy'],
  pl: ['Oryginalna wiadomość', 'Od:', 'Data:', 'Do:', 'Temat:', 'Wysłane z mojego Galaxy'],
  ko: ['원본 이메일', '보낸사람:', '날짜:', '받은사람:', '제목:', '나의 Galaxy에서 보냄'],
  hu: ['Eredeti üzenet', 'Feladó:', 'Dátum:', 'Címzett:', 'Tárgy:', 'Galaxy készülékről küldve'],
};

function samsungBody(language: string, draft: Draft): Body {
  const { sent } = draft;
  const [original, from, date, to, subject, phone] =
    SAMSUNG[language] ?? (SAMSUNG.en as [string, string, string, string, string, string]);
  const when = printDate(sent.at, language, '{dd}/{MM}/{y}  {HH}:{mm}  (GMT+01:00)');
  const banner = `-------- ${original} --------`;
  const fields: [string, string][] = [
    [from, `${sent.from.name} <${sent.from.address}>`],
    [date, when],
    [to, `${sent.to.name} <${sent.to.address}>`],
    [subject, sent.subject],
  ];
  const printed = fields.map(([label, value]) => `${label} ${value}`);
  return {
    text: `${start([...above(draft), phone])}${banner}\n${printed.map((one) => `${one} `).join('\n')}\n\n${textOf(sent.blocks)}\n`,
    html: `<div id="composer_signature"></div>${above(draft)
      .map((one) => `<div dir="auto">${lines(one)}</div>`)
      .join(
        '<div dir="auto"><br></div>',
      )}<div><br></div><div id="composer_signature" dir="auto"><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"><div style="font-size:14px;color:#010101" dir="auto">${escaped(phone)}</div></div><div><br></div><div align="left" dir="auto" style="font-size:100%;color:#000000"><div>${banner}</div>${printed.map((one) => `<div>${escaped(one)} </div>`).join('')}<div><br></div></div>${htmlOf(sent.blocks)}`,
    residue: [phone, banner, ...printed],
    source: { from: sent.from.address, date: when, subject: sent.subject },
  };
}

export const samsung: Client = {
  name: 'samsung',
  languages: ['en', 'de', 'ko', 'fr', 'ru', 'es', 'pl', 'it', 'hu'],
  formats: ['alternative', 'html'],
  places: {},
  encoding: () => 'base64',
  headers: [],
  prefixes: () => ({ forward: 'Fwd:', reply: 'RE:' }),
  forward: samsungBody,
  reply: samsungBody,
  document: (html) =>
    `<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"></head><body dir="auto">${html}</body></html>`,
};

function k9Forward(_: string, draft: Draft): Body {
  const { sent } = draft;
  const when = printDate(sent.at, 'en', '{wds} {mon} {dd} {HH}:{mm}:{ss} GMT+01:00 {y}');
  const banner = '-------- Original Message --------';
  const fields: [string, string][] = [
    ['From:', `${sent.from.name} <${sent.from.address}>`],
    ['Sent:', when],
    ['To:', `${sent.to.name} <${sent.to.address}>`],
    ['Subject:', sent.subject],
  ];
  const printed = fields.map(([label, value]) => `${label} ${value}`);
  return {
    text: `${start(above(draft))}${banner}\n${printed.join('\n')}\n\n${textOf(sent.blocks)}\n`,
    html: `<div dir='auto'>${above(draft).map(lines).join('<br><br>')}</div><br><br><div class='gmail_quote'>${banner}<br>${fields.map(([label, value]) => `<b>${label}</b> ${escaped(value)}<br>`).join('')}<br>${htmlOf(sent.blocks)}</div>`,
    residue: [banner, ...printed],
    source: { from: sent.from.address, date: when, subject: sent.subject },
  };
}

function k9Reply(language: string, draft: Draft): Body {
  const { sent } = draft;
  const when = printDate(
    sent.at,
    language === 'de' ? 'de' : 'en',
    language === 'de' ? '{d}. {month} {y} {HH}:{mm}:{ss} MEZ' : '{d} {month} {y} {HH}:{mm}:{ss} CET',
  );
  const person = `${sent.from.name} <${sent.from.address}>`;
  const wrote = language === 'de' ? `Am ${when} schrieb ${person}:` : `On ${when}, ${person} wrote:`;
  const quoted = interleave(
    sent,
    draft.answers,
    (blocks) => quote(textOf(blocks), '>'),
    (text) => text,
    '\n\n',
  );
  const html = interleave(
    sent,
    draft.answers,
    (blocks) =>
      `<blockquote class="gmail_quote" style="margin: 0pt 0pt 0pt 0.8ex; border-left: 1px solid rgb(204, 204, 204); padding-left: 1ex;">${htmlOf(blocks)}</blockquote>`,
    (text) => `<div dir='auto'>${lines(text)}</div>`,
    '',
  );
  return {
    text: `${start(above(draft))}${wrote}\n${quoted}\n`,
    html: `<div dir='auto'>${above(draft).map(lines).join('<br><br>')}</div><br><br><div class="gmail_quote"><div dir="auto">${escaped(wrote)}</div>${html}</div>`,
    residue: [wrote],
    source: { from: sent.from.address },
  };
}

export const k9: Client = {
  name: 'k9',
  languages: ['en', 'de', 'uk', 'nl', 'sv'],
  formats: ['text', 'alternative'],
  places: { between: ['text', 'alternative'] },
  headers: [['User-Agent', 'K-9 Mail for Android']],
  prefixes: () => ({ forward: 'Fwd:', reply: 'Re:' }),
  forward: k9Forward,
  reply: k9Reply,
  document: (html) => `<!DOCTYPE html><html><body>${html}</body></html>`,
};
