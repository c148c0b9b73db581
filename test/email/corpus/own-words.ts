// Mails without a quote whose words look like one, and texts that somebody pasted under a word of their own.

import type { Case, Format } from './case.ts';
import { appleMac, applePhone } from './client-apple.ts';
import { gmail } from './client-gmail.ts';
import { outlookWeb } from './client-outlook-web.ts';
import { outlookText, outlookWord } from './client-outlook-word.ts';
import { mutt } from './client-terminal.ts';
import { thunderbird, thunderbirdFlowed } from './client-thunderbird.ts';
import { partOf, sentencesIn, sentencesOf } from './compose.ts';
import { headerDate } from './dates.ts';
import { escaped, lines } from './layout.ts';
import { ADA, BEN, POD } from './people.ts';
import { mailbox, word, writeMail } from './raw.ts';

interface Plan {
  name: string;
  client: (typeof CLIENTS)[number];
  language: string;
  format: Format;
  subject?: string;
  /** With `1`, `2`, `3` for the own sentences and `a`, `b`, `c` for a stranger's; every other line stands as it is. */
  text: string;
  html?: string;
  /** Further lines of the text by the member that have to be found. */
  own?: string[];
  kept?: string[];
}

const CLIENTS = [
  gmail,
  outlookWord,
  outlookText,
  outlookWeb,
  appleMac,
  applePhone,
  thunderbird,
  thunderbirdFlowed,
  mutt,
] as const;

const LABELS: Record<string, string> = {
  en: 'From: Uppsala #\nTo: Hamburg #\nDate: Friday #',
  de: 'Von: Uppsala #\nAn: Hamburg #\nDatum: Freitag #\nBetreff: Brotprobe #',
  fr: 'De : Lyon #\nÀ : Lille #\nObjet : livraison #',
  ru: 'От: Тверь #\nКому: Псков #\nТема: хлеб #',
  ja: '差出人：京都#\n宛先：大阪#\n件名：パン#',
  es: 'De: Cádiz #\nPara: León #\nAsunto: pan #',
};

const PLANS: Plan[] = [
  {
    name: 'label lines',
    client: gmail,
    language: 'en',
    format: 'alternative',
    text: `1\n\n${LABELS.en}\n\n2`,
    own: (LABELS.en as string).split('\n'),
  },
  {
    name: 'label lines',
    client: outlookWord,
    language: 'de',
    format: 'alternative',
    text: `1\n\n${LABELS.de}\n\n2`,
    own: (LABELS.de as string).split('\n'),
  },
  {
    name: 'label lines',
    client: outlookText,
    language: 'fr',
    format: 'text',
    text: `1\n\n${LABELS.fr}\n\n2`,
    own: (LABELS.fr as string).split('\n'),
  },
  {
    name: 'label lines',
    client: outlookWeb,
    language: 'ru',
    format: 'html',
    text: `1\n\n${LABELS.ru}\n\n2`,
    own: (LABELS.ru as string).split('\n'),
  },
  {
    name: 'label lines',
    client: appleMac,
    language: 'ja',
    format: 'text',
    text: `1\n\n${LABELS.ja}\n\n2`,
    own: (LABELS.ja as string).split('\n'),
  },
  {
    name: 'label lines at the top',
    client: thunderbirdFlowed,
    language: 'es',
    format: 'text',
    text: `${LABELS.es}\n\n1\n\n2`,
    own: (LABELS.es as string).split('\n'),
  },
  {
    name: 'label lines in bold',
    client: outlookWord,
    language: 'en',
    format: 'html',
    text: '1\n\nFrom: Uppsala #\nTo: Hamburg #\nSent: by truck #\n\n2',
    html: '<div class="WordSection1"><p class="MsoNormal">1<o:p></o:p></p><p class="MsoNormal"><b>From:</b> Uppsala #<br><b>Sent:</b> by truck #<br><b>To:</b> Hamburg #<o:p></o:p></p><p class="MsoNormal">2<o:p></o:p></p></div>',
    own: ['Uppsala #', 'by truck #', 'Hamburg #'],
  },
  {
    name: 'a list with colons',
    client: gmail,
    language: 'sv',
    format: 'text',
    text: '1\n\nPris: 31,50 #\nAntal: 40 #\nTid: 9:30 #\nPlats: gården #\n\n2',
    own: ['Pris: 31,50 #', 'Antal: 40 #', 'Tid: 9:30 #', 'Plats: gården #'],
  },
  {
    name: 'a list with colons',
    client: mutt,
    language: 'nl',
    format: 'text',
    text: '1\n\nDatum: vrijdag #\nPlaats: Utrecht #\nAan: iedereen #\n\n3',
    own: ['Datum: vrijdag #', 'Plaats: Utrecht #', 'Aan: iedereen #'],
  },
  {
    name: 'sent via',
    client: applePhone,
    language: 'en',
    format: 'text',
    text: '1\n\nSent via DHL #\n\n2',
    own: ['Sent via DHL #'],
  },
  {
    name: 'sent via',
    client: outlookWeb,
    language: 'de',
    format: 'alternative',
    text: '1\n\nGesendet: mit DHL, Paket #\n\n3',
    own: ['mit DHL, Paket #'],
  },
  {
    name: 'words below a signature',
    client: thunderbirdFlowed,
    language: 'en',
    format: 'text',
    text: '1\n\n-- \nAda\n\n3',
    own: [],
  },
  {
    name: 'words below a signature',
    client: mutt,
    language: 'cs',
    format: 'text',
    text: '1\n\n2\n\n--\nAda Lindqvist\nWild Goose Bakery\n\n3',
    own: [],
  },
  {
    name: 'words below a phone’s signature',
    client: applePhone,
    language: 'fr',
    format: 'alternative',
    text: '1\n\nEnvoyé de mon iPhone\n\n3',
  },
  {
    name: 'words below a phone’s signature',
    client: applePhone,
    language: 'tr',
    format: 'text',
    text: '1\n\niPhone’umdan gönderildi\n\n2',
  },
  {
    name: 'lines of dashes',
    client: gmail,
    language: 'pl',
    format: 'alternative',
    text: '1\n\n----------\n\n2\n\n________________________________\n\n3',
  },
  {
    name: 'lines of dashes',
    client: outlookText,
    language: 'it',
    format: 'text',
    text: '1\n\n-----Piano-----\n2\n-----Fine-----\n\n3',
  },
  {
    name: 'a rule',
    client: outlookWeb,
    language: 'uk',
    format: 'html',
    text: '1\n\n2',
    html: '<div>1</div><hr style="display:inline-block;width:98%"><div>2</div>',
  },
  {
    name: 'somebody wrote',
    client: gmail,
    language: 'en',
    format: 'text',
    text: '1\n\nOn Monday the mill wrote:\n\n2',
    own: ['On Monday the mill wrote:'],
  },
  {
    name: 'somebody wrote',
    client: thunderbird,
    language: 'de',
    format: 'alternative',
    text: '1\n\nAm Montag schrieb Ben:\n\n3',
    own: ['Am Montag schrieb Ben:'],
  },
  {
    name: 'indented by the program',
    client: gmail,
    language: 'pt',
    format: 'html',
    text: '1\n\n2',
    html: '<div dir="ltr"><div>1</div><blockquote style="margin:0 0 0 40px;border:none;padding:0px"><div>2</div></blockquote></div>',
  },
  {
    name: 'quoted lines that she typed',
    client: mutt,
    language: 'en',
    format: 'text',
    text: '> line one of the poem #\n> line two of the poem #',
    kept: ['line one of the poem #', 'line two of the poem #'],
  },
  {
    name: 'quoted lines under a word',
    client: gmail,
    language: 'da',
    format: 'text',
    text: '1\n\n> strofe et #\n> strofe to #\n\n2',
    kept: ['strofe et #', 'strofe to #'],
  },
  {
    name: 'a time and an address',
    client: appleMac,
    language: 'ko',
    format: 'text',
    text: '1\n\nBen <ben@wildgoose.example> 9:30 #\n\n2',
    own: ['9:30 #'],
  },
  // A forward whose block somebody took out: the subject alone says it, and all but the first paragraph is from outside.
  {
    name: 'pasted under a forward’s subject',
    client: gmail,
    language: 'en',
    format: 'text',
    subject: 'Fwd: Rye #',
    text: '1\n\na\n\nb\n\nc',
  },
  {
    name: 'pasted under a forward’s subject',
    client: outlookWord,
    language: 'de',
    format: 'alternative',
    subject: 'WG: Roggen #',
    text: '1\n\na\n\nb',
  },
  {
    name: 'pasted under a forward’s subject',
    client: outlookWeb,
    language: 'sv',
    format: 'html',
    subject: 'VB: Råg #',
    text: '1\n\na\n\nc',
  },
  {
    name: 'pasted under a forward’s subject',
    client: appleMac,
    language: 'zh',
    format: 'text',
    subject: '转发: 黑麦 #',
    text: '1\n\na\n\nb',
  },
];

