import { expect } from 'chai';
import { textIn, utf8 } from '../../../src/email/decode/charset.ts';
import { parseMail } from '../../../src/email/parse/parse-mail.ts';
import { aMail, aMultipart } from '../build.ts';

const latin = (text: string) => Buffer.from(text, 'latin1');
const hex = (text: string) => Buffer.from(text, 'hex');

async function bodyOf(charset: string | undefined, body: Buffer, encoding = '8bit'): Promise<string> {
  const type = charset === undefined ? 'text/plain' : `text/plain; charset=${charset}`;
  const headers = { 'Content-Type': type, 'Content-Transfer-Encoding': encoding };
  return (await parseMail(aMail({ headers, body }))).text.trim();
}

describe('the charset of a body', () => {
  const cases: [string, string | undefined, Buffer, string][] = [
    ['UTF-8', 'utf-8', Buffer.from('Grüße 你好 🌾'), 'Grüße 你好 🌾'],
    ['UTF-8 by another name', 'UTF8', Buffer.from('Grüße'), 'Grüße'],
    ['UTF-8 called ASCII', 'us-ascii', Buffer.from('Grüße'), 'Grüße'],
    ['UTF-8 without a charset', undefined, Buffer.from('Grüße'), 'Grüße'],
    ['Latin-1 called UTF-8', 'utf-8', latin('Grüße, schöne Äpfel'), 'Grüße, schöne Äpfel'],
    [
      'Latin-1 called UTF-8, whose letters look like it once',
      'utf-8',
      latin('CAFÉ» für Müller, Größe'),
      'CAFÉ» für Müller, Größe',
    ],
    ['Latin-1 without a charset', undefined, latin('à la carte'), 'à la carte'],
    ['Latin-1 called ASCII', 'us-ascii', latin('Æbleskiver på øen'), 'Æbleskiver på øen'],
    ['windows-1252 called UTF-8', 'utf-8', hex('9364656172949620803430'), '“dear”– €40'],
    ['windows-1252 called Latin-1', 'iso-8859-1', hex('9364656172942080'), '“dear” €'],
    ['windows-1252', 'Windows-1252', hex('803430'), '€40'],
    ['Latin-9', 'iso-8859-15', hex('a43430'), '€40'],
    ['windows-1251', 'cp1251', hex('cff0e8e2e5f2'), 'Привет'],
    ['KOI8-R', 'koi8-r', hex('f0d2c9d7c5d4'), 'Привет'],
    ['Shift_JIS', 'Shift_JIS', hex('93fa967b'), '日本'],
    ['ISO-2022-JP', 'iso-2022-jp', hex('1b2442467c4b5c1b2842'), '日本'],
    ['EUC-KR by its old name', 'ks_c_5601-1987', hex('c7d1b1b9'), '한국'],
    ['ISO-2022-KR', 'iso-2022-kr', hex('1b2429430a0e475131390f'), '한국'],
    ['GB 2312', 'gb2312', hex('c4e3bac3'), '你好'],
    ['GBK by its page', 'cp936', hex('c4e3bac3'), '你好'],
    ['HZ', 'hz-gb-2312', Buffer.from('~{Dc:C~} ok ~~'), '你好 ok ~'],
    ['Big5', 'big5', hex('a741a66e'), '你好'],
    ['UTF-7', 'utf-7', Buffer.from('Gr+APwA3w-e 1 +- 1'), 'Grüße 1 + 1'],
    ['UTF-16 with its mark', 'utf-16', hex('feff00470072'), 'Gr'],
    ['UTF-16 without one', 'utf-16', hex('004700720065'), 'Gre'],
    ['ASCII called UTF-16', 'utf-16', Buffer.from('Rye for Tuesday'), 'Rye for Tuesday'],
    [
      'UTF-8 with Latin-1 at its very end',
      'utf-8',
      Buffer.concat([Buffer.from('Grüße 你好 '), latin('Übe')]),
      'Grüße 你好 Übe',
    ],
    ['a page of DOS', 'cp437', hex('47728181'), 'Grüü'],
    ['one that nobody knows, in UTF-8', 'x-moon', Buffer.from('Grüße'), 'Grüße'],
    ['one that nobody knows, in Latin-1', 'x-moon', latin('Grüße'), 'Grüße'],
    ['one with a language', 'utf-8*de', Buffer.from('Grüße'), 'Grüße'],
  ];
  for (const [name, charset, body, wanted] of cases)
    it(`is read: ${name}`, async () => {
      expect(await bodyOf(charset, body)).to.equal(wanted);
      expect(await bodyOf(charset, Buffer.from(body.toString('base64')), 'base64'), 'in base64').to.equal(wanted);
    });

  it('may change in the middle: a footer in Latin-1 below UTF-8', async () => {
    const body = Buffer.concat([Buffer.from('Grüße aus München, 你好\n-- \n'), latin('Verein für Äpfel')]);
    expect(await bodyOf('utf-8', body)).to.equal('Grüße aus München, 你好\n-- \nVerein für Äpfel');
  });

  it('is UTF-8 also where the last character was cut off', () => {
    const whole = Buffer.from('Grüße, schöne Äpfel 你');
    expect(utf8(whole.subarray(0, whole.length - 1))).to.equal('Grüße, schöne Äpfel \ufffd');
  });

  it('is named inside a page where its part names none', async () => {
    const page = Buffer.concat([
      Buffer.from('<meta charset="windows-1251"><p>'),
      hex('cff0e8e2e5f2'),
      Buffer.from('</p>'),
    ]);
    const { html } = await parseMail(aMail({ headers: { 'Content-Type': 'text/html' }, body: page }));
    expect(html).to.contain('Привет');
  });

  it('is unknown where no decoder has it', () => {
    expect(textIn(Buffer.from('a'), 'x-moon')).to.equal(undefined);
  });
});

