// Mails that once failed in the inbox, as files beside this checkout. Skipped with a note if the files are missing.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { ignoredMails } from '../../../src/inbox/ignored-mails.ts';
import { CONVERSATIONS } from '../../../src/pods/conversations/conversation.ts';
import { MESSAGES } from '../../../src/pods/conversations/message.ts';
import { aMailWorld, type MailWorld } from './mail-world.ts';

const CASES = join(import.meta.dirname, '../../../../shared/cases/mail');
const given = existsSync(CASES);
const POD = 'launch@pods.wildgoose.example';
const ADA = 'ada@wildgoose.example';
const BEN = 'ben@wildgoose.example';
const read = (name: string) => readFileSync(join(CASES, `${name}.eml`), 'utf8');

(given ? describe : describe.skip)(`mails that went wrong${given ? '' : ' (needs ../shared/cases)'}`, () => {
  let room: MailWorld;
  beforeEach(async () => {
    room = await aMailWorld({ domain: 'pods.wildgoose.example', people: 'wildgoose.example' });
  });
  const titles = async () => {
    const { tasks } = await room.world.does(room.world.ada, 'list_tasks', { state: 'all' });
    return tasks.map(({ title }: { title: string }) => title);
  };
  const comes = (name: string, from: string, to = POD) => room.arrivesAsIs(Buffer.from(read(name)), { from, to: [to] });

  for (const name of ['a', 'b', 'c'])
    it(`subject-like-a-machine-${name} is a task`, async () => {
      await comes(`subject-like-a-machine-${name}`, ADA);
      expect(await titles()).to.have.length(1);
      expect((await ignoredMails(room.mail.ignored)).mails).to.deep.equal([]);
    });

  it('message-id-like-ours is a task, where people share the domain with the pods', async () => {
    room.mail.home = { kind: 'mailbox', local: 'skein', domain: 'wildgoose.example' };
    await comes('message-id-like-ours', BEN, 'skein+launch@wildgoose.example');
    expect(await titles()).to.deep.equal(['New order']);
  });

  it('same-message-id-a and -b are two tasks, and a copy of one is none', async () => {
    for (const name of ['a', 'b', 'a']) await comes(`same-message-id-${name}`, BEN);
    expect(await titles()).to.deep.equal(['Scan 1', 'Scan 2']);
  });

  describe('as replies to what an agent said', () => {
    /** The words of the case's mail in a conversation where an agent said this, and the text from outside that came with it. */
    async function replying(name: string, by: string, agentSaid: string) {
      await comes('subject-like-a-machine-a', ADA);
      const [conversation] = await room.mail.read.find(CONVERSATIONS, { where: { pod: room.world.pod } });
      const { message } = await room.world.does(room.world.scribe, 'post_message', {
        conversation: conversation?.id,
        text: agentSaid,
      });
      const parent = conversation?.mail?.messageId ?? '';
      const mail = read(name);
      const raw = mail.includes('In-Reply-To:')
        ? mail.replace('<ID-OF-THE-ACKNOWLEDGEMENT>', parent)
        : `In-Reply-To: ${parent}\n${mail}`;
      await room.arrivesAsIs(Buffer.from(raw), { from: by, to: [POD] });
      expect(await titles(), 'it goes on there').to.have.length(1);
      const where = { conversation: conversation?.id ?? '' };
      const [last] = await room.mail.read.find(MESSAGES, { where, sort: [['posted', 'desc']], limit: 1 });
      expect(last?.id).not.to.equal(message.id);
      const texts = await room.mail.read.texts([last?.body, last?.brought]);
      return { said: texts.get(last?.body ?? ''), outside: texts.get(last?.brought ?? '') };
    }

    it('block-with-reply-to loses the block, whose words Skein has', async () => {
      expect(await replying('block-with-reply-to', ADA, 'Shall I order 40 sacks?')).to.deep.equal({
        said: 'Yes, do that.',
        outside: undefined,
      });
    });

    it('flowed-answer is not joined to the quote above it', async () => {
      expect(await replying('flowed-answer', BEN, 'Which size do you want: medium or large?')).to.deep.equal({
        said: 'Large, please. And 14 of them.',
        outside: undefined,
      });
    });
  });

  it('bounce-as-plain-text is told in the thread of the mail that did not arrive', async () => {
    await comes('subject-like-a-machine-a', ADA);
    const [conversation] = await room.mail.read.find(CONVERSATIONS, { where: { pod: room.world.pod } });
    const sent = room.world.delivered.find(({ kind }) => kind === 'mail');
    const id = `${room.world.pod}.${conversation?.id}.${sent?.id.split(':').slice(-2).join('-')}`;
    const bounce = (to: string) =>
      Buffer.from(
        read('bounce-as-plain-text').replace('PUT-HERE-THE-ID-OF-A-SKEIN-MAIL', id).replace('maja@example.com', to),
      );
    await room.arrivesAsIs(bounce('maja@example.com'), { from: '', to: [POD] });
    await room.arrivesAsIs(bounce(ADA), { from: '', to: [POD] });
    const { messages } = await room.world.does(room.world.ada, 'read_conversation', { conversation: conversation?.id });
    const told = messages.map(({ text }: { text: string }) => text).slice(1);
    expect(told).to.have.length(2);
    expect(told[0]).to.contain('did not arrive').and.to.contain('`maja@example.com`').and.to.contain('no such mailbox');
    expect(told[1]).to.contain('did not reach Ada Lindqvist: there is no such mailbox');
  });
});
