// Makes one case: a mail of a client, a situation and a language, with the sentences that have to be found.

import type { Block, Case, Client, Draft, Format, Known, Person, Sent, Sentences } from './case.ts';
import { gmail } from './client-gmail.ts';
import { outlookWord } from './client-outlook-word.ts';
import { thunderbird } from './client-thunderbird.ts';
import { headerDate } from './dates.ts';
import { block, textOf } from './layout.ts';
import { ADA, BEN, EARLIER, POD, SCOUT, strangerOf } from './people.ts';
import { mailbox, type Part, word, writeMail } from './raw.ts';
import { OWN_TRAPS, type Scenario, STRANGER_TRAPS } from './scenarios.ts';
import { LATIN } from './sentences-latin.ts';
import { OTHERS } from './sentences-others.ts';
import { offerSubject } from './subjects.ts';

export function sentencesOf(language: string, number: number): Sentences {
  const found = LATIN[language] ?? OTHERS[language];
  if (!found) throw new Error(`no sentences in ${language}`);
  return JSON.parse(JSON.stringify(found).replaceAll('#', String(number))) as Sentences;
}

export const numbered = (texts: string[], number: number) => texts.map((one) => one.replaceAll('#', String(number)));
/** The lines that contain words. */
export const sentencesIn = (texts: string[]) =>
  texts
    .flatMap((text) => text.split('\n'))
    .map((line) => line.replace(/^> /, '').trim())
    .filter((line) => /\p{L}/u.test(line));

const SENT_AT = new Date('2026-11-27T09:12:36Z');
const EARLIER_AT = new Date('2026-11-25T08:05:09Z');

/** The mail of one author, in the middle of a thread where `earlier` is given. */
function sentBy(from: Person, to: Person, at: Date, subject: string, id: string, blocks: Block[]): Sent {
  return { from, to, at, subject, id, blocks };
}

/** A mail as a block that stands at the end of another one, quoted by the program of whoever answered it. */
function nested(earlier: Sent, language: string, writer: Person, number: number): Block {
  const client = [outlookWord, gmail, thunderbird][number % 3] as Client;
  const draft: Draft = { above: [], answers: [], below: [], signature: [], sent: earlier, writer };
  const body = client.reply?.(language, draft);
  if (!body) throw new Error(`${client.name} quotes nothing`);
  return { text: body.text.trim(), html: body.html };
}

function subjectOf(scenario: Scenario, client: Client, language: string, sent: Sent, number: number): string {
  const prefixes = client.prefixes(language);
  if (scenario.subject === 'rewritten') return `Rye for the oven ${number}`;
  if (scenario.subject === 'kept') return sent.subject;
  if (scenario.kind !== 'forward') return `${prefixes.reply} ${sent.subject}`;
  return prefixes.forward === '' ? `[${sent.from.address}: ${sent.subject}]` : `${prefixes.forward} ${sent.subject}`;
}

export interface Request {
  number: number;
  client: Client;
  language: string;
  format: Format;
  scenario: Scenario;
  now: Date;
}

