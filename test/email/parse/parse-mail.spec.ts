import { expect } from 'chai';
import fc from 'fast-check';
import { htmlLines } from '../../../src/email/html/html-lines.ts';
import { parseMail } from '../../../src/email/parse/parse-mail.ts';
import { Unfit } from '../../../src/email/parse/unfit.ts';
import { splitMail } from '../../../src/email/quotes/split-mail.ts';
import { aMail, aMultipart, multipartBody } from '../build.ts';

const text = (body: string) => `Content-Type: text/plain; charset=utf-8\r\n\r\n${body}`;
const html = (body: string) => `Content-Type: text/html; charset=utf-8\r\n\r\n${body}`;

async function problemOf(raw: Buffer): Promise<unknown> {
  return parseMail(raw).then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('a mail', () => {
  it('is read into plain data', async () => {
    const mail = await parseMail(
      aMail({
        headers: {
          Cc: 'Bob <BOB@example.org>, team: c@example.org, d@example.org;',
          'In-Reply-To': '<p1@x.test> (comment)',
          References: '<root@x.test>\r\n <p1@x.test> <root@x.test>',
          'Delivered-To': 'Launch+Scribe@pods.test',
          'X-Original-To': 'launch@pods.test',
        },
      }),
    );
    expect(mail).to.deep.include({
      kind: 'mail',
      messageId: '<m1@example.org>',
      inReplyTo: ['<p1@x.test>'],
      references: ['<root@x.test>', '<p1@x.test>'],
      from: { kind: 'mailbox', address: 'ada@example.org', name: 'Ada Lovelace' },
      to: [{ address: 'launch@pods.test', name: '' }],
      deliveredTo: ['launch+scribe@pods.test', 'launch@pods.test'],
      subject: 'The list',
      date: '2026-11-16T09:00:00.000Z',
      text: 'Hello.\n',
    });
    expect(mail.cc.map(({ address }) => address)).to.deep.equal(['bob@example.org', 'c@example.org', 'd@example.org']);
    expect(mail.html).to.equal(undefined);
  });

  it('finds ids in what odd mailers write', async () => {
    const { inReplyTo } = await parseMail(
      aMail({ headers: { 'In-Reply-To': '<Your message of "Mon, 2 Nov"> <p1@x.test>' } }),
    );
    expect(inReplyTo).to.deep.equal(['<p1@x.test>']);
  });

  it('has files with safe names', async () => {
    const { attachments } = await parseMail(
      aMultipart({
        parts: [
          text('See the files.'),
          'Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="../../etc/pass\u202ewd.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8=',
          "Content-Type: image/png\r\nContent-Disposition: attachment; filename*=utf-8''%C3%9Cbersicht.png\r\n\r\nx",
          'Content-Type: text/plain; name="notes.txt"\r\n\r\nnotes',
        ],
      }),
    );
    expect(attachments.map(({ name }) => name)).to.deep.equal(['passwd.pdf', 'Übersicht.png', 'notes.txt']);
    expect(attachments.map(({ content }) => Buffer.from(content).toString())).to.deep.equal(['hello', 'x', 'notes']);
    expect(attachments[0]).to.include({ mime: 'application/pdf', size: 5, inline: false });
  });

  it('keeps both faces of an alternative, and the text around it', async () => {
    const inner = `Content-Type: multipart/alternative; boundary="b2"\r\n\r\n${multipartBody([text('the list'), html('<p>the <b>list</b></p>')], 'b2').toString()}`;
    const mail = await parseMail(aMultipart({ parts: [inner, html('<p>foot<b>er</b></p>')] }));
    expect(mail.text.split(/\s+/)).to.deep.equal(['the', 'list', 'footer']);
    expect(mail.html).to.match(/<p>the <b>list<\/b><\/p>\s*<p>foot/);
  });

  it('brings the lines of its HTML along, also those of mails inside it, so that no HTML is parsed elsewhere', async () => {
    const inner = `Content-Type: message/rfc822\r\n\r\nFrom: bo@b.test\r\n${html('<div>Inner</div>')}`;
    const body = '<div>Hello.</div><blockquote type="cite">Old words</blockquote>';
    const mail = await parseMail(aMultipart({ parts: [html(body), inner] }));
    expect(mail.htmlLines).to.deep.equal(htmlLines(mail.html ?? ''));
    expect(mail.forwarded[0]?.htmlLines?.map((line) => line.text)).to.deep.equal(['Inner']);
    const { htmlLines: _lines, ...bare } = mail;
    expect(splitMail(mail)).to.deep.equal(splitMail(bare));
    // The text comes from the plain part. The HTML beside it is not read.
    expect(splitMail({ ...mail, html: '<div>Something else</div>' })).to.deep.equal(splitMail(mail));
    expect((await parseMail(aMail())).htmlLines).to.equal(undefined);
  });

  for (const disposition of ['attachment', 'inline', undefined])
    it(`reads a mail inside it (${disposition ?? 'no disposition'})`, async () => {
      const inside = aMultipart({
        parts: [text('The old text.'), 'Content-Type: text/csv; name=a.csv\r\n\r\n1,2'],
        boundary: 'b3',
        headers: { From: 'Eve <eve@far.test>', Subject: '=?utf-8?q?Gr=C3=BC=C3=9Fe?=' },
      });
      const shown = disposition ? `Content-Disposition: ${disposition}\r\n` : '';
      const mail = await parseMail(
        aMultipart({
          parts: [
            text('Please look.'),
            Buffer.concat([Buffer.from(`Content-Type: message/rfc822\r\n${shown}\r\n`), inside]),
          ],
        }),
      );
      expect(mail.text.trim()).to.equal('Please look.');
      expect(mail.attachments).to.deep.equal([]);
      const [forwarded] = mail.forwarded;
      expect(forwarded?.subject).to.equal('Grüße');
      expect(forwarded?.text.trim()).to.equal('The old text.');
      expect(forwarded?.from).to.include({ address: 'eve@far.test' });
      expect(forwarded?.attachments.map(({ name }) => name)).to.deep.equal(['a.csv']);
    });

  it('reads a calendar invite as a file', async () => {
    const mail = await parseMail(
      aMultipart({
        type: 'alternative',
        parts: [
          text('You are invited.'),
          'Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n',
        ],
      }),
    );
    expect(mail.text.trim()).to.equal('You are invited.');
    expect(mail.attachments.map(({ name, mime }) => [name, mime])).to.deep.equal([['invite.ics', 'text/calendar']]);
  });

  it('hands over a winmail.dat as it is', async () => {
    const tnef = Buffer.from('789f3e22010006900800040000000000010001000107', 'hex');
    const mail = await parseMail(
      aMultipart({
        parts: [
          text('With rich text.'),
          `Content-Type: application/ms-tnef; name="winmail.dat"\r\nContent-Transfer-Encoding: base64\r\n\r\n${tnef.toString('base64')}`,
        ],
      }),
    );
    expect(mail.attachments.map(({ name }) => name)).to.deep.equal(['winmail.dat']);
    expect(Buffer.from(mail.attachments[0]?.content ?? []).equals(tnef)).to.equal(true);
  });

  it('says which of its parts nobody can read', async () => {
    const sealed = 'Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\n\r\nx';
    const outlook = 'Content-Type: application/ms-tnef; name="winmail.dat"\r\n\r\nx';
    const { notes = [], attachments } = await parseMail(aMultipart({ parts: [text('Look.'), sealed, outlook] }));
    expect(notes.join('\n')).to.match(
      /^smime\.p7m is encrypted, or sealed .*\nwinmail\.dat is a container of Outlook that Skein can’t read/,
    );
    expect(attachments.map(({ name }) => name)).to.deep.equal(['smime.p7m', 'winmail.dat']);
  });

  for (const [name, headers, body] of [
    ['has a file name', { 'Content-Type': 'text/plain; name="body.txt"' }, 'Order rye.'],
    ['has a file name inline', { 'Content-Disposition': 'inline; filename="body.txt"' }, 'Order rye.'],
    ['has a boundary that is nowhere', { 'Content-Type': 'multipart/mixed; boundary=zzz' }, 'Order rye.'],
    ['has a part without headers', { 'Content-Type': 'multipart/mixed; boundary=b' }, '--b\r\nOrder rye.\r\n--b--'],
  ] as [string, Record<string, string>, string][])
    it(`whose body ${name} is read`, async () => {
      const mail = await parseMail(aMail({ headers, body }));
      expect(mail.text.trim()).to.equal('Order rye.');
      expect(mail.attachments).to.deep.equal([]);
    });

  for (const [name, inside] of [
    ['no headers', 'rye costs 31 until Friday'],
    ['no headers, and lines that look like some', 'Note: rye costs 31 until Friday'],
    ['an empty line first', '\r\nrye costs 31 until Friday'],
  ] as const)
    it(`inside a mail is read where it has ${name}`, async () => {
      const { forwarded } = await parseMail(
        aMultipart({ parts: [text('File it.'), `Content-Type: message/rfc822\r\n\r\n${inside}`] }),
      );
      expect(forwarded[0]?.text.trim()).to.equal(inside.trim());
    });

  it('keeps what tells a machine from a person', async () => {
    const { marks } = await parseMail(
      aMail({
        headers: {
          'Return-Path': '<>',
          'Auto-Submitted': 'Auto-Replied',
          Precedence: 'bulk',
          'List-Id': '<l.example.org>',
          'Content-Type': 'multipart/report; report-type=delivery-status; boundary=x',
        },
        body: '--x\r\n\r\nbounced\r\n--x--',
      }),
    );
    expect(marks).to.deep.equal({
      returnPath: '',
      autoSubmitted: 'auto-replied',
      precedence: 'bulk',
      listId: '<l.example.org>',
      reportType: 'delivery-status',
    });
  });

  it('ends what servers wrote at the first line of the sender', async () => {
    const top =
      'Return-Path: <ada@example.org>\r\nReceived: by mx.pods.test\r\nAuthentication-Results: mx.pods.test; dmarc=pass\r\n';
    const raw = Buffer.concat([
      Buffer.from(top),
      aMail({ headers: { 'Authentication-Results': 'mx.pods.test; dmarc=pass' } }),
    ]);
    expect((await parseMail(raw)).trace.map(({ key }) => key)).to.deep.equal([
      'return-path',
      'received',
      'authentication-results',
    ]);
  });
});

describe('a From line', () => {
  const cases: [string, string | string[], string][] = [
    ['given twice', ['a@trusted.test', 'eve@evil.test'], 'more than one From line'],
    ['with two mailboxes', 'a@trusted.test, eve@evil.test', 'more than one address'],
    ['with a group of two', 'all: a@trusted.test, eve@evil.test;', 'more than one address'],
    ['that is missing', [], 'no From line'],
    ['without address', 'Ada', 'no address'],
    ['with a NUL in it', 'a@trusted.test\0b@evil.test', 'control characters'],
  ];
  for (const [name, From, reason] of cases)
    it(`${name} names no author`, async () => {
      const { from } = await parseMail(aMail({ headers: { From } }));
      expect(from).to.include({ kind: 'fault' });
      expect(from).to.have.property('reason').that.includes(reason);
    });

  it('shows a name that looks like an address as a name', async () => {
    const { from } = await parseMail(aMail({ headers: { From: '"boss@trusted.test" <eve@evil.test>' } }));
    expect(from).to.deep.equal({ kind: 'mailbox', address: 'eve@evil.test', name: 'boss@trusted.test' });
  });
});

describe('a hostile or broken mail', () => {
  it('with a raw Latin-1 subject is read as Latin-1, one with raw UTF-8 as UTF-8', async () => {
    const latin = Buffer.from(aMail({ headers: { Subject: 'Grüße' } }).toString('utf8'), 'latin1');
    expect((await parseMail(latin)).subject).to.equal('Grüße');
    expect((await parseMail(aMail({ headers: { Subject: 'Grüße 你好' } }))).subject).to.equal('Grüße 你好');
  });

  for (const [charset, bytes, expected] of [
    ['gb2312', Buffer.from('c4e3bac3', 'hex'), '你好'],
    ['iso-2022-jp', Buffer.from('1b2442467c4b5c1b2842', 'hex'), '日本'],
    ['x-no-such', Buffer.from('hello'), 'hello'],
    ['none at all', Buffer.from('hello'), 'hello'],
  ] as const)
    it(`with the charset ${charset} is read as well as can be`, async () => {
      const mail = await parseMail(
        aMail({ headers: { 'Content-Type': `text/plain; charset=${charset}` }, body: bytes }),
      );
      expect(mail.text.trim()).to.equal(expected);
    });

  it('with NUL bytes is read without them', async () => {
    expect((await parseMail(aMail({ body: 'a\0b\0' }))).text.trim()).to.equal('ab');
  });

  it('with 2,000 nested parts is refused', async () => {
    let body = 'deep';
    for (let n = 0; n < 2_000; n += 1)
      body = `Content-Type: multipart/mixed; boundary="b${n}"\r\n\r\n--b${n}\r\n${body}\r\n--b${n}--\r\n`;
    const problem = await problemOf(Buffer.concat([Buffer.from('From: a@b.test\r\n'), Buffer.from(body)]));
    expect(problem).to.be.instanceOf(Unfit);
    expect(problem).to.have.property('message', 'Its parts are nested deeper than 30 levels.');
  });

  it('with 20,000 parts is refused', async () => {
    const problem = await problemOf(aMultipart({ parts: Array.from({ length: 20_000 }, () => text('x')) }));
    expect(problem).to.have.property('message', 'It has more than 500 parts.');
  });

  it('with endless headers is refused', async () => {
    const problem = await problemOf(
      Buffer.concat([Buffer.from('From: a@b.test\r\n'), Buffer.alloc(600_000, 'x: y\r\n')]),
    );
    expect(problem).to.be.instanceOf(Unfit);
  });

  it('cut off in the middle of a part is read as far as it goes', async () => {
    const whole = aMultipart({ parts: [text('first'), text('second and the rest')] });
    const mail = await parseMail(whole.subarray(0, whole.indexOf('and the rest')));
    expect(mail.text).to.match(/first\s+second/);
  });

  it('of any bytes is read or refused, never left hanging', async () => {
    const piece = fc.constantFrom(
      '\r\n',
      '\n',
      '--b1',
      '--',
      'From: a@b.c',
      'Content-Type: multipart/mixed; boundary=b1',
      'Content-Type: message/rfc822',
      ':',
      '\0',
      ' ',
      'x',
      '=?utf-8?q?=00?=',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(piece, fc.string({ maxLength: 5 })), { maxLength: 30 }), async (pieces) => {
        const raw = Buffer.from(pieces.join(''));
        const mail = await parseMail(raw);
        expect(mail.kind).to.equal('mail');
      }),
      { numRuns: 150 },
    );
  });
});
