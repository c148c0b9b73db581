// Unchanged mails are accepted, signed as the big providers and small servers sign them.
import { expect } from 'chai';
import type { ToSign } from '../../email/authenticate/dkim.ts';
import { POD } from './mail-world.ts';
import { aSignedWorld, hers } from './signed-world.ts';

type Sent = Parameters<typeof hers>;

const parts = (boundary: string, encoding = '7bit') =>
  [
    ...[`--${boundary}`, 'Content-Type: text/plain; charset="UTF-8"', `Content-Transfer-Encoding: ${encoding}`, ''],
    ...['Please order ten chairs.', ''],
    ...[`--${boundary}`, 'Content-Type: text/html; charset="UTF-8"', `Content-Transfer-Encoding: ${encoding}`, ''],
    ...['<div dir="ltr">Please order ten chairs.</div>', '', `--${boundary}--`, ''],
  ].join('\r\n');
const alternative = (boundary: string) => ({
  'MIME-Version': '1.0',
  'Content-Type': `multipart/alternative; boundary="${boundary}"`,
});
const plain = (encoding?: string, charset = 'utf-8') => ({
  'MIME-Version': '1.0',
  'Content-Type': `text/plain; charset=${charset}`,
  ...(encoding ? { 'Content-Transfer-Encoding': encoding } : {}),
});
const LONG =
  'Please order ten chairs, and mind that the room is small: those with arms=\r\n do not fit under the table.\r\n';

/** The tags `h` and `c` in the mails of each provider. */
const GMAIL = 'to:subject:message-id:date:from:mime-version:from:to:cc:subject:date:message-id:reply-to';
const GMAIL_TEXT = `content-transfer-encoding:${GMAIL}`;
const MICROSOFT = 'From:Date:Subject:Message-ID:Content-Type:MIME-Version:X-MS-Exchange-SenderADCheck';
const FASTMAIL =
  'cc:cc:content-transfer-encoding:content-type:content-type:date:date:from:from:in-reply-to:in-reply-to:message-id:mime-version:references:reply-to:subject:subject:to:to';
const ICLOUD = 'From:Content-Type:Mime-Version:Subject:Message-Id:Date:To:x-icloud-hme';
const YAHOO = 'Date:From:To:Subject:References:From:Subject:Reply-To';
const PROTON =
  'Date:To:From:Subject:Message-ID:Feedback-ID:From:To:Cc:Date:Subject:Reply-To:Feedback-ID:Message-ID:BIMI-Selector';
const GMX = 'X-UI-Sender-Class:From:To:Subject:Date';
const ZOHO =
  'Content-Type:Content-Transfer-Encoding:Cc:Cc:Date:Date:From:From:MIME-Version:Message-ID:Subject:Subject:To:To:Message-Id:Reply-To';
const SES = 'From:To:Subject:MIME-Version:Content-Type:Content-Transfer-Encoding:Message-ID:Date';
const OPENDKIM = 'Date:From:To:Subject:From';
const RSPAMD =
  'from:from:reply-to:subject:subject:date:date:message-id:message-id:to:to:cc:mime-version:mime-version:content-type:content-type:content-transfer-encoding:content-transfer-encoding:in-reply-to:references';
const EXIM =
  'Content-Transfer-Encoding:Content-Type:MIME-Version:Message-ID:Subject:To:From:Date:Sender:Reply-To:Cc:Content-ID:Content-Description:Resent-Date:Resent-From:Resent-Sender:Resent-To:Resent-Cc:Resent-Message-ID:In-Reply-To:References:List-Id:List-Help:List-Unsubscribe:List-Subscribe:List-Post:List-Owner:List-Archive';

const esp = (h: string, c: ToSign['c'] = 'relaxed/relaxed'): ToSign => ({ h, c, d: 'esp.test' });

