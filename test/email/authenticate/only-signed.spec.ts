// Headers added to a signed mail, and changed white space and folds, either change nothing or lead to quarantine.
import { expect } from 'chai';
import fc from 'fast-check';
import { authenticate } from '../../../src/email/authenticate/authenticate.ts';
import { onlySigned } from '../../../src/email/authenticate/only-signed.ts';
import { parseMail } from '../../../src/email/parse/parse-mail.ts';
import { resolver } from '../signed.ts';
import { dkimSigned, keysOf } from './dkim.ts';

const records = { ...keysOf('example.org'), ...keysOf('evil.test'), '_dmarc.example.org': ['v=DMARC1; p=none'] };
const B = 'B';
const BODIES: [string, string[]][] = [
  ['Hello.\r\n\r\n> --X\r\n> EVIL\r\n> <b>\r\n', []],
  [
    'Hello =E2=82=AC 3 and a line that is full of words, so that it has to be broken =\r\nhere.\r\n',
    ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: quoted-printable'],
  ],
  [
    `--${B}\r\nContent-Type: text/plain\r\n\r\nHello.\r\n--${B}\r\nContent-Type: text/html\r\n\r\n<p>Hello.</p>\r\n--${B}--\r\n`,
    ['MIME-Version: 1.0', `Content-Type: multipart/alternative; boundary="${B}"`],
  ],
  [
    `--${B}\r\nContent-Type: text/plain\r\n\r\nHello.\r\n--${B}\r\nContent-Type: text/plain; name=a.txt\r\n\r\nEVIL\r\n--${B}--\r\n`,
    ['MIME-Version: 1.0', `Content-Type: multipart/mixed; boundary="${B}"`],
  ],
  [
    `${Buffer.from('<p>Grüße, und noch etwas mehr</p>').toString('base64')}\r\n`,
    ['MIME-Version: 1.0', 'Content-Type: text/html; charset=utf-8', 'Content-Transfer-Encoding: base64'],
  ],
];
const LISTS = [
  'From:To:Subject:Date:Message-ID',
  'Date:From:To:Subject:From',
  'to:subject:message-id:date:from:mime-version:from:to:cc:subject:date:message-id:reply-to',
  'From:Content-Type:Mime-Version:Subject:Message-Id:Date:To:x-icloud-hme',
  'From:Date:Subject:Message-ID:Content-Type:MIME-Version',
  'from:to:cc:subject:date:message-id:in-reply-to:references:mime-version:content-type:content-transfer-encoding',
];
const names = [
  'Subject',
  'subject ',
  'From',
  'To',
  'Cc',
  'Date',
  'Message-ID',
  'In-Reply-To',
  'References',
  'Reply-To',
  'Sender',
  'MIME-Version',
  'Content-Type',
  'CONTENT-TYPE',
  'Content-Transfer-Encoding',
  'Content-Disposition',
  'X-A',
  '\u00a0Subject',
  '\fSubject',
  'Sub\0ject',
  ' Subject',
  'Resent-From',
  'DKIM-Signature',
];
const values = [
  'EVIL',
  'eve@evil.test',
  '<evil@evil.test>',
  '1.0',
  '2.0',
  'text/html',
  'text/plain',
  'text/plain; charset=utf-7',
  'text/plain; charset=utf-16',
  'text/plain; format=flowed',
  'text/plain; name=x',
  'multipart/mixed; boundary="X"',
  'multipart/mixed; boundary=B',
  'multipart/alternative; boundary=B',
  'multipart/digest; boundary="B"',
  'message/rfc822',
  'base64',
  'quoted-printable',
  '7bit',
  'x-uuencode',
  'attachment; filename=a',
  'a\r\n\tEVIL',
  'a\rSubject: EVIL',
  'a\r\n\fSubject: EVIL',
  'a\n\r',
  'Mon, 16 Nov 2026 09:00:00 +0000',
  'v=1; d=example.org; s=s1; a=rsa-sha256; h=from:content-type:subject; bh=x; b=y',
];