describe('the transfer encoding of a body', () => {
  const quoted = (body: string) => bodyOf('utf-8', Buffer.from(body), 'quoted-printable');

  it('in quoted-printable joins soft breaks, and keeps what is no code', async () => {
    expect(await quoted('forty =\r\nsacks=  \r\n of rye  \r\n1+1=2 and =ZZ, G=c3=BC')).to.equal(
      'forty sacks of rye\n1+1=2 and =ZZ, Gü',
    );
  });

  it('in base64 goes on behind padding in the middle and what is no base64', async () => {
    expect(await bodyOf('utf-8', Buffer.from('Rm9ydHkg=\r\n!!c2Fja3M='), 'base64')).to.equal('Forty sacks');
  });

  it('that nobody knows is none', async () => {
    expect(await bodyOf('utf-8', Buffer.from('a=20b'), 'x-strange')).to.equal('a=20b');
  });
});

describe('a header', () => {
  /** Raw bytes beside the others. */
  const subjectOf = async (subject: string | Buffer, rest: Record<string, string> = {}) => {
    const raw = aMail({ headers: { Subject: 'XX', ...rest } });
    const at = raw.indexOf('XX');
    const bytes = Buffer.isBuffer(subject) ? subject : Buffer.from(subject);
    return parseMail(Buffer.concat([raw.subarray(0, at), bytes, raw.subarray(at + 2)]));
  };

  const cases: [string, string | Buffer, string][] = [
    ['raw UTF-8', 'Grüße 你好', 'Grüße 你好'],
    ['raw Latin-1', latin('Grüße'), 'Grüße'],
    ['raw windows-1252', hex('93686994'), '“hi”'],
    ['an encoded word', '=?utf-8?Q?Gr=C3=BC=C3=9Fe_an_alle?=', 'Grüße an alle'],
    ['words cut inside a character', '=?UTF-8?B?R3LD?= =?utf-8?B?vMOfZQ==?=', 'Grüße'],
    ['words cut inside a character, quoted', '=?utf-8?q?Gr=C3?=\r\n =?utf-8?q?=BC=C3=9Fe?=', 'Grüße'],
    ['words of two charsets', '=?iso-8859-1?q?Gr=FC?= =?utf-8?q?=C3=9Fe?=', 'Grüße'],
    ['raw Latin-1 inside a word', latin('=?iso-8859-1?Q?Grüße_=FC?='), 'Grüße ü'],
    ['raw UTF-8 inside a word', '=?utf-8?Q?Grüße_=C3=BC?=', 'Grüße ü'],
    ['raw UTF-8 inside a word of Latin-1', '=?iso-8859-1?Q?Grüße?=', 'Grüße'],
    ['raw characters inside a word', '=?utf-8?Q?你好_=C3=BC?=', '你好 ü'],
    ['raw GB 2312 inside a word', Buffer.concat([latin('=?gb2312?Q?'), hex('c4e3bac3'), latin('?=')]), '你好'],
    ['raw blanks inside a word', '=?utf-8?Q?Gr=C3=BC=C3=9Fe an alle?=', 'Grüße an alle'],
    ['Latin-1 called UTF-8 in a word', '=?utf-8?Q?Gr=FC=DFe?=', 'Grüße'],
    ['UTF-7 in a word', '=?utf-7?Q?Gr+APwA3w-e?=', 'Grüße'],
    ['a word of an unknown charset', '=?x-moon?Q?Gr=C3=BC=C3=9Fe?=', 'Grüße'],
    ['a word with a language', '=?utf-8*de?Q?Gr=C3=BC=C3=9Fe?=', 'Grüße'],
    ['words beside plain text', 'Re: =?utf-8?q?=C3=BC?= and =?utf-8?q?=C3=9F?=!', 'Re: ü and ß!'],
    ['what only looks like a word', '=?nothing?= a =?utf-8?x?b?=', '=?nothing?= a =?utf-8?x?b?='],
  ];
  for (const [name, subject, wanted] of cases)
    it(`is read: ${name}`, async () => {
      expect((await subjectOf(subject)).subject).to.equal(wanted);
    });

  it('is read by itself: Latin-1 in one spoils no UTF-8 in another', async () => {
    const mail = await subjectOf(latin('Grüße'), { From: 'Zoë 你 <zoe@example.org>' });
    expect(mail.subject).to.equal('Grüße');
    expect(mail.from).to.deep.equal({ kind: 'mailbox', name: 'Zoë 你', address: 'zoe@example.org' });
  });

  it('names people in words as odd as a subject’s', async () => {
    const { from, cc } = await parseMail(
      aMail({
        headers: {
          From: '=?utf-8?Q?M=FCller,_Zoë?= <zoe@example.org>',
          Cc: '=?UTF-8?B?R3LD?= =?UTF-8?B?vMOfZQ==?= <a@x.test>, Åsa <b@x.test>',
        },
      }),
    );
    expect(from).to.include({ address: 'zoe@example.org', name: 'Müller, Zoë' });
    expect(cc).to.deep.equal([
      { address: 'a@x.test', name: 'Grüße' },
      { address: 'b@x.test', name: 'Åsa' },
    ]);
  });
});