export function ownWords(first: number, now: Date): Case[] {
  return PLANS.map((plan, index) => {
    const number = first + index;
    const words = sentencesOf(plan.language, number);
    const sentences: Record<string, string> = {
      1: words.own[0],
      2: words.own[1],
      3: words.own[2],
      a: words.stranger[0],
      b: words.stranger[1],
      c: words.stranger[2],
    };
    const count = (text: string) => text.replaceAll('#', String(number));
    const text = count(plan.text.replace(/^([123abc])$/gm, (_, key: string) => sentences[key] ?? ''));
    const html = plan.html
      ? count(plan.html.replace(/(?<=>)([123])(?=<)/g, (_, key: string) => escaped(sentences[key] ?? '')))
      : text
          .split('\n\n')
          .map((one) => `<div>${lines(one)}</div>`)
          .join('<div><br></div>');
    const own = ['1', '2', '3']
      .filter((key) => new RegExp(`^${key}$`, 'm').test(plan.text))
      .map((key) => sentences[key] as string);
    const outside = ['a', 'b', 'c']
      .filter((key) => new RegExp(`^${key}$`, 'm').test(plan.text))
      .map((key) => sentences[key] as string);
    const member = index % 4 === 3 ? BEN : ADA;
    return {
      name: `${number}: ${plan.client.name}, ${plan.language}, ${plan.format}: ${plan.name}`,
      client: plan.client.name,
      language: plan.language,
      format: plan.format,
      kind: outside.length > 0 ? 'forward' : 'new',
      raw: writeMail(
        [
          ['From', mailbox(member)],
          ['To', mailbox(POD)],
          ['Subject', word(count(plan.subject ?? 'Rye for the oven #'), plan.client.charset?.(plan.language))],
          ['Date', headerDate(now)],
          ['Message-ID', `<corpus-${number}@wildgoose.example>`],
        ],
        partOf(plan.client, plan.language, plan.format, { text: `${text}\n`, html }),
        `----=_Part_${number}`,
      ),
      own: [...own, ...sentencesIn((plan.own ?? []).map(count))],
      outside,
      kept: (plan.kept ?? []).map(count),
      known: [],
      residue: [],
    };
  });
}
