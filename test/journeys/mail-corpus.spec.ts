// Mails of many programs to a running Skein, and real mails of Skein's that those programs quote in a reply.
import { expect } from 'chai';
import type { Case, Client, Draft } from '../email/corpus/case.ts';
import { gmail } from '../email/corpus/client-gmail.ts';
import { outlookWeb } from '../email/corpus/client-outlook-web.ts';
import { outlookWord } from '../email/corpus/client-outlook-word.ts';
import { mutt } from '../email/corpus/client-terminal.ts';
import { thunderbird, thunderbirdFlowed } from '../email/corpus/client-thunderbird.ts';
import { partOf } from '../email/corpus/compose.ts';
import { corpus } from '../email/corpus/corpus.ts';
import { headerDate } from '../email/corpus/dates.ts';
import { judgeWords } from '../email/corpus/judge-words.ts';
import { ADA as HER, SCOUT } from '../email/corpus/people.ts';
import { mailbox, word, writeMail } from '../email/corpus/raw.ts';
import { ADA, aMailRoom, BEN, HOME, type InBox, type MailRoom, reply } from './mailroom.ts';

interface Said {
  number: number;
  from: string;
  text: string;
  outsideText?: string;
}

describe('mails of many programs to a running Skein', () => {
  let room: MailRoom;
  let all: Case[];

  beforeEach(async () => {
    room = await aMailRoom();
    all = corpus(new Date(room.team.clock()));
  });
  afterEach(() => room.stop());

  const conversations = async () =>
    (await room.act<{ conversations: { id: string; title: string }[] }>('read_conversation', { conversation: 'all' }))
      .conversations;
  const read = async (id: string) =>
    (await room.act<{ messages: Said[] }>('read_conversation', { conversation: id, limit: 200 })).messages;

  it('hold the member’s words and the source in each task', async () => {
    const launch = `launch@${HOME}`;
    // No two of one program.
    const numbers = [1, 17, 34, 44, 54, 69, 92, 104, 112, 138, 158, 199];
    const chosen = all.filter(({ name }) => numbers.includes(Number.parseInt(name, 10)));
    expect(new Set(chosen.map(({ client }) => client)).size).to.equal(12);
    for (const { raw } of chosen) {
      const there = Buffer.from(raw.toString('latin1').replaceAll(launch, room.launch.mail), 'latin1');
      const from = /^From: .*<([^>]+)>/m.exec(there.toString('latin1'))?.[1] ?? '';
      expect([ADA, BEN]).to.include(from);
      await room.send(from, room.launch.mail, there);
    }
    await room.team.quiet();
    const known = await conversations();
    const wrong: string[] = [];
    for (const one of chosen) wrong.push(...(await judged(one, known)));
    expect(wrong).to.deep.equal([]);
  });

  const judged = async (one: Case, known: { id: string; title: string }[]): Promise<string[]> => {
    const [number = ''] = one.name.split(':');
    const found = known.find(({ title }) => new RegExp(`(?<!\\d)${number}(?!\\d)`).test(title));
    if (!found) return [`${one.name}: no conversation`];
    const [first] = await read(found.id);
    const { lost, missing, unmarked } = judgeWords(one, first?.text ?? '', first?.outsideText ?? '');
    return [...lost, ...missing, ...unmarked].map((sentence) => `${one.name}: ${sentence}`);
  };

  it('that quote Skein’s acknowledgement say only what is new', async () => {
    const [first] = all as [Case];
    const there = first.raw.toString('latin1').replaceAll(`launch@${HOME}`, room.launch.mail);
    await room.send(ADA, room.launch.mail, Buffer.from(there, 'latin1'));
    const [ack] = await room.mails(ADA, (mails) => mails.length > 0);
    const ways = [
      [gmail, 'de', 'alternative'],
      [outlookWord, 'ru', 'html'],
      [outlookWeb, 'zh', 'alternative'],
      [thunderbird, 'fr', 'html'],
      [thunderbirdFlowed, 'uk', 'text'],
      [mutt, 'en', 'text'],
    ] as const;
    for (const [client, language, format] of ways) {
      const answer = `Nein, erst im Januar. Да, в январе. (${client.name})`;
      await room.send(ADA, room.launch.mail, replyTo(ack as InBox, client, { language, format, answer }));
    }
    await room.team.quiet();
    const conversation = (await conversations()).find(({ title }) => title.includes('Offer 1'));
    const said = await read(conversation?.id ?? '');
    for (const [client] of ways) {
      const hers = said.filter(({ text }) => text.includes(`(${client.name})`));
      expect(hers, client.name).to.have.length(1);
      expect(hers[0]?.text).to.equal(`Nein, erst im Januar. Да, в январе. (${client.name})`);
      expect(hers[0]?.outsideText, client.name).to.equal(undefined);
    }
  });

  const replyTo = (
    ack: InBox,
    client: Client,
    how: { language: string; format: 'text' | 'html' | 'alternative'; answer: string },
  ): Buffer => {
    const html = /<body[^>]*>([\s\S]*)<\/body>/i.exec(ack.html ?? '')?.[1] ?? ack.html ?? '';
    const draft: Draft = {
      above: [how.answer],
      answers: [],
      below: [],
      signature: [],
      sent: {
        from: { name: 'Skein', address: ack.from.replace(/.*<|>.*/g, '') },
        to: HER,
        at: new Date(room.team.clock()),
        subject: ack.subject,
        id: ack.messageId.slice(1, -1),
        blocks: [{ text: ack.text.trim(), html }],
      },
      writer: HER,
    };
    const body = client.reply?.(how.language, draft) ?? { text: '', html: '' };
    const headers = [
      `From: ${mailbox(HER)}`,
      `To: ${mailbox({ ...SCOUT, address: room.launch.mail })}`,
      `Subject: ${word(ack.subject)}`,
      `Date: ${headerDate(new Date(room.team.clock()))}`,
      `Message-ID: <quoting-${client.name}@wildgoose.example>`,
      ...reply(ack),
    ].map((line): [string, string] => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]);
    return writeMail(headers, partOf(client, how.language, how.format, body), '----=_Reply');
  };
});
