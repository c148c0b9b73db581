import { expect } from 'chai';
import { destinationsOf } from '../../../src/doors/mail/destinations.ts';
import type { Mailbox } from '../../../src/email/mail.ts';
import { CONVERSATIONS } from '../../../src/pods/conversations/conversation.ts';
import { QUARANTINED_MAILS } from '../../../src/pods/mail/quarantined-mail.ts';
import { PEOPLE, type PersonDoc } from '../../../src/pods/people/person.ts';
import { aMailWorld, type MailWorld } from './mail-world.ts';

describe('where a mail belongs', () => {
  let room: MailWorld;
  let author: PersonDoc | undefined;
  beforeEach(async () => {
    room = await aMailWorld();
    author = await room.world.doc(PEOPLE, room.world.ada);
    await room.world.does(room.world.ada, 'create_pod', { name: 'Second' }, { pod: 'p_second' });
    await room.world.does('skein', 'claim_address', { of: 'p_second', name: 'Second' });
  });

  const boxes = (...all: string[]): Mailbox[] => all.map((address) => ({ address, name: '' }));
  async function go(read: Parameters<typeof destinationsOf>[1], rcptTo: string[] = [], by?: PersonDoc) {
    const found = await destinationsOf(room.mail, read, { mailbox: 'm', arrival: '1', rcptTo }, by);
    return found.map(({ pod, handle, conversation }) => [pod.name, handle, conversation?.id].filter(Boolean).join(' '));
  }

  it('is each pod that it names, wherever it names it, once', async () => {
    const cc = boxes('second@pods.test', 'launch@pods.test', 'x@elsewhere.test');
    expect(await go({ to: boxes('Launch@Pods.Test'), cc })).to.deep.equal(['Launch', 'Second']);
    expect(await go({ deliveredTo: ['second@pods.test'] })).to.deep.equal(['Second']);
    expect(await go({}, ['launch+scribe@pods.test'])).to.deep.equal(['Launch scribe']);
    expect(await go({ to: boxes('nosuch@pods.test', 'skein@pods.test') })).to.deep.equal([]);
  });

  it('is the conversation whose mail it answers, by our id or by another’s that the pod knows', async () => {
    await room.arrives({});
    const [conversation] = await room.mail.read.find(CONVERSATIONS, { where: { pod: room.world.pod } });
    const id = conversation?.id ?? '';
    const ours = `<${room.world.pod}.${id}.1-2@pods.test>`;
    expect(await go({ inReplyTo: [ours] })).to.deep.equal([`Launch ${id}`]);
    expect(await go({ to: boxes('launch@pods.test'), references: ['<m1@example.org>'] })).to.deep.equal([
      `Launch ${id}`,
    ]);
    expect(await go({ to: boxes('second@pods.test'), references: ['<m1@example.org>'] })).to.deep.equal(['Second']);
    expect(await go({ inReplyTo: [`<p_second.${id}.1@pods.test>`] }), 'a pod and a thread of another').to.deep.equal(
      [],
    );
  });

  it('is the author’s own pod when it is sent to an agent, and only when the author is proved', async () => {
    expect(await go({ to: boxes('scribe@pods.test') })).to.deep.equal([]);
    const [own] = await go({ to: boxes('scribe@pods.test') }, [], author);
    expect(own).to.equal('Ada Lindqvist and Skein, by mail scribe');
    expect(await go({ to: boxes('pilot@pods.test') }, [], author)).to.deep.equal([
      'Ada Lindqvist and Skein, by mail pilot',
    ]);
    const { pods } = await room.world.does(room.world.ben, 'list_pods');
    expect(pods.map(({ name }: { name: string }) => name)).to.deep.equal(['Launch']);
  });

  it('is the agent’s for who is not in a pod of its handle, and that pod’s for its members', async () => {
    const { world } = room;
    const facts = { handle: 'second', name: 'Runner-up', purpose: 'Helps.', instructions: 'Be brief.' };
    await world.does(world.zoe, 'create_agent', facts);
    const to = boxes('second@pods.test');
    expect(await go({ to }, [], author)).to.deep.equal(['Second']);
    const zoe = await world.doc(PEOPLE, world.zoe);
    expect(await go({ to }, [], zoe)).to.deep.equal(['Zoe Marsh and Skein, by mail second']);
    expect(await go({ to }), 'of somebody unproved').to.deep.equal(['Second']);
  });

  it('is told by no answer to who is not in the pod, whatever id of it they worked out', async () => {
    const { world } = room;
    const from = 'zoe@example.org';
    const more = { auth: 'fail' as const, from };
    await room.arrives({ headers: { From: from, 'Message-ID': '<z0@example.org>' } }, more);
    const [held] = await room.mail.read.find(QUARANTINED_MAILS, { where: { pod: world.pod } });
    await world.does(world.ada, 'start_conversation', { title: 'Hush', text: 'Hush' });
    const [thread] = await room.mail.read.find(CONVERSATIONS, { where: { pod: world.pod } });
    const said: string[] = [];
    for (const [n, to, id] of [
      [1, 'nosuch@pods.test', 'p_nothing.c_nothing.1-0'],
      [2, 'launch@pods.test', 'p_nothing.c_nothing.1-0'],
      [3, 'nosuch@pods.test', `${world.pod}.${held?.id}.root`],
      [4, 'nosuch@pods.test', `${world.pod}.${thread?.id}.1-0`],
      [5, 'launch@pods.test', `${world.pod}.${thread?.id}.1-0`],
    ] as const) {
      room.answers.length = 0;
      const headers = { From: from, To: to, 'Message-ID': `<z${n}@example.org>`, 'In-Reply-To': `<${id}@pods.test>` };
      await room.arrives({ headers, body: 'accept\r\n' }, { from, to: [to] });
      said.push(room.answers.map(({ text }) => text).join('|'));
    }
    expect(said[0]).to.include('No pod that you are in has the address');
    expect(new Set(said).size).to.equal(1);
  });

  it('is twenty pods at most', async () => {
    const { world } = room;
    for (let n = 0; n < 22; n++) {
      await world.does(world.ada, 'create_pod', { name: `Pod ${n}` }, { pod: `p_${n}` });
      await world.does('skein', 'claim_address', { of: `p_${n}`, name: `Pod ${n}` });
    }
    const to = boxes(...Array.from({ length: 22 }, (_, n) => `pod-${n}@pods.test`));
    expect(await go({ to })).to.have.length(20);
  });
});
