// A genuine mail that may have been replayed is quarantined and changes nothing.

import { expect } from 'chai';
import { coverage } from '../../../../src/email/authenticate/signed-headers.ts';
import { MESSAGES } from '../../../../src/pods/conversations/message.ts';
import { QUARANTINED_MAILS } from '../../../../src/pods/mail/quarantined-mail.ts';
import type { ToBuild } from '../../../email/build.ts';
import { ADA, aMailWorld, type MailWorld, POD } from '../mail-world.ts';

describe('a genuine mail that may have been sent on', () => {
  let room: MailWorld;
  beforeEach(async () => {
    room = await aMailWorld();
  });
  const tasks = async (pod = room.world.pod) =>
    (await room.world.does(room.world.ada, 'list_tasks', { state: 'all' }, { pod })).tasks.length;
  const held = async () => (await room.world.does(room.world.ada, 'list_held_mails')).mails;

  const signedBy = (h: string, d = 'example.org') => `v=1; a=rsa-sha256; d=${d}; s=s1;\r\n h=${h}; bh=x; b=y`;
  const MALLORY = 'mallory@evil.example';
  /** Signed as most servers do, so that anybody who has the mail can replay it. */
  const SIGNED = { 'DKIM-Signature': signedBy('from:to:cc:date:subject') };
  const UNSIGNED = { 'DKIM-Signature': [] };

  const cases: [string, ToBuild['headers'], RegExp | undefined][] = [
    ['is to the pod, and new', {}, undefined],
    ['is to another, and brought to the pod', { To: MALLORY }, /name no address of this pod/],
    ['is to nobody: a blind copy', { To: [] }, /name no address of this pod/],
    [
      'is five months old',
      { Date: 'Tue, 16 Jun 2026 09:00:00 +0000' },
      /written on 2026-06-16 and came more than three/,
    ],
    ['was three days on its way', { Date: 'Fri, 13 Nov 2026 09:30:00 +0000' }, undefined],
    ['comes from next week', { Date: 'Mon, 23 Nov 2026 09:00:00 +0000' }, /Its date, 2026-11-23, is days after/],
    ['has no date', { Date: [] }, undefined],
    ['lost its date on the way', { Date: [], 'DKIM-Signature': signedBy('from:to:cc') }, /Its date is not signed/],
    [
      'has two dates',
      { Date: ['Mon, 16 Nov 2026 09:00:00 +0000', 'Tue, 16 Jun 2026 09:00:00 +0000'] },
      /one Date line/,
    ],
    ['has a second To put on top', { To: [POD, MALLORY] }, /more than one To line/],
    ['is signed whole', { 'DKIM-Signature': signedBy('From : To : Cc : Date : Subject') }, undefined],
    [
      'has a Cc that its signature leaves out',
      { To: MALLORY, Cc: POD, 'DKIM-Signature': signedBy('from:to:date:subject') },
      /Its Cc line, which names this pod, is not signed/,
    ],
    ['is of a server that signs neither To nor Cc', { 'DKIM-Signature': signedBy('from:date:subject') }, undefined],
    ['has a date that is not signed', { 'DKIM-Signature': signedBy('from:to:cc') }, /Its date is not signed/],
    [
      'has a wider signature added, which proves nothing',
      { To: MALLORY, Cc: POD, 'DKIM-Signature': [signedBy('from:to:cc:date'), signedBy('from:to:date')] },
      /is not signed/,
    ],
    [
      'is signed by another domain as well',
      { 'DKIM-Signature': [signedBy('from', 'esp.example'), SIGNED['DKIM-Signature']] },
      undefined,
    ],
    [
      'is old, and was brought by its author’s own server',
      { ...UNSIGNED, Date: 'Tue, 16 Jun 2026 09:00:00 +0000' },
      undefined,
    ],
    ['is a blind copy from its author’s own server', { ...UNSIGNED, To: [] }, undefined],
  ];
  for (const [what, headers, reason] of cases)
    it(`${reason ? 'waits' : 'is taken'} when it ${what}`, async () => {
      await room.arrives({ headers: { ...SIGNED, ...headers } });
      expect(await tasks()).to.equal(reason ? 0 : 1);
      const mails = await held();
      if (reason) expect(mails[0].reason).to.match(reason);
      else expect(mails).to.deep.equal([]);
      expect(room.answers).to.deep.equal([]);
    });

  it('waits in the pod that it does not name, and is a task in the one that it names', async () => {
    const { world } = room;
    await world.does(world.ada, 'create_pod', { name: 'Second' }, { pod: 'p_second' });
    await world.does('skein', 'claim_address', { of: 'p_second', name: 'Second' });
    await room.arrives({ headers: SIGNED }, { to: [POD, 'second@pods.test'] });
    expect(await tasks()).to.equal(1);
    expect(await tasks('p_second')).to.equal(0);
    expect((await world.does(world.ada, 'list_held_mails', {}, { pod: 'p_second' })).mails).to.have.length(1);
  });

  it('is taken when it answers a conversation late, and waits when that one was to another', async () => {
    await room.arrives({});
    room.world.clock.now += 30 * 24 * 3_600_000;
    const reply = { 'In-Reply-To': '<m1@example.org>', 'Message-ID': '<m2@example.org>' };
    await room.arrives({ headers: reply, body: 'Late.\r\n' });
    expect(await held()).to.deep.equal([]);
    const messages = await room.mail.read.find(MESSAGES, { where: { pod: room.world.pod } });
    expect(messages).to.have.length(2);
    await room.arrives({ headers: { ...SIGNED, ...reply, 'Message-ID': '<m3@example.org>', To: MALLORY } });
    expect(await held()).to.have.length(1);
  });

  it('is as old as it was when its server took it in, however late somebody looks', async () => {
    room.world.clock.now += 10 * 24 * 3_600_000;
    await room.arrives({}, { receivedAt: '2026-11-16T09:01:00.000Z' });
    expect(await tasks()).to.equal(1);
    const headers = { ...SIGNED, 'Message-ID': '<m2@example.org>' };
    await room.arrives({ headers }, { receivedAt: 'in the morning' });
    expect(await held()).to.have.length(1);
  });

  it('settles no held mail when it is to another', async () => {
    const { world } = room;
    await room.arrives({}, { auth: 'fail' });
    const [{ id }] = await held();
    const headers = { 'In-Reply-To': `<${world.pod}.${id}.root@pods.test>`, 'Message-ID': '<m2@example.org>' };
    await room.arrives({ headers: { ...headers, To: MALLORY }, body: 'accept\r\n' });
    expect((await world.doc(QUARANTINED_MAILS, id))?.state).to.equal('held');
    await room.arrives({ headers: { ...headers, To: 'skein@pods.test' }, body: 'accept\r\n' }, { from: ADA });
    expect((await world.doc(QUARANTINED_MAILS, id))?.state).to.equal('accepted');
  });

  it('is read from whatever stands where a signature should be', () => {
    const raw = (value: string) => Buffer.from(`DKIM-Signature: ${value}\r\n\r\nx`);
    expect(coverage(raw('nonsense'), 'example.org')).to.equal(undefined);
    expect(coverage(raw('d=example.org'), 'example.org')?.('to')).to.equal(false);
    expect(coverage(raw('D=x; d = mail.Example.org ; h = TO:\r\n\tDate'), 'example.org')?.('date')).to.equal(true);
  });
});
