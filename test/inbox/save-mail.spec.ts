import { expect } from 'chai';
import fc from 'fast-check';
import { laneOf, saveMail, threadIn } from '../../src/inbox/save-mail.ts';
import { aMailWorld } from '../doors/mail/mail-world.ts';
import { aMail } from '../email/build.ts';

describe('a mail that is saved', () => {
  const envelope = { mailbox: 'mail', arrival: '7:1', rcptTo: ['launch@pods.test'] };

  it('stands in the inbox once per arrival, its content beside it', async () => {
    const { mail, queue, world } = await aMailWorld();
    const ports = { queue, blobs: mail.blobs };
    await saveMail(ports, aMail(), envelope);
    await saveMail(ports, aMail(), envelope);
    await saveMail(ports, aMail(), { ...envelope, arrival: '7:2' }, 'too large');
    const items = await queue.items.find({ where: {}, sort: [['id', 'asc']] });
    expect(items.map(({ id, kind }) => [id, kind])).to.deep.equal([
      ['mail:mail:7:1', 'mail'],
      ['mail:mail:7:2', 'mail'],
    ]);
    const saved = JSON.parse(items[1]?.payload ?? '');
    expect(saved).to.include({ aside: 'too large', owner: 'mail:mail:7:2' });
    expect(await mail.blobs.open(saved.owner, saved.hash)).not.to.equal(undefined);
    expect(world.delivered).to.deep.equal([]);
  });

  it('is not saved again once it is done, though its content is gone', async () => {
    const { mail, queue, handle } = await aMailWorld();
    await saveMail({ queue, blobs: mail.blobs }, aMail(), envelope);
    await handle('mail:mail:7:1');
    await saveMail({ queue, blobs: mail.blobs }, aMail(), envelope);
    const { hash, owner } = JSON.parse((await queue.items.get('mail:mail:7:1'))?.payload ?? '');
    expect(await mail.blobs.open(owner, hash)).to.equal(undefined);
  });
});

describe('the thread in a mail', () => {
  for (const [what, headers, id] of [
    ['its own id', {}, '<m1@example.org>'],
    ['what it answers', { 'In-Reply-To': '<q@b>' }, '<q@b>'],
    ['the first of its references', { References: '\r\n <a@b>\r\n <c@d>', 'In-Reply-To': '<c@d>' }, '<a@b>'],
    ['nothing, in a mail without ids', { 'Message-ID': [] }, undefined],
    ['not what stands in its body', { 'Message-ID': [], 'X-A': 'b' }, undefined],
  ] as const)
    it(`is ${what}`, () => {
      expect(
        threadIn(aMail({ headers: { ...headers } as Record<string, string>, body: 'References: <x@y>\r\n' })),
      ).to.equal(id);
    });

  it('leads to one of sixteen lanes, always the same', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(laneOf(text))
          .to.equal(laneOf(text))
          .and.to.match(/^mail:(\d|1[0-5])$/);
      }),
    );
  });
});
