// Programs of people who write plain text: mutt, Horde, Roundcube, KMail and HCL Notes.

import type { Body, Client, Draft } from './case.ts';
import { headerDate, printDate } from './dates.ts';
import { attribution, escaped, htmlOf, interleave, lines, quote, textOf, wrap } from './layout.ts';

const start = (paragraphs: string[]) => (paragraphs.length > 0 ? `${wrap(paragraphs.join('\n\n'), 72)}\n\n` : '');
const end = (paragraphs: string[]) => (paragraphs.length > 0 ? `\n\n${wrap(paragraphs.join('\n\n'), 72)}` : '');
const signed = (draft: Draft) => (draft.signature.length > 0 ? `\n\n-- \n${draft.signature.join('\n')}` : '');
const person = (draft: Draft) => `${draft.sent.from.name} <${draft.sent.from.address}>`;
const recipient = (draft: Draft) => `${draft.sent.to.name} <${draft.sent.to.address}>`;
const own = (paragraphs: string[]) => paragraphs.map((one) => `<p>${lines(one)}</p>`).join('');

function textReply(draft: Draft, wrote: string): string {
  const quoted = interleave(
    draft.sent,
    draft.answers,
    (blocks) => quote(wrap(textOf(blocks), 70)),
    (text) => wrap(text, 72),
    '\n\n',
  );
  return `${start(draft.above)}${wrote}\n${quoted}${end(draft.below)}${signed(draft)}\n`;
}

const terminal = {
  formats: ['text'] as Client['formats'],
  headers: [] as [string, string][],
  prefixes: () => ({ forward: 'Fwd:', reply: 'Re:' }),
  document: (html: string) => html,
  encoding: () => '8bit' as const,
};

export const mutt: Client = {
  ...terminal,
  name: 'mutt',
  languages: ['en', 'de', 'fi', 'cs', 'sv', 'ru'],
  places: { 'below-forward': ['text'], 'below-reply': ['text'], between: ['text'] },
  headers: [['User-Agent', 'Mutt/2.2.13 (00d56288) (2024-03-09)']],
  prefixes: () => ({ forward: '', reply: 'Re:' }),
  forward: (_, draft) => {
    const { sent } = draft;
    const date = headerDate(sent.at);
    const banner = `----- Forwarded message from ${person(draft)} -----`;
    const printed = [`Date: ${date}`, `From: ${person(draft)}`, `To: ${recipient(draft)}`, `Subject: ${sent.subject}`];
    return {
      text: `${start(draft.above)}${banner}\n\n${printed.join('\n')}\nUser-Agent: Evolution 3.52.3\n\n${textOf(sent.blocks)}\n\n----- End forwarded message -----${end(draft.below)}${signed(draft)}\n`,
      html: '',
      residue: [banner, ...printed, '----- End forwarded message -----'],
      source: { from: sent.from.address, date, subject: sent.subject },
    };
  },
  reply: (_, draft) => {
    const wrote = attribution(draft.sent, 'en', 'On {wds}, {mon} {dd}, {y} at {HH}:{mm}:{ss}AM +0100, {name} wrote:');
    return { text: textReply(draft, wrote), html: '', residue: [wrote], source: { from: draft.sent.from.name } };
  },
};

export const horde: Client = {
  ...terminal,
  name: 'horde',
  languages: ['de', 'en', 'es', 'pl', 'it'],
  places: { 'below-forward': ['text'], 'below-reply': ['text'], between: ['text'] },
  headers: [['User-Agent', 'Horde Application Framework 5']],
  encoding: () => 'quoted-printable',
  forward: (language, draft) => {
    const { sent } = draft;
    const german = language === 'de';
    const date = headerDate(sent.at);
    const banner = german
      ? `----- Weitergeleitete Nachricht von ${person(draft)} -----`
      : `----- Forwarded message from ${person(draft)} -----`;
    const closing = german ? '----- Ende der weitergeleiteten Nachricht -----' : '----- End forwarded message -----';
    const [d, f, s, t] = german
      ? ['  Datum:', '    Von:', 'Betreff:', '     An:']
      : ['   Date:', '   From:', 'Subject:', '     To:'];
    const printed = [`${d} ${date}`, `${f} ${person(draft)}`, `${s} ${sent.subject}`, `${t} ${recipient(draft)}`];
    return {
      text: `${start(draft.above)}${banner}\n${printed.join('\n')}\n\n${wrap(textOf(sent.blocks), 76)}\n\n\n${closing}${end(draft.below)}${signed(draft)}\n`,
      html: '',
      residue: [banner, ...printed.map((one) => one.trim()), closing],
      source: { from: sent.from.address, date, subject: sent.subject },
    };
  },
  reply: (language, draft) => {
    const wrote = language === 'de' ? `Zitat von ${person(draft)}:` : `Quoting ${person(draft)}:`;
    return {
      text: textReply(draft, `${wrote}\n`),
      html: '',
      residue: [wrote],
      source: { from: draft.sent.from.address },
    };
  },
};

