// Replies without References: the token in their recipient address identifies the thread.

import { expect } from 'chai';
import { CONVERSATIONS } from '../../../src/pods/conversations/conversation.ts';
import { MESSAGES } from '../../../src/pods/conversations/message.ts';
import { aMailWorld, type MailWorld, POD } from './mail-world.ts';

describe('a mail to an address that carries a thread', () => {
  let room: MailWorld;
  let thread: { pod: string; thread: string; slug: string };
  let n: number;
  beforeEach(async () => {
    room = await aMailWorld();
    n = 1;
    await room.arrives({});
    const [conversation] = await room.mail.read.find(CONVERSATIONS, { where: { pod: room.world.pod } });
    thread = { pod: room.world.pod, thread: conversation?.id ?? '', slug: 'launch' };
  });

  const comes = (to: string, headers: Record<string, string> = {}, from = 'ada@example.org', rcpt = to) => {
    n += 1;
    const all = { To: to, From: from, 'Message-ID': `<t${n}@example.org>`, Subject: 'Re: The list' };
    return room.arrives({ headers: { ...all, ...headers }, body: 'One more.\r\n' }, { to: [rcpt], from });
  };
  const titles = async () => {
    const { tasks } = await room.world.does(room.world.ada, 'list_tasks', { state: 'all' });
    return tasks.map(({ title }: { title: string }) => title);
  };
  const said = async () =>
    (await room.mail.read.find(MESSAGES, { where: { conversation: thread.thread }, sort: [['posted', 'asc']] })).length;

  it('goes on in that conversation, wherever it names the address, in whatever case', async () => {
    const address = await room.replies.address(thread);
    await comes(address);
    await comes(address.toUpperCase());
    await comes('colleague@x.test', { Cc: `Skein <${address}>` }, 'ada@example.org', address);
    expect(await said()).to.equal(4);
    expect(await titles()).to.deep.equal(['The list']);
  });

  it('asks the agent whose mail it answers', async () => {
    const woken = () => room.world.delivered.flatMap((one) => (one.kind === 'wake' ? [one.agent] : []));
    await comes(await room.replies.address({ ...thread, handle: 'scribe' }));
    expect(woken().at(-1)).to.equal('agent:scribe');
  });

  it('is one more proof of nothing: a stranger who has learnt it, or somebody from another pod, waits in quarantine', async () => {
    const address = await room.replies.address(thread);
    await comes(address, {}, 'x@evil.test');
    await comes(address, {}, 'zoe@example.org');
    expect(await said()).to.equal(1);
    expect((await room.world.does(room.world.ada, 'list_held_mails')).mails).to.have.length(2);
  });

  it('is one to the pod where the token is too old or was never given out: no word is lost', async () => {
    const address = await room.replies.address(thread);
    await comes(`launch+re-${'0'.repeat(25)}@pods.test`, { Subject: 'Made up' });
    room.world.clock.now += 91 * 86_400_000;
    const later = new Date(room.world.clock.now).toUTCString();
    await comes(address, { Subject: 'Next season', Date: later });
    expect(await titles()).to.deep.equal(['The list', 'Made up', 'Next season']);
  });

  it('goes where it says itself that it belongs, where that is another thread', async () => {
    await room.arrives({ headers: { Subject: 'Another', 'Message-ID': '<m2@example.org>' } });
    const other = (await room.mail.read.find(CONVERSATIONS, { where: { pod: room.world.pod } })).find(
      ({ id }) => id !== thread.thread,
    );
    const ours = `<${room.world.pod}.${other?.id}.root@pods.test>`;
    await comes(await room.replies.address(thread), { 'In-Reply-To': ours });
    expect(await said()).to.equal(1);
    expect(await room.mail.read.find(MESSAGES, { where: { conversation: other?.id ?? '' } })).to.have.length(2);
  });

  it('settles a held mail, as an answer to its notice does', async () => {
    await room.arrives({ headers: { From: 'x@evil.test', To: POD } }, { from: 'x@evil.test' });
    const [held] = (await room.world.does(room.world.ada, 'list_held_mails')).mails;
    const address = await room.replies.address({ pod: room.world.pod, thread: held.id });
    await room.arrives(
      { headers: { To: address, 'Message-ID': '<no@example.org>' }, body: 'reject\r\n' },
      { to: [address] },
    );
    expect(room.answers.at(-1)?.text).to.equal('It is removed.');
  });
});