const edit = fc.oneof(
  fc.record({
    kind: fc.constant('add' as const),
    name: fc.constantFrom(...names),
    value: fc.constantFrom(...values),
    at: fc.nat(20),
  }),
  fc.record({
    kind: fc.constant('set' as const),
    name: fc.constantFrom(...names),
    value: fc.constantFrom(...values),
    at: fc.nat(20),
  }),
  fc.record({
    kind: fc.constant('drop' as const),
    name: fc.constantFrom(...names),
    value: fc.constant(''),
    at: fc.nat(20),
  }),
);

const contentOf = (mail: Awaited<ReturnType<typeof parseMail>>) => {
  const { from, subject, date, text, html, attachments } = mail;
  return {
    from,
    subject,
    date,
    text,
    html,
    files: attachments.map(({ name, content }) => [name, Buffer.from(content).toString('latin1')]),
  };
};

describe('the signed part of a mail', () => {
  it('reads as its sender wrote it, or waits, whatever lines are added, changed and removed', async () => {
    const seen = { pass: 0, wait: 0, fail: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...BODIES),
        fc.constantFrom(...LISTS),
        fc.array(edit, { minLength: 1, maxLength: 3 }),
        async ([body, mime], h, edits) => {
          const lines = [
            'From: Ada <ada@example.org>',
            'To: launch@pods.test',
            'Subject: Chairs',
            'Date: Mon, 16 Nov 2026 08:00:00 +0000',
            'Message-ID: <m@example.org>',
            ...mime,
          ];
          const raw = dkimSigned(Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`), { h });
          const head = raw.toString('latin1').split('\r\n\r\n', 1)[0] ?? '';
          let changed = head.split(/\r\n(?![ \t])/);
          for (const { kind, name, value, at } of edits) {
            const is = (line: string) => line.toLowerCase().startsWith(`${name.trim().toLowerCase()}:`);
            if (kind === 'add') changed.splice(Math.min(at, changed.length), 0, `${name}: ${value}`);
            else if (kind === 'drop') changed = changed.filter((line) => !is(line));
            else changed = changed.map((line) => (is(line) ? `${name}: ${value}` : line));
          }
          const mail = Buffer.from(`${changed.join('\r\n')}${raw.toString('latin1').slice(head.length)}`, 'latin1');
          const read = await parseMail(mail);
          const proof = await authenticate(
            { kind: 'verify-here', resolve: resolver(records) },
            { raw: mail, mail: read, envelope: {} },
          );
          if (proof.verdict !== 'pass') seen.fail += 1;
          if (proof.verdict !== 'pass') return;
          expect(proof.signed).not.to.equal(undefined);
          if (!proof.signed) return;
          const only = onlySigned(mail, proof.signed);
          if (only.kind === 'doubt') seen.wait += 1;
          if (only.kind === 'doubt') return;
          seen.pass += 1;
          const signed = await parseMail(only.raw);
          expect(contentOf(signed)).to.deep.equal(contentOf(await parseMail(raw)));
          if (only.isSame) expect(contentOf(read)).to.deep.equal(contentOf(signed));
          if (only.isSame)
            expect(read.inReplyTo.concat(read.references, read.marks.autoSubmitted ?? [])).to.deep.equal(
              signed.inReplyTo.concat(signed.references),
            );
          expect([signed.inReplyTo, signed.references, signed.replyTo]).to.deep.equal([[], [], []]);
          expect(signed.cc.length && /:to/i.test(h) ? 'cc' : '').to.equal('');
          expect(['<m@example.org>', undefined]).to.include(signed.messageId);
        },
      ),
      { numRuns: 150 },
    );
    expect(Math.min(seen.pass, seen.wait, seen.fail), JSON.stringify(seen)).to.be.above(5);
  });
});