const ROUNDCUBE: Record<string, [string, string, string, string, string, string]> = {
  en: ['Original Message', 'Subject:', 'Date:', 'From:', 'To:', 'On {y}-{MM}-{dd} {HH}:{mm}, {name} wrote:'],
  de: ['Originalnachricht', 'Betreff:', 'Datum:', 'Von:', 'An:', 'Am {dd}.{MM}.{y} {HH}:{mm}, schrieb {name}:'],
  pl: ['Wiadomość oryginalna', 'Temat:', 'Data:', 'Od:', 'Do:', 'W dniu {y}-{MM}-{dd} {HH}:{mm}, {name} napisał(a):'],
  fr: ['Message original', 'Objet:', 'Date:', 'De:', 'À:', 'Le {y}-{MM}-{dd} {HH}:{mm}, {name} a écrit :'],
  hu: [
    'Eredeti üzenet',
    'Tárgy:',
    'Dátum:',
    'Feladó:',
    'Címzett:',
    '{y}-{MM}-{dd} {HH}:{mm} időpontban {name} ezt írta:',
  ],
  ru: ['Исходное сообщение', 'Тема:', 'Дата:', 'От:', 'Кому:', '{name} писал {y}-{MM}-{dd} {HH}:{mm}:'],
  ro: ['Mesaj original', 'Subiect:', 'Dată:', 'De la:', 'Către:', 'Pe {y}-{MM}-{dd} {HH}:{mm}, {name} a scris:'],
};

export const roundcube: Client = {
  ...terminal,
  name: 'roundcube',
  languages: ['en', 'pl', 'de', 'hu', 'fr', 'ru', 'ro'],
  formats: ['text', 'alternative', 'html'],
  places: { 'below-reply': ['text', 'alternative', 'html'], between: ['text', 'alternative', 'html'] },
  headers: [['User-Agent', 'Roundcube Webmail/1.6.9']],
  encoding: () => 'quoted-printable',
  forward: (language, draft) => {
    const { sent } = draft;
    const [original, subject, date, from, to] =
      ROUNDCUBE[language] ?? (ROUNDCUBE.en as [string, string, string, string, string, string]);
    const when = printDate(sent.at, 'en', '{y}-{MM}-{dd} {HH}:{mm}');
    const banner = `-------- ${original} --------`;
    const fields: [string, string][] = [
      [subject, sent.subject],
      [date, when],
      [from, person(draft)],
      [to, recipient(draft)],
    ];
    const printed = fields.map(([label, value]) => `${label} ${value}`);
    const rows = fields
      .map(
        ([label, value]) =>
          `<tr><th align="right" nowrap="nowrap" valign="baseline">${escaped(label)}</th><td>${escaped(value)}</td></tr>`,
      )
      .join('\n');
    return {
      text: `${start(draft.above)}${banner}\n${printed.join('\n')}\n\n${wrap(textOf(sent.blocks), 76)}${signed(draft)}\n`,
      html: `${own(draft.above)}<p><br /></p>\n<div id="forwardbody1"><p>${banner}</p>\n<table border="0" cellspacing="0" cellpadding="0"><tbody>\n${rows}\n</tbody></table>\n<br />\n${htmlOf(sent.blocks)}</div>`,
      residue: [banner, ...printed],
      source: { from: sent.from.address, date: when, subject: sent.subject },
    };
  },
  reply: (language, draft) => {
    const wrote = attribution(draft.sent, 'en', (ROUNDCUBE[language] ?? (ROUNDCUBE.en as string[]))[5] as string);
    const html = interleave(
      draft.sent,
      draft.answers,
      (blocks) =>
        `<blockquote type="cite" style="padding: 0 0.4em; border-left: #1010ff 2px solid; margin: 0">\n<div id="replybody1">\n${htmlOf(blocks)}\n</div>\n</blockquote>`,
      (text) => own([text]),
      '\n',
    );
    return {
      text: textReply(draft, wrote),
      html: `${own(draft.above)}<p id="reply-intro">${escaped(wrote)}</p>\n${html}${own(draft.below)}`,
      residue: [wrote],
      source: { from: draft.sent.from.name },
    };
  },
  document: (html) =>
    `<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8" /></head><body style='font-size: 10pt; font-family: Verdana,Geneva,sans-serif'>\n${html}\n</body></html>`,
};