export function compose({ number, client, language, format, scenario, now }: Request): Case {
  const words = sentencesOf(language, number);
  const member = number % 5 === 0 && scenario.kind === 'forward' ? BEN : ADA;
  const stranger = strangerOf(language);
  const subject = offerSubject(language, number);
  const known: Known[] = [];
  const outside: string[] = [];

  const agentMail = sentBy(
    SCOUT,
    member,
    EARLIER_AT,
    subject,
    `skein-${number}.0001@pods.wildgoose.example`,
    words.agent.map(block),
  );
  const strangerTexts = [...words.stranger, ...(scenario.strangerTraps ? numbered(STRANGER_TRAPS, number) : [])];
  let sent: Sent;
  if (scenario.kind === 'reply-to-known') {
    known.push({
      messageId: `<${agentMail.id}>`,
      subject,
      text: textOf(agentMail.blocks),
      html: agentMail.blocks.map((one) => one.html).join(''),
    });
    sent = agentMail;
    if (scenario.thread) {
      const blocks = [...words.stranger.map(block), nested(agentMail, language, stranger, number)];
      sent = sentBy(
        stranger,
        member,
        SENT_AT,
        `Re: ${subject}`,
        `answer-${number}@${stranger.address.split('@')[1]}`,
        blocks,
      );
      outside.push(...words.stranger);
    }
  } else {
    const blocks = strangerTexts.map(block);
    outside.push(...sentencesIn(strangerTexts));
    if (scenario.thread) {
      const earlier = sentBy(
        EARLIER,
        stranger,
        EARLIER_AT,
        subject,
        `first-${number}@ryehouse.example`,
        words.earlier.map(block),
      );
      blocks.push(nested(earlier, language, stranger, number));
      outside.push(...words.earlier);
    }
    sent = sentBy(stranger, member, SENT_AT, subject, `offer-${number}@${stranger.address.split('@')[1]}`, blocks);
  }

  const traps = scenario.ownTraps ? numbered(OWN_TRAPS, number) : [];
  const repeated = scenario.sameWords ? [`${words.agent[1]}`, words.own[0]] : [];
  const draft: Draft = {
    above: scenario.above ? (repeated.length > 0 ? repeated : [words.own[0], ...traps]) : [],
    answers: scenario.place === 'between' ? [words.own[1], sent.blocks.length > 2 ? words.own[2] : undefined] : [],
    below: scenario.place === 'below-reply' || scenario.place === 'below-forward' ? [words.own[2]] : [],
    signature: scenario.signature ? [member.name, 'Wild Goose Bakery'] : [],
    sent,
    writer: member,
  };
  const write = scenario.kind === 'forward' ? client.forward : client.reply;
  if (!write) throw new Error(`${client.name} does not write ${scenario.kind}`);
  const body = write(language, draft);

  const own = sentencesIn([...draft.above, ...draft.answers.filter((one) => one !== undefined), ...draft.below]);
  const head: [string, string][] = [
    ['From', mailbox(member)],
    ...addressed(scenario, stranger, number),
    ['Subject', word(subjectOf(scenario, client, language, sent, number), client.charset?.(language))],
    ['Date', headerDate(now)],
    ['Message-ID', `<corpus-${number}@wildgoose.example>`],
  ];
  if (scenario.kind !== 'forward') {
    const references = [...known.map((one) => one.messageId), `<${sent.id}>`].filter(
      (one, index, all) => all.indexOf(one) === index,
    );
    head.push(['In-Reply-To', `<${sent.id}>`], ['References', references.join(' ')]);
  }
  head.push(...client.headers);
  return {
    name: `${number}: ${client.name}, ${language}, ${format}: ${scenario.name}`,
    client: client.name,
    language,
    format,
    kind: scenario.kind,
    raw: writeMail(head, partOf(client, language, format, body), `----=_Part_${number}`),
    own,
    outside,
    kept: [],
    known,
    ...(scenario.kind === 'reply-to-known' ? {} : { source: body.source }),
    residue: body.residue,
  };
}

/** One in three mails to a stranger has the pod in To, as after "reply to all" or a moved address. */
function addressed(scenario: Scenario, stranger: Person, number: number): [string, string][] {
  if (scenario.kind === 'forward') return [['To', POD.address]];
  if (scenario.kind === 'reply-to-known' && !scenario.thread) return [['To', mailbox(SCOUT)]];
  if (number % 3 === 0) return [['To', `${mailbox(stranger)}, ${POD.address}`]];
  return [
    ['To', mailbox(stranger)],
    ['Cc', mailbox(POD)],
  ];
}

export function partOf(client: Client, language: string, format: Format, body: { text: string; html: string }): Part {
  const charset = client.charset?.(language) ?? 'utf-8';
  const encoding = client.encoding?.(language, format) ?? 'quoted-printable';
  const coded = /^iso-2022-jp$/i.test(charset) && encoding === 'quoted-printable' ? '7bit' : encoding;
  const text: Part = {
    type: 'text/plain',
    charset,
    encoding: coded,
    text: body.text,
    ...(client.flowed ? { parameters: '; format=flowed' } : {}),
  };
  const html: Part = { type: 'text/html', charset, encoding: coded, text: client.document(body.html, charset) };
  if (format === 'text') return text;
  if (format === 'html') return html;
  return { type: 'multipart/alternative', parts: [text, html] };
}