const MAILS: Record<string, Sent> = {
  'Gmail, written in a browser': [
    { headers: alternative('000000000000a1b2c3'), body: parts('000000000000a1b2c3') },
    { h: GMAIL },
  ],
  'Gmail, plain text': [{ headers: plain('quoted-printable', '"UTF-8"'), body: LONG }, { h: GMAIL_TEXT }],
  'Gmail, plain text in ASCII': [{ headers: plain() }, { h: GMAIL }],
  'Microsoft 365': [
    {
      headers: {
        ...alternative('_000_AM0PR01_'),
        'X-MS-Exchange-SenderADCheck': '1',
        'Thread-Topic': 'Chairs',
        'Accept-Language': 'en-US',
      },
      body: parts('_000_AM0PR01_', 'quoted-printable'),
    },
    { h: MICROSOFT },
  ],
  'Microsoft 365, plain text': [{ headers: plain('quoted-printable', '"iso-8859-1"'), body: LONG }, { h: MICROSOFT }],
  Fastmail: [
    { headers: { ...plain(), 'X-ME-Sender': '<xms:a>', 'Feedback-ID': 'i1:Fastmail' } },
    { h: FASTMAIL, also: [esp(`${FASTMAIL}:feedback-id:x-me-sender`)] },
  ],
  'Apple iCloud, from a telephone': [
    {
      headers: { ...plain('quoted-printable'), 'MIME-Version': '1.0 (1.0)', 'X-Mailer': 'iPhone Mail (22A1)' },
      body: LONG,
    },
    { h: ICLOUD },
  ],
  'Apple iCloud, from a telephone, beyond ASCII': [
    {
      headers: plain('base64'),
      body: `${Buffer.from('Please order ten chairs. Größe 40 🙂\r\n').toString('base64')}\r\n`,
    },
    { h: ICLOUD },
  ],
  'Apple iCloud, from a Mac': [
    {
      headers: { ...alternative('Apple-Mail=_4C1'), 'MIME-Version': '1.0 (Mac OS X Mail 16.0 \\(3864.600.51.1.1\\))' },
      body: `\r\n${parts('Apple-Mail=_4C1')}`,
    },
    { h: ICLOUD },
  ],
  Yahoo: [{ headers: alternative('----=_Part_1_2.3'), body: parts('----=_Part_1_2.3') }, { h: YAHOO }],
  Proton: [
    {
      headers: { ...alternative('b1=_x'), 'Feedback-ID': '1:user:proton', 'X-Pm-Message-ID': 'a1' },
      body: parts('b1=_x', 'quoted-printable'),
    },
    { h: PROTON },
  ],
  'Proton, HTML alone': [
    {
      headers: {
        'MIME-Version': '1.0',
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Transfer-Encoding': 'base64',
      },
      body: Buffer.from(
        Buffer.from('<div style="font-family: Arial">Please order ten chairs.</div>')
          .toString('base64')
          .replace(/.{76}/g, '$&\r\n'),
      ),
    },
    { h: PROTON },
  ],
  GMX: [
    {
      headers: {
        'X-UI-Sender-Class': '724b4f7f',
        'MIME-Version': '1.0',
        'Content-Type': 'text/html; charset=UTF-8',
        'X-Provags-ID': 'V03:K1',
      },
      body: '<html><head></head><body><div>Please order ten chairs.</div></body></html>\r\n',
    },
    { h: GMX, c: 'relaxed/simple' },
  ],
  Zoho: [{ headers: plain('7bit') }, { h: ZOHO }],
  'Amazon SES': [
    { headers: { ...plain('7bit'), 'Feedback-ID': 'x:AmazonSES' } },
    { h: SES, c: 'relaxed/simple', also: [esp(`${SES}:Feedback-ID`, 'relaxed/simple')] },
  ],
  'Postfix and OpenDKIM, written in Thunderbird': [
    {
      headers: { ...alternative('------------a1'), 'User-Agent': 'Mozilla Thunderbird', 'Content-Language': 'en-US' },
      body: `This is a multi-part message in MIME format.\r\n${parts('------------a1')}`,
    },
    { h: OPENDKIM, c: 'relaxed/simple' },
  ],
  'Postfix and OpenDKIM, simple': [
    { headers: { ...plain('8bit'), 'User-Agent': 'Mutt/2.2' }, body: 'Please order ten chairs. Größe 40.\r\n' },
    { h: OPENDKIM, c: 'simple/simple' },
  ],
  rspamd: [{ headers: alternative('b'), body: parts('b') }, { h: RSPAMD }],
  'Exim on a small server': [
    { headers: plain('8bit', 'iso-8859-1'), body: Buffer.from('Please order ten chairs. Größe.\r\n', 'latin1') },
    { h: EXIM },
  ],
  'a server with two keys': [{ headers: plain() }, { h: RSPAMD, key: 'ed25519', also: [{ h: RSPAMD }] }],
  'a server with an Ed25519 key': [{ headers: {} }, { h: OPENDKIM, key: 'ed25519' }],
};

describe('a signed mail that nobody changed', () => {
  for (const [what, [built, sign]] of Object.entries(MAILS))
    it(`is a task of its sender's words, as signed by ${what}`, async () => {
      const room = await aSignedWorld();
      const raw = hers(built, sign);
      // Headers that servers add on top in transit.
      const way = `Return-Path: <ada@example.org>\r\nDelivered-To: ${POD}\r\nReceived: from a by b; Mon, 16 Nov 2026 09:01:00 +0000\r\nX-Spam-Score: 0\r\n`;
      await room.brings(Buffer.concat([Buffer.from(way), raw]));
      const { tasks, messages, held } = await room.stands();
      expect(held).to.deep.equal([]);
      expect(tasks).to.deep.equal(['Chairs open Pilot']);
      expect(messages).to.have.length(1);
      expect(messages[0]).to.match(/^person:\w+: \*\*Chairs\*\*\n\nPlease order ten chairs[^=<>]*$/);
    });

  for (const [what, h] of Object.entries({
    Gmail: `${GMAIL}:in-reply-to:references`,
    Fastmail: FASTMAIL,
    rspamd: RSPAMD,
    Exim: EXIM,
  }))
    it(`goes on where it answers, as signed by ${what}`, async () => {
      const room = await aSignedWorld();
      const id = await room.hasTask();
      const headers = { Subject: 'Re: The list', 'In-Reply-To': id, References: id };
      await room.brings(hers({ headers, body: 'assign to Ben\r\n\r\nPlease take it.\r\n' }, { h }));
      const { tasks, messages, held } = await room.stands();
      expect(held).to.deep.equal([]);
      expect(tasks).to.deep.equal(['The list open Ben Okafor']);
      expect(messages.at(-1)).to.match(/Please take it\.$/);
    });

  it('counts whole where its author’s own server brings it, whatever is signed, unless it is old', async () => {
    const room = await aSignedWorld();
    const id = await room.hasTask();
    const own = { remoteIp: '192.0.2.1', mailFrom: 'ada@example.org' };
    await room.brings(hers({ headers: { 'In-Reply-To': id }, body: 'done\r\n' }, { h: 'From:To:Date' }), own);
    expect((await room.stands()).tasks).to.deep.equal(['The list done Pilot']);
    await room.brings(
      hers({
        headers: { 'In-Reply-To': id, Date: 'Fri, 06 Nov 2026 09:00:00 +0000', 'Message-ID': '<m3@example.org>' },
        body: 'reopen\r\n',
      }),
      own,
    );
    const { tasks, held } = await room.stands();
    expect(tasks).to.deep.equal(['The list done Pilot']);
    expect(held[0]).to.match(/three days later/);
  });
});