export const kmail: Client = {
  ...terminal,
  name: 'kmail',
  languages: ['en', 'de', 'da', 'es'],
  places: { 'below-forward': ['text'], 'below-reply': ['text'], between: ['text'] },
  forward: (language, draft) => {
    const { sent } = draft;
    const date = printDate(sent.at, language, '{wd}, {d}. {month} {y}, {HH}:{mm}:{ss} CET');
    const german = language === 'de';
    const banner = german
      ? '----------  Weitergeleitete Nachricht  ----------'
      : '----------  Forwarded Message  ----------';
    const [s, d, f, t] = german ? ['Betreff:', 'Datum:', 'Von:', 'An:'] : ['Subject:', 'Date:', 'From:', 'To:'];
    const printed = [`${s} ${sent.subject}`, `${d} ${date}`, `${f} ${person(draft)}`, `${t} ${recipient(draft)}`];
    const closing = '-----------------------------------------';
    return {
      text: `${start(draft.above)}${banner}\n\n${printed.join('\n')}\n\n${textOf(sent.blocks)}\n${closing}${end(draft.below)}${signed(draft)}\n`,
      html: '',
      residue: [banner, ...printed, closing],
      source: { from: sent.from.address, date, subject: sent.subject },
    };
  },
  reply: (_, draft) => {
    const wrote = attribution(draft.sent, 'en', 'On {wd}, {d} {month} {y} {HH}:{mm}:{ss} CET {name} wrote:');
    return { text: textReply(draft, wrote), html: '', residue: [wrote], source: { from: draft.sent.from.name } };
  },
};

export const notes: Client = {
  ...terminal,
  name: 'notes',
  languages: ['en', 'de', 'it', 'da', 'fr'],
  formats: ['alternative', 'text', 'html'],
  places: {},
  headers: [['X-Mailer', 'HCL Notes Release 12.0.2 November 03, 2022']],
  encoding: () => 'base64',
  forward: (language, draft): Body => {
    const { sent } = draft;
    const date = printDate(sent.at, language, '{dd}/{MM}/{y} {HH}:{mm}');
    const today = printDate(new Date(sent.at.getTime() + 86_400_000), language, '{dd}/{MM}/{y} {HH}:{mm}');
    const german = language === 'de';
    const member = `${draft.writer.name}/HQ/WildGoose`;
    const banner = german
      ? `----- Weitergeleitet von ${member} am ${today} -----`
      : `----- Forwarded by ${member} on ${today} -----`;
    const fields: [string, string][] = german
      ? [
          ['Von:', `"${sent.from.name}" <${sent.from.address}>`],
          ['An:', sent.to.address],
          ['Datum:', date],
          ['Betreff:', sent.subject],
        ]
      : [
          ['From:', `"${sent.from.name}" <${sent.from.address}>`],
          ['To:', sent.to.address],
          ['Date:', date],
          ['Subject:', sent.subject],
        ];
    const rows = fields
      .map(
        ([label, value]) =>
          `<tr valign=top><td><font size=1 color=#5f5f5f face="sans-serif">${label}</font><td><font size=1 face="sans-serif">${escaped(value)}</font>`,
      )
      .join('\n');
    return {
      text: `${start(draft.above)}${draft.signature.join('\n')}\n${banner}\n\n${fields.map(([label, value]) => `${label}\t${value}`).join('\n')}\n\n\n\n${textOf(sent.blocks)}\n`,
      html: `${draft.above.map((one) => `<font size=2 face="sans-serif">${lines(one)}</font><br><br>`).join('\n')}${draft.signature.map((one) => `<font size=2>${escaped(one)}</font><br>`).join('')}<font size=1 color=#800080 face="sans-serif">${escaped(banner)}</font><br><br><table width=100%>\n${rows}</table><br><hr noshade><br><br><br>${htmlOf(sent.blocks)}`,
      residue: [banner, ...fields.map(([label, value]) => `${label} ${value}`)],
      source: { from: sent.from.address, date, subject: sent.subject },
    };
  },
};
