// If our own mail server reports the valid signatures (MAIL_AUTHSERV_ID), the mail itself shows what they cover. Other headers may be forged.

import { expect } from 'chai';
import { CONVERSATIONS } from '../../../src/pods/conversations/conversation.ts';
import { aSignedWorld, hers, type SignedWorld } from './signed-world.ts';

const H = 'From:To:Subject:Date:Message-ID';
const ALL = `${H}:In-Reply-To:Content-Type:MIME-Version`;

/** The first characters of the signature's value, as servers report it. */
const begin = (raw: Buffer) => /\tb=(\S{8})/.exec(raw.toString('latin1'))?.[1] ?? '';
const put = (raw: Buffer, ...lines: string[]) =>
  Buffer.concat([Buffer.from(lines.map((line) => `${line}\r\n`).join('')), raw]);
const told = (raw: Buffer, results: string) => put(raw, `Authentication-Results: mx.test; ${results}`);
const dkim = (raw: Buffer) =>
  `spf=none smtp.mailfrom=evil.test; dkim=pass header.d=example.org header.s=s1 header.b=${begin(raw)}; dmarc=pass header.from=example.org`;

describe('a mail whose signature our mail server has checked', () => {
  let room: SignedWorld;
  let root: string;
  beforeEach(async () => {
    room = await aSignedWorld();
    root = await room.hasTask();
    room.mail.authentication = { kind: 'authserv-id', id: 'mx.test' };
  });
  const brought = async (raw: Buffer) => {
    const before = await room.stands();
    await room.brings(raw);
    const { tasks, messages, held } = await room.stands();
    return {
      tasks: tasks.slice(before.tasks.length),
      first: tasks[0],
      held,
      said: messages.slice(before.messages.length),
    };
  };
  const HERS = { tasks: ['Chairs open Pilot'], first: 'The list open Pilot', held: [] };

  it('counts unchanged, and by what is signed', async () => {
    const raw = hers();
    expect(await brought(told(put(raw, `In-Reply-To: ${root}`, 'Reply-To: eve@evil.test'), dkim(raw)))).to.deep.include(
      HERS,
    );
  });

  it('waits with a Subject on top', async () => {
    const raw = hers();
    const { tasks, held } = await brought(told(put(raw, 'Subject: EVIL'), dkim(raw)));
    expect(tasks).to.deep.equal([]);
    expect(held[0]).to.match(/more than one Subject/);
  });

  it('counts whole where SPF is told to pass for its domain, and not for another', async () => {
    const raw = put(hers({ body: 'done\r\n' }), `In-Reply-To: ${root}`);
    const spf = (domain: string) => `spf=pass smtp.mailfrom=${domain}; ${dkim(raw).replace(/^[^;]*; /, '')}`;
    expect(await brought(told(raw, spf('evil.test')))).to.deep.include(HERS);
    const own = put(
      hers({ headers: { 'Message-ID': '<other@example.org>' }, body: 'done\r\n' }),
      `In-Reply-To: ${root}`,
    );
    expect(await brought(told(own, spf('bounce@mail.example.org')))).to.deep.include({
      tasks: [],
      first: 'The list done Pilot',
    });
  });

  it('takes a line beside the signature for nothing, though it has the same domain, selector and beginning', async () => {
    const raw = hers({ body: 'done\r\n' });
    const other = `DKIM-Signature: v=1; a=rsa-sha256; d=example.org; s=s1; h=${ALL}; bh=x; b=${begin(raw)}x`;
    expect(await brought(told(put(raw, other, `In-Reply-To: ${root}`), dkim(raw)))).to.deep.include(HERS);
    const html = hers({ headers: { 'Message-ID': '<h@example.org>' }, body: 'No.\r\n\r\n> <!--\r\n> EVIL\r\n' });
    const { tasks, held } = await brought(told(put(html, other, 'Content-Type: text/html'), dkim(html)));
    expect([tasks, held.length]).to.deep.equal([[], 1]);
  });

  it('takes a signature that is not the valid one for nothing', async () => {
    const raw = hers({ body: 'done\r\n' });
    const other = `DKIM-Signature: v=1; a=rsa-sha256; d=example.org; s=s1; h=${ALL}; bh=x; b=AAAAAAAAAAAA`;
    const more = `dkim=fail header.d=example.org header.s=s1 header.b=AAAAAAAA; ${dkim(raw)}`;
    expect(await brought(told(put(raw, other, `In-Reply-To: ${root}`), more))).to.deep.include(HERS);
  });

  it('waits where the valid signature can’t be found in it', async () => {
    const raw = hers();
    const plain = Buffer.from(raw.toString('latin1').replace(/^DKIM-Signature[\s\S]*?\r\n(?=From)/, ''), 'latin1');
    for (const one of [plain, hers({}, { d: 'esp.test' })]) {
      const { tasks, held } = await brought(told(one, dkim(raw)));
      expect([tasks, /is not signed/.test(held[0] ?? '')]).to.deep.equal([[], true]);
    }
  });

  it('waits where only the beginning of its text is signed', async () => {
    const raw = Buffer.concat([hers({}, { tags: { l: 26 } }), Buffer.from('EVIL\r\n')]);
    expect((await brought(told(raw, dkim(raw)))).held[0]).to.match(/only the beginning of its text/);
  });

  it('is taken for signed where only DMARC is told and a signature stands in it, and for her server’s where none does', async () => {
    const dmarc = 'dmarc=pass header.from=example.org';
    const raw = hers({ body: 'done\r\n' });
    expect(await brought(told(put(raw, `In-Reply-To: ${root}`), dmarc))).to.deep.include(HERS);
    const plain = hers(
      { headers: { 'In-Reply-To': root, 'Message-ID': '<p@example.org>' }, body: 'done\r\n' },
      { d: 'esp.test' },
    );
    expect(await brought(told(plain, dmarc))).to.deep.include({ tasks: [], first: 'The list done Pilot' });
  });
});

describe('a signed mail that is sent on to an address with a thread', () => {
  it('does not go on there, unless its own signed lines name it', async () => {
    const room = await aSignedWorld();
    await room.hasTask();
    const [conversation] = await room.mail.read.find(CONVERSATIONS, { where: { pod: room.world.pod } });
    const address = await room.replies.address({ pod: room.world.pod, thread: conversation?.id ?? '', slug: 'launch' });
    const raw = hers({ body: 'done\r\n' });
    await room.brings(raw, { to: [address] });
    expect((await room.stands()).tasks).to.deep.equal(['The list open Pilot', 'Chairs open Pilot']);
    await room.brings(put(hers({ headers: { 'Message-ID': '<c2@example.org>' }, body: 'done\r\n' }), `Cc: ${address}`));
    expect((await room.stands()).tasks[0]).to.equal('The list open Pilot');
    await room.brings(hers({ headers: { To: address, 'Message-ID': '<c3@example.org>' }, body: 'done\r\n' }));
    expect((await room.stands()).tasks[0]).to.equal('The list done Pilot');
  });
});
