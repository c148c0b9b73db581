// A mail that an owner accepted says that its sender is not proved, but only if that is so.

import { expect } from 'chai';
import { sha256 } from '../../../src/log/ids.ts';
import { QUARANTINED_MAILS } from '../../../src/pods/mail/quarantined-mail.ts';
import { aSignedWorld, hers, type SignedWorld } from './signed-world.ts';

const OTHER_SERVER = { remoteIp: '198.51.100.9', mailFrom: 'x@esp.test' };
const OWN_SERVER = { remoteIp: '192.0.2.1', mailFrom: 'ada@example.org' };
const put = (raw: Buffer, line: string) => Buffer.concat([Buffer.from(`${line}\r\n`), raw]);
const LISTED = hers({ headers: { 'List-Id': '<all.example.org>' } });

describe('a held mail that an owner lets in', () => {
  let room: SignedWorld;
  beforeEach(async () => {
    room = await aSignedWorld();
  });

  /** Does as the outbox when an owner accepts a mail. Returns the resulting message. */
  async function letsIn(): Promise<string> {
    const { world, queue } = room;
    const [{ id }] = (await world.does(world.ada, 'list_held_mails')).mails;
    await world.does(world.ada, 'accept_mail', { mail: id });
    const hash = (await world.doc(QUARANTINED_MAILS, id))?.raw;
    const envelope = { mailbox: 'held', arrival: id };
    const payload = { hash, owner: world.pod, envelope, accepted: { pod: world.pod, held: id, by: world.ada } };
    await queue.save([{ id, lane: 'mail:0', kind: 'mail', payload }]);
    await room.handle(id);
    const { tasks, messages } = await room.stands();
    expect(tasks).to.have.length(1);
    return messages[0] ?? '';
  }

  const PROVED: [string, Buffer, object?][] = [
    ['came through a list, from its sender’s own server', LISTED, OWN_SERVER],
    ['came through a list that left its signature whole', put(hers(), 'List-Id: <all.example.org>')],
    ['says that a machine sends it', put(hers(), 'Precedence: bulk'), OWN_SERVER],
    ['is signed whole, and old', hers({ headers: { Date: 'Tue, 16 Jun 2026 09:00:00 +0000' } })],
    ['is signed whole, and a blind copy', hers({ headers: { To: 'ben@example.org' } })],
    ['is of a stranger who is genuine', hers({ headers: { From: 'eve@evil.test' } }, { d: 'evil.test' }), OTHER_SERVER],
    [
      'was brought by its sender’s own server, with a date that is not signed',
      hers({}, { h: 'From:To:Subject:Message-ID' }),
      OWN_SERVER,
    ],
  ];
  for (const [what, raw, way] of PROVED)
    it(`has a proved sender where it ${what}`, async () => {
      await room.brings(raw, way);
      expect(await letsIn())
        .to.contain('_By mail, let in from quarantine: task #1 for Pilot._')
        .and.not.to.contain('proof');
    });

  const UNPROVED: [string, Buffer, object?][] = [
    ['was forged', Buffer.from(hers().toString('latin1').replace('ten chairs', 'ten tables'), 'latin1')],
    ['has a Subject on top', put(hers(), 'Subject: EVIL')],
    ['has a To on top', put(hers(), 'To: ben@example.org')],
    ['has a Cc that is not signed', put(hers({ headers: { To: 'ben@example.org' } }), 'Cc: launch@pods.test')],
    ['has a Date that is not signed', hers({}, { h: 'From:To:Subject:Message-ID' })],
    ['has a Subject that is not signed', hers({}, { h: 'From:To:Date:Message-ID' })],
    ['is signed to its tenth letter', hers({}, { tags: { l: 10 } })],
    [
      'is of a genuine stranger, with a Subject on top',
      put(hers({ headers: { From: 'eve@evil.test' } }, { d: 'evil.test' }), 'Subject: EVIL'),
      OTHER_SERVER,
    ],
  ];
  for (const [what, raw, way] of UNPROVED)
    it(`has no proved sender where it ${what}`, async () => {
      await room.brings(raw, way);
      expect(await letsIn()).to.contain('_By mail, let in without proof of its sender: task #1 for Pilot._');
    });

  it('has no proved sender where it waited since before that was kept', async () => {
    const { world, mail } = room;
    const raw = hers();
    const hash = sha256(raw);
    await mail.blobs.put(world.pod, hash, raw);
    const about = { from: 'Ada', subject: 'Chairs', excerpt: 'Please order', reason: 'It is old.' };
    await world.does('skein', 'hold_mail', { ...about, raw: hash });
    expect(await letsIn()).to.contain('let in without proof of its sender');
  });
});
