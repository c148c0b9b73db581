// The number of mails in quarantine, and the time that they stay there.

import { expect } from 'chai';
import { forgetMails } from '../../../../src/due/forget-mails.ts';
import { makePoll } from '../../../../src/due/poll.ts';
import { ignoredMails } from '../../../../src/inbox/ignored-mails.ts';
import { saveMail } from '../../../../src/inbox/save-mail.ts';
import { MESSAGES } from '../../../../src/pods/conversations/message.ts';
import { quarantineExpires, quarantineTold } from '../../../../src/pods/mail/due.ts';
import { QUARANTINED_MAILS } from '../../../../src/pods/mail/quarantined-mail.ts';
import { refusal } from '../../../pods/build.ts';
import { aMailWorld, type MailWorld, POD } from '../mail-world.ts';

const DAY_MS = 86_400_000;

describe('mails that nobody settles', () => {
  let room: MailWorld;
  let look: () => Promise<void>;
  beforeEach(async () => {
    room = await aMailWorld();
    const poll = makePoll({ things: [quarantineExpires, quarantineTold], ...room.mail });
    look = () => poll(new AbortController().signal);
  });
  const forget = () => {
    const { world, queue, mail } = room;
    const { store, clock } = world;
    return forgetMails.work({ store, inbox: queue, outbox: queue, logger: mail.logger }, clock.now);
  };
  const held = () => room.mail.read.find(QUARANTINED_MAILS, { where: { pod: room.world.pod } });
  const bytesOf = async (owner: string, hash: string) => (await room.mail.read.blob(owner, hash))?.byteLength ?? 0;
  const strange = (n: number, from: string, size = 100, to = [POD]) =>
    room.arrives(
      { headers: { From: from, To: to, 'Message-ID': `<s${n}@evil.test>` }, body: `${'x'.repeat(size)}\r\n` },
      { from, to },
    );

  it('keep the heads where one sender writes too many, or all of them do; an owner is told so', async () => {
    for (let n = 0; n < 12; n++) await strange(n, 'x@evil.test');
    const kept = (await held()).map((one) => one.kept);
    expect(kept.filter((one) => one === 'whole')).to.have.length(10);
    expect(kept.filter((one) => one === 'head')).to.have.length(2);
    await strange(20, 'y@evil.test');
    expect((await held()).filter((one) => one.kept === 'whole')).to.have.length(11);
    expect(
      room.world.delivered.filter(({ kind }) => kind === 'held'),
      'the first, and the first head',
    ).to.have.length(2);
    const { mails } = await room.world.does(room.world.ada, 'list_held_mails');
    expect(
      mails.filter(({ reason }: { reason: string }) => /of one sender 10 mails may wait/.test(reason)),
    ).to.have.length(2);
  });

  it('that came in silence are told of within minutes after the hour, once', async () => {
    const heard = () => room.world.delivered.filter(({ kind }) => kind === 'held').length;
    for (let n = 0; n < 3; n++) await strange(n, `x${n}@evil.test`);
    await look();
    expect(heard()).to.equal(1);
    room.world.clock.now += 3_600_000;
    for (let n = 0; n < 2; n++) await look();
    expect(heard()).to.equal(2);
    expect((await held()).every(({ told }) => told)).to.equal(true);
  });

  it('keep of sixty mails of 4 MB from as many strangers what fits, and of the others their heads', async () => {
    for (let n = 0; n < 60; n++) await strange(n, `x${n}@evil.test`, 4_000_000);
    let all = 0;
    for (const { pod, raw } of await held()) all += await bytesOf(pod, raw);
    expect(all).to.be.within(90_000_000, 101_000_000);
    const kept = (await held()).map((one) => one.kept);
    expect(kept).to.have.length(60).and.include('whole');
    expect(kept.filter((one) => one === 'head')).to.have.length.above(30);
  });

  it('of which only the head is kept become a task all the same, with who wrote it', async () => {
    const { world, queue } = room;
    for (let n = 0; n < 11; n++) await strange(n, 'x@evil.test');
    const last = (await held()).find((one) => one.kept === 'head');
    await world.does(world.ada, 'accept_mail', { mail: last?.id });
    const saved = { hash: last?.raw, owner: world.pod, envelope: { mailbox: 'held', arrival: 'a' } };
    const accepted = { pod: world.pod, held: last?.id, by: world.ada };
    await queue.save([{ id: 'a', lane: 'mail:0', kind: 'mail', payload: { ...saved, accepted } }]);
    await room.handle('a');
    const [message] = await room.mail.read.find(MESSAGES, { where: { pod: world.pod } });
    const brought = message?.brought ?? '';
    expect((await room.mail.read.texts([brought])).get(brought)).to.contain('From: <x@evil.test>');
  });

  it('are gone after thirty days, with their words and blobs, and the log says so', async () => {
    const { world } = room;
    await strange(1, 'x@evil.test');
    const [before] = await held();
    await look();
    expect((await held())[0]?.state).to.equal('held');
    world.clock.now += 30 * DAY_MS;
    await strange(2, 'x@evil.test');
    await look();
    await look();
    expect((await held()).map(({ state }) => state).sort()).to.deep.equal(['expired', 'held']);
    const [erasure] = world.delivered.filter(({ kind }) => kind === 'erase');
    expect(erasure).to.deep.include({ kind: 'erase', blobs: [before?.raw] });
    const bodies = erasure?.kind === 'erase' ? erasure.bodies : [];
    const words = [...(await world.store.bodies.get(bodies)).values()].map(({ text }) => text);
    expect(words.join()).to.contain('x@evil.test').and.to.contain('The list').and.to.contain('xxxx');
    const { history } = await world.does(world.ada, 'pod_history');
    expect(JSON.stringify(history)).to.contain('let go a mail that waited for 30 days');
  });

  it('are not let go before, nor by anybody but Skein', async () => {
    await strange(1, 'x@evil.test');
    const [{ id } = { id: '' }] = await held();
    expect((await refusal(room.world.does('skein', 'expire_mail', { mail: id }))).message).to.contain(
      'may wait longer',
    );
    expect((await refusal(room.world.does(room.world.ada, 'expire_mail', { mail: id }))).message).to.contain(
      'Only Skein',
    );
  });

  it('that were rejected leave nothing behind when they come again', async () => {
    const { world } = room;
    const hash = await room.arrives({ headers: { From: 'x@evil.test' } }, { from: 'x@evil.test' });
    const raw = await room.mail.read.blob(world.pod, hash);
    const [one] = await held();
    await world.does(world.ada, 'reject_mail', { mail: one?.id });
    await room.mail.blobs.remove(world.pod, hash);
    const envelope = { mailbox: 'again', arrival: '1', rcptTo: [POD] };
    await saveMail(room.mail, raw ?? Buffer.alloc(0), envelope);
    await room.handle('mail:again:1');
    expect(await held()).to.have.length(1);
    expect(await bytesOf(world.pod, hash)).to.equal(0);
  });

  it('to an address of no pod are let go of the inbox as well', async () => {
    const { world, queue } = room;
    const to = ['nosuch@pods.test'];
    await refusal(strange(1, 'x@evil.test', 100, to));
    const [item] = await queue.items.find({ where: {} });
    if (!item) throw new Error('There is no item.');
    await queue.items.replace({ ...item, state: 'aside' }, item.rev);
    const { owner, hash } = JSON.parse(item.payload);
    await forget();
    expect(await bytesOf(owner, hash)).to.be.greaterThan(0);
    world.clock.now += 30 * DAY_MS;
    await forget();
    expect(await bytesOf(owner, hash)).to.equal(0);
    expect(await queue.items.get(item.id)).to.deep.include({ state: 'done', payload: '' });
    expect(room.lines).to.include('mail deleted: it was set aside too long');
  });

  it('of machines are known for 30 days, and then no more', async () => {
    await room.arrives({ headers: { 'Auto-Submitted': 'auto-replied' } });
    const known = async () => (await ignoredMails(room.mail.ignored)).mails.length;
    room.world.clock.now += 29 * DAY_MS;
    await forget();
    expect(await known()).to.equal(1);
    room.world.clock.now += 2 * DAY_MS;
    await forget();
    expect(await known()).to.equal(0);
  });
});
