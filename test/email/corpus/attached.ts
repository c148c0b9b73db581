// Forwards as an attachment (message/rfc822): attached, inline, or without a disposition, as mail programs send them.

import type { Case, Sent } from './case.ts';
import { sentencesOf } from './compose.ts';
import { headerDate } from './dates.ts';
import { block, textOf } from './layout.ts';
import { ADA, POD, strangerOf } from './people.ts';
import { mailbox, type Part, word, writeMail } from './raw.ts';
import { offerSubject } from './subjects.ts';

interface Way {
  client: string;
  language: string;
  words: boolean;
  parameters: string;
  disposition?: string;
  subject: (subject: string) => string;
}

const WAYS: Way[] = [
  {
    client: 'gmail',
    language: 'en',
    words: true,
    parameters: '; name="Offer.eml"',
    disposition: 'attachment; filename="Offer.eml"',
    subject: (s) => s,
  },
  {
    client: 'outlook-windows',
    language: 'de',
    words: true,
    parameters: '',
    disposition: 'attachment',
    subject: (s) => `WG: ${s}`,
  },
  { client: 'outlook-web', language: 'fr', words: false, parameters: '', subject: (s) => `TR: ${s}` },
  {
    client: 'apple-mail',
    language: 'es',
    words: true,
    parameters: '; name="mensaje.eml"',
    disposition: 'attachment; filename=mensaje.eml',
    subject: (s) => `Fwd: ${s}`,
  },
  {
    client: 'thunderbird',
    language: 'pl',
    words: true,
    parameters: '; charset=UTF-8; name="Oferta.eml"',
    disposition: 'attachment; filename="Oferta.eml"',
    subject: (s) => `Fwd: ${s}`,
  },
  { client: 'mutt', language: 'fi', words: false, parameters: '', disposition: 'inline', subject: (s) => `[fwd] ${s}` },
  { client: 'mutt', language: 'ru', words: true, parameters: '', disposition: 'inline', subject: (s) => `Fwd: ${s}` },
  {
    client: 'horde',
    language: 'ja',
    words: true,
    parameters: '; name="forwarded.eml"',
    disposition: 'attachment; filename="forwarded.eml"',
    subject: () => 'Rye for the oven',
  },
];

export function attachedForwards(first: number, now: Date): Case[] {
  return WAYS.map((way, index) => {
    const number = first + index;
    const words = sentencesOf(way.language, number);
    const stranger = strangerOf(way.language);
    const sent: Sent = {
      from: stranger,
      to: ADA,
      at: new Date('2026-11-27T09:12:36Z'),
      subject: offerSubject(way.language, number),
      id: `offer-${number}@${stranger.address.split('@')[1]}`,
      blocks: words.stranger.map(block),
    };
    const inner = writeMail(
      [
        ['From', mailbox(stranger)],
        ['To', mailbox(ADA)],
        ['Subject', word(sent.subject)],
        ['Date', headerDate(sent.at)],
        ['Message-ID', `<${sent.id}>`],
      ],
      { type: 'text/plain', text: textOf(sent.blocks) },
      `----=_Inner_${number}`,
    );
    const own = way.words ? [words.own[0], words.own[1]] : [];
    const parts: Part[] = [
      { type: 'text/plain', text: own.join('\n\n') },
      {
        type: 'message/rfc822',
        parameters: way.parameters,
        headers: way.disposition ? [['Content-Disposition', way.disposition]] : [],
        mail: inner,
      },
    ];
    return {
      name: `${number}: ${way.client}, ${way.language}, attached: forward ${way.words ? 'with words' : 'without a word'}`,
      client: way.client,
      language: way.language,
      format: 'attached',
      kind: 'forward',
      raw: writeMail(
        [
          ['From', mailbox(ADA)],
          ['To', mailbox(POD)],
          ['Subject', word(way.subject(sent.subject))],
          ['Date', headerDate(now)],
          ['Message-ID', `<corpus-${number}@wildgoose.example>`],
        ],
        { type: 'multipart/mixed', parts },
        `----=_Part_${number}`,
      ),
      own,
      outside: [...words.stranger],
      kept: [],
      known: [],
      source: { from: stranger.address, date: headerDate(sent.at), subject: sent.subject },
      residue: [],
    };
  });
}