describe('the name of a file', () => {
  const nameOf = async (headers: string | Buffer) => {
    const part = Buffer.concat([
      Buffer.from(headers),
      Buffer.from('\r\nContent-Transfer-Encoding: base64\r\n\r\nSGVsbG8='),
    ]);
    const { attachments } = await parseMail(aMultipart({ parts: ['\r\nSee the list.', part] }));
    return attachments[0]?.name;
  };
  const disposition = (rest: string) => `Content-Type: text/plain\r\nContent-Disposition: attachment; ${rest}`;
  const cases: [string, string | Buffer, string][] = [
    ['in plain UTF-8', disposition('filename="Preisübersicht März.txt"'), 'Preisübersicht März.txt'],
    ['in plain Latin-1', latin(disposition('filename="Preisübersicht.txt"')), 'Preisübersicht.txt'],
    ['in plain UTF-8 without quotes', disposition('filename=Äpfel und Birnen.txt'), 'Äpfel und Birnen.txt'],
    ['of the type alone', 'Content-Type: text/plain; name="März.txt"\r\nContent-Disposition: attachment', 'März.txt'],
    ['in an encoded word', disposition('filename="=?utf-8?B?TcOkcnoudHh0?="'), 'März.txt'],
    [
      'in two words, cut inside a character',
      disposition('filename="=?utf-8?B?TcM=?=\r\n =?utf-8?B?pHJ6LnR4dA==?="'),
      'März.txt',
    ],
    ['by RFC 2231', disposition("filename*=utf-8''M%C3%A4rz.txt"), 'März.txt'],
    ['by RFC 2231 in Latin-1', disposition("filename*=iso-8859-1'de'M%E4rz.txt"), 'März.txt'],
    ['by RFC 2231 in quotes', disposition(`filename*="utf-8''M%C3%A4rz.txt"`), 'März.txt'],
    [
      'by RFC 2231 beside a plain one',
      disposition('filename="M?rz.txt"; filename*=utf-8\'\'M%C3%A4rz.txt'),
      'März.txt',
    ],
    [
      'in pieces, cut inside a character',
      disposition('filename*0*=utf-8\'\'M%C3;\r\n filename*1*=%A4rz%20und;\r\n filename*2=" April.txt"'),
      'März und April.txt',
    ],
    ['in pieces in another order', disposition('filename*1=" list.txt"; filename*0="Price"'), 'Price list.txt'],
    ['in plain pieces of words', disposition('filename*0="=?utf-8?Q?M=C3=A4"; filename*1="rz.txt?="'), 'März.txt'],
    ['of a Windows path', disposition('filename="C:\\Users\\ada\\prices.txt"'), 'prices.txt'],
  ];
  for (const [name, headers, wanted] of cases)
    it(`is read: ${name}`, async () => {
      expect(await nameOf(headers)).to.equal(wanted);
    });
});
