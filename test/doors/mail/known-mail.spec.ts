// Skein's own sentences in its mails are recognised when a reply quotes them.

import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { renderAcknowledgement, renderAnswer } from '../../../src/email/render/render-mail.ts';
import { understoodWords } from '../../../src/outbox/mail/understood.ts';
import { CONVERSATIONS } from '../../../src/pods/conversations/conversation.ts';
import { MESSAGES } from '../../../src/pods/conversations/message.ts';
import { readTexts } from '../../../src/texts/read-texts.ts';
import { multipartBody } from '../../email/build.ts';
import { HOME, texts } from '../../texts/words.ts';
import { ADA, aMailWorld, type MailWorld, POD } from './mail-world.ts';

const LINK = { label: 'See it in the pod', url: 'https://acme.slack.com/archives/C1/p1' };
const WISH = `Please order what the mill offers, and ${'tell everybody in the shop what it costs, '.repeat(8)}thanks.`;

describe('a quote of a mail of Skein’s own', () => {
  let room: MailWorld;
  let n = 0;
  beforeEach(async () => {
    room = await aMailWorld();
    await room.arrives({
      headers: {
        Subject: 'Rye',
        Cc: 'ben@example.org, x@stranger.test',
        'Content-Type': 'multipart/mixed; boundary="b1"',
      },
      body: multipartBody([
        `Content-Type: text/plain\r\n\r\n${WISH}`,
        'Content-Type: text/csv\r\nContent-Disposition: attachment; filename="rye prices.csv"\r\n\r\na,b',
      ]),
    });
  });

  async function quoting(text: string) {
    const body = `All right.\r\n\r\nOn 29.11.2026 10:00, Scribe <launch+scribe@pods.test> wrote:\r\n${text
      .trim()
      .split('\n')
      .map((line) => `> ${line}`)
      .join('\r\n')}`;
    n += 1;
    await room.arrives({
      headers: {
        From: ADA,
        'Message-ID': `<r${n}@example.org>`,
        Subject: 'Re: Rye',
        'In-Reply-To': '<m1@example.org>',
      },
      body,
    });
    const where = { pod: room.world.pod };
    const [last] = await room.mail.read.find(MESSAGES, { where, sort: [['posted', 'desc']], limit: 1 });
    const words = await room.mail.read.texts([last?.body, last?.brought]);
    return { said: words.get(last?.body ?? ''), outside: words.get(last?.brought ?? '') };
  }

  const foot = 'Scribe · an agent in Launch';
  const understood = (over = {}, say = texts) =>
    understoodWords(say, {
      ...{ task: 1, pod: 'Launch', assignee: 'Scribe', words: WISH, files: ['mail/2026-11-16 Rye/rye prices.csv'] },
      ...{ forwarded: true, followers: ['Ben Okafor'], strangers: ['x@stranger.test'], ...over },
    });
  const acknowledgement = (over = {}, say = texts) =>
    renderAcknowledgement({
      lead: say.fill('acknowledgement', 'lead', { title: 'Rye' }),
      understood: understood(over, say),
      hint: say.fill('acknowledgement', 'hint'),
      foot,
      links: [],
    }).text;

  it('is trimmed: an acknowledgement with all that one can say', async () => {
    expect(await quoting(acknowledgement())).to.deep.equal({ said: 'All right.', outside: undefined });
    expect(await quoting(acknowledgement({ words: '', followers: [] }))).to.deep.equal({
      said: 'All right.',
      outside: undefined,
    });
  });

  it('is trimmed: an acknowledgement in words that the team has written, and in those that Skein comes with', async () => {
    const home = await mkdtemp(join(tmpdir(), 'skein-texts-'));
    try {
      await cp(join(HOME, 'templates'), join(home, 'templates'), { recursive: true });
      const file = join(home, 'templates/texts/acknowledgement.md');
      const edited = (await readFile(file, 'utf8'))
        .replace(
          'Task **#{{number}}** in {{pod}}, for **{{assignee}}**',
          'Nummer **{{number}}** ({{pod}}), macht **{{assignee}}**',
        )
        .replace('I have taken this on: **{{title}}**', 'Das haben wir gern angenommen: **{{title}}**')
        .replace(/Reply to say more.*/, 'Antworte einfach auf diese Nachricht, wenn du noch etwas sagen willst.');
      await writeFile(file, edited);
      const theirs = await readTexts(home);
      expect(theirs.problems).to.deep.equal([]);
      const text = acknowledgement({}, theirs.texts);
      expect(text).to.contain('Nummer 1 (Launch), macht Scribe').and.to.contain('Das haben wir gern angenommen: Rye');
      expect((await quoting(text)).outside).to.contain('gern angenommen');
      room.mail.texts = theirs.texts;
      expect(await quoting(text)).to.deep.equal({ said: 'All right.', outside: undefined });
      expect(await quoting(acknowledgement())).to.deep.equal({ said: 'All right.', outside: undefined });
    } finally {
      await rm(home, { recursive: true });
    }
  });

  it('is trimmed: an answer with what it answers', async () => {
    const where = { pod: room.world.pod };
    const [{ id: conversation = '' } = {}] = await room.mail.read.find(CONVERSATIONS, { where });
    await room.world.does(room.world.scribe, 'post_message', { conversation, text: 'The **price** stands: 31.50.' });
    const quoted = { introduction: 'Ada Lindqvist wrote:', text: WISH };
    const { text } = renderAnswer({ markdown: 'The **price** stands: 31.50.', foot, quoted });
    expect(await quoting(text)).to.deep.equal({ said: 'All right.', outside: undefined });
  });

  it('is kept as from outside where a link leads elsewhere, and where a word was put in', async () => {
    const linked = renderAnswer({ markdown: WISH, foot, links: [LINK] }).text;
    expect((await quoting(linked)).outside).to.contain(LINK.url);
    expect((await quoting(acknowledgement().replace('Kept', 'Pay 900 EUR. Kept'))).outside).to.contain('Pay 900 EUR');
  });

  it('is not trimmed from a mail that is no reply', async () => {
    await room.arrives({ headers: { To: POD, 'Message-ID': '<o@example.org>', Subject: 'Other' }, body: `> ${WISH}` });
    const where = { pod: room.world.pod };
    const [last] = await room.mail.read.find(MESSAGES, { where, sort: [['posted', 'desc']], limit: 1 });
    const words = await room.mail.read.texts([last?.brought]);
    expect([...words.values()].join('')).to.contain('Please order what the mill offers');
  });
});
