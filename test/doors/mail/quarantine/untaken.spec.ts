// A fault of Skein's own keeps it from taking in a mail: the owners of the pod have it, and are told once.
import { expect } from 'chai';
import { reportUntaken } from '../../../../src/doors/mail/quarantine/untaken.ts';
import { Conflict, Killed } from '../../../../src/errors.ts';
import type { Item } from '../../../../src/lanes/item.ts';
import { sha256 } from '../../../../src/log/ids.ts';
import { aMailWorld, type MailWorld, POD } from '../mail-world.ts';

describe('a mail that Skein can’t take in', () => {
  let room: MailWorld;
  let item: Item;
  beforeEach(async () => {
    room = await aMailWorld();
    const raw = Buffer.from(`From: Cora <cora@customer.example>\r\nTo: ${POD}\r\nSubject: Sundays\r\n\r\nOpen?\r\n`);
    const hash = sha256(raw);
    await room.mail.blobs.put('mail:1', hash, raw);
    const envelope = { mailbox: 'imap', arrival: '1', mailFrom: 'cora@customer.example' };
    item = { id: 'mail:1', kind: 'mail', payload: JSON.stringify({ hash, owner: 'mail:1', envelope }) } as Item;
  });
  const held = async () =>
    (await room.world.does(room.world.ada, 'list_held_mails')).mails as { from: string; reason: string }[];

  it('waits for the owners of its pod, and is reported once', async () => {
    for (let n = 0; n < 2; n++) await reportUntaken(room.mail, item, new Killed(5));
    const [one, ...others] = await held();
    expect(one).to.include({ from: 'cora@customer.example' });
    expect(one?.reason).to.equal('A fault of Skein’s own kept it from reading this mail, several times.');
    expect(others).to.deep.equal([]);
  });

  it('is no affair of theirs where it was refused, or an owner has let it in', async () => {
    await reportUntaken(room.mail, item, new Conflict('No pod has this address.'));
    const accepted = { pod: room.world.pod, held: 'w_1', by: room.world.ada };
    const payload = JSON.stringify({ ...JSON.parse(item.payload), accepted });
    await reportUntaken(room.mail, { ...item, payload }, new Killed(5));
    expect(await held()).to.deep.equal([]);
  });
});
