// Yahoo Mail on the web: `yahoo_quoted`, and a text part in which the whole header block stands on one line.

import type { Body, Client, Draft } from './case.ts';
import { printDate } from './dates.ts';
import { attribution, escaped, htmlOf, lines, textOf } from './layout.ts';

interface Words {
  banner: string;
  labels: [string, string, string, string];
  date: string;
  wrote: string;
}

const EN: Words = {
  banner: 'Forwarded Message',
  labels: ['From:', 'To:', 'Sent:', 'Subject:'],
  date: '{wd}, {month} {d}, {y} at {HH}:{mm}:{ss} AM GMT+1',
  wrote: 'On {wd}, {month} {d}, {y} at {HH}:{mm}:{ss} AM GMT+1, {name} <{address}> wrote:',
};

const WORDS: Record<string, Words> = {
  en: EN,
  de: {
    banner: 'Weitergeleitete Nachricht',
    labels: ['Von:', 'An:', 'Gesendet:', 'Betreff:'],
    date: '{wd}, {d}. {month} {y} um {HH}:{mm}:{ss} MEZ',
    wrote: 'Am {wd}, {d}. {month} {y} um {HH}:{mm}:{ss} MEZ hat {name} <{address}> Folgendes geschrieben:',
  },
  fr: {
    banner: 'Mail transféré',
    labels: ['De :', 'À :', 'Envoyé :', 'Objet :'],
    date: '{wd} {d} {month} {y} à {HH}:{mm}:{ss} UTC+1',
    wrote: 'Le {wd} {d} {month} {y} à {HH}:{mm}:{ss} UTC+1, {name} <{address}> a écrit :',
  },
  es: {
    banner: 'Mensaje reenviado',
    labels: ['De:', 'Para:', 'Enviado:', 'Asunto:'],
    date: '{wd}, {d} de {month} de {y}, {HH}:{mm}:{ss} CET',
    wrote: 'En {wd}, {d} de {month} de {y}, {HH}:{mm}:{ss} CET, {name} <{address}> escribió:',
  },
  it: {
    banner: 'Messaggio inoltrato',
    labels: ['Da:', 'A:', 'Inviato:', 'Oggetto:'],
    date: '{wd} {d} {month} {y} alle ore {HH}:{mm}:{ss} CET',
    wrote: 'Il {wd} {d} {month} {y} alle ore {HH}:{mm}:{ss} CET, {name} <{address}> ha scritto:',
  },
};

const above = (draft: Draft) => [...draft.above, ...(draft.signature.length > 0 ? [draft.signature.join('\n')] : [])];
const own = (draft: Draft) =>
  `<div class="ydp5a2byahoo-style-wrap" style="font-family:Helvetica Neue, Helvetica, Arial, sans-serif;font-size:13px;"><div></div>\n        ${above(
    draft,
  )
    .map((one) => `<div dir="ltr" data-setdir="false">${lines(one)}</div>`)
    .join('<div dir="ltr" data-setdir="false"><br></div>')}<div><br></div>\n        \n        </div>`;
const box = (inner: string) =>
  `<div id="ydp98e9yahoo_quoted_8123456789" class="ydp98e9yahoo_quoted">\n            <div style="font-family:'Helvetica Neue', Helvetica, Arial, sans-serif;font-size:13px;color:#26282a;">\n                ${inner}\n            </div>\n        </div>`;

function forward(language: string, draft: Draft): Body {
  const { sent } = draft;
  const words = WORDS[language] ?? EN;
  const date = printDate(sent.at, WORDS[language] ? language : 'en', words.date);
  const values = [
    `${sent.from.name} <${sent.from.address}>`,
    `${sent.to.name} <${sent.to.address}>`,
    date,
    sent.subject,
  ];
  const banner = `----- ${words.banner} -----`;
  const printed = words.labels.map((label, index) => `${label} ${values[index]}`);
  const rows = printed
    .map(
      (one, index) =>
        `<div><b>${escaped(words.labels[index] ?? '')}</b>${escaped(one.slice(words.labels[index]?.length))}</div>`,
    )
    .join('');
  return {
    text: ` ${above(draft).join('\n\n')}\n   ${banner} ${printed.join('')}\n ${textOf(sent.blocks)}  `,
    html: own(draft) + box(`<div>${banner}</div><div>\n</div>${rows}<div><br></div><div>${htmlOf(sent.blocks)}</div>`),
    residue: [banner, ...printed],
    source: { from: sent.from.address, date, subject: sent.subject },
  };
}

function reply(language: string, draft: Draft): Body {
  const { sent } = draft;
  const words = WORDS[language] ?? EN;
  const wrote = attribution(sent, WORDS[language] ? language : 'en', words.wrote);
  return {
    text: ` ${above(draft).join('\n\n')}\n    ${wrote}  \n \n ${textOf(sent.blocks)}  `,
    html:
      own(draft) +
      box(
        `<div>\n                    ${escaped(wrote)}\n                </div>\n                <div><br></div>\n                <div><br></div>\n                <div>${htmlOf(sent.blocks)}</div>`,
      ),
    residue: [wrote],
    source: { from: sent.from.address },
  };
}

export const yahoo: Client = {
  name: 'yahoo',
  languages: ['en', 'de', 'fr', 'es', 'it', 'tr', 'ar'],
  formats: ['alternative', 'alternative', 'text'],
  places: {},
  headers: [['X-Mailer', 'WebService/1.1.22876 YMailNovation']],
  prefixes: () => ({ forward: 'Fw:', reply: 'Re:' }),
  forward,
  reply,
  document: (html) => `<html><head></head><body>${html}</body></html>`,
};
