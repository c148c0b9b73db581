import { expect } from 'chai';
import { misfitOf } from '../../../src/email/authenticate/body-form.ts';
import { processorMs } from '../../processor-time.ts';

type Given = { type?: string; encoding?: string; signs?: 'type' | 'encoding' };

const misfit = (body: string | Buffer, { type, encoding, signs }: Given = {}) =>
  misfitOf({
    type: { value: type, isSigned: signs === 'type' },
    encoding: { value: encoding, isSigned: signs === 'encoding' },
    body: Buffer.from(body as string),
  });

const parts = (boundary: string, ...types: string[]) =>
  `${types.map((type) => `--${boundary}\r\nContent-Type: ${type}\r\n\r\nHello.\r\n`).join('')}--${boundary}--\r\n`;
const TWO = parts('b', 'text/plain', 'text/html');
const QP = 'content-transfer-encoding';
const CT = 'content-type';
const base64 = (text: string) => Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\r\n');

describe('a body that says itself how it is to be read', () => {
  const fits: [string, string | Buffer, Given][] = [
    ['a text', 'Hello.\r\n', {}],
    ['a text in UTF-8', 'Grüße.\r\n', { type: 'text/plain; charset=UTF-8; format=flowed' }],
    ['a text in ASCII, whatever is said', 'Hello.\r\n', { type: 'text/plain; charset="windows-1252"' }],
    ['HTML', '\r\n<!DOCTYPE html><p>x</p>', { type: 'text/html; charset=utf-8' }],
    ['an address in brackets', '<ada@example.org> wrote\r\n', { type: 'text/plain' }],
    ['alternatives', TWO, { type: 'multipart/alternative; boundary=b' }],
    [
      'alternatives of HTML with pictures',
      parts('b', 'text/plain', 'multipart/related; boundary=c'),
      { type: 'multipart/alternative; boundary="b"' },
    ],
    ['a text and a file', parts('b', 'text/plain', 'application/pdf'), { type: 'multipart/mixed; boundary="b"' }],
    [
      'a text with a signature',
      parts('b', 'text/plain', 'application/pgp-signature'),
      { type: 'multipart/signed; boundary="b"; protocol="x/y"' },
    ],
    [
      'parts below a line for old programs',
      `This is a multi-part message in MIME format.\r\n${TWO}`,
      { type: 'multipart/alternative; boundary="b"' },
    ],
    [
      'parts with an encoding that means nothing',
      TWO,
      { type: 'multipart/alternative; boundary=b', encoding: 'base64', signs: 'type' },
    ],
    [
      'base64',
      base64('Grüße an alle, die das lesen, und noch mehr davon, damit es zwei Zeilen werden.'),
      { encoding: 'base64', type: 'text/plain; charset=utf-8' },
    ],
    [
      'base64 of another charset, which is signed',
      'xOO6w8TjusM=\r\n',
      { encoding: 'base64', type: 'text/plain; charset=gb2312', signs: 'type' },
    ],
    [
      'quoted-printable',
      'a =3D b, Gr=C3=BC=C3=9Fe\r\n=2Ex=20\r\n',
      { encoding: 'Quoted-Printable', type: 'text/plain; charset=utf-8' },
    ],
    ['quoted-printable without escapes', 'Hello.\r\n', { encoding: 'quoted-printable' }],
    ['a text with what looks like an escape by chance', 'https://x.test/?id=96&b=AB#\r\nlimit=20\r\n', {}],
    ['a rule of equal signs', `${'='.repeat(40)}\r\nHello\r\n`, {}],
    ['a hash', `${'ab12'.repeat(16)}\r\n`, {}],
    ['an empty body', '', {}],
  ];
  for (const [what, body, given] of fits)
    it(`is ${what}`, () => {
      expect(misfit(body, given)).to.equal(undefined);
    });

  const others: [string, string | Buffer, Given, string][] = [
    ['another boundary', TWO, { type: 'multipart/alternative; boundary=c' }, CT],
    ['two boundaries', TWO, { type: 'multipart/alternative; boundary=b; boundary=c' }, CT],
    ['a comment in it', TWO, { type: 'multipart/alternative; boundary=b (c)' }, CT],
    ['parts that are read one after the other', TWO, { type: 'multipart/mixed; boundary=b' }, CT],
    ['faces that are none', parts('b', 'text/plain', 'text/plain'), { type: 'multipart/alternative; boundary=b' }, CT],
    [
      'a file as a face',
      parts('b', 'text/plain', 'text/html\r\nContent-Disposition: attachment'),
      { type: 'multipart/alternative; boundary=b' },
      CT,
    ],
    ['a digest', parts('b', 'text/plain', 'application/pdf'), { type: 'multipart/digest; boundary=b' }, CT],
    ['parts that do not end', TWO.slice(0, -7), { type: 'multipart/alternative; boundary=b' }, CT],
    ['words above the parts', `Hello\r\n${TWO}`, { type: 'multipart/alternative; boundary=b' }, CT],
    ['a text of parts', TWO, { type: 'text/plain' }, CT],
    ['parts without a word about it', TWO, {}, CT],
    ['HTML as text', '<div>x</div>', { type: 'text/plain' }, CT],
    ['text as HTML', 'Hello <b>', { type: 'text/html' }, CT],
    ['a charset that makes letters of others', 'Hello.', { type: 'text/plain; charset=utf-7' }, CT],
    ['a charset with escapes', '\u001B$B', { type: 'text/plain; charset=utf-8' }, CT],
    ['letters that are no UTF-8', Buffer.from([0x47, 0xfc]), { type: 'text/plain; charset=utf-8' }, CT],
    ['letters of another charset', 'Grüße', { type: 'text/plain; charset=iso-8859-1' }, CT],
    ['a name', 'Hello.', { type: 'text/plain; name=x' }, CT],
    ['a mail', 'Hello.', { type: 'message/rfc822' }, CT],
    ['base64 that is none', 'Hello, this is text.\r\n', { encoding: 'base64' }, QP],
    ['a word as base64', 'done\r\n', { encoding: 'base64' }, QP],
    ['base64 as text', base64('Pay Eve a thousand, and then some more of it.'), {}, QP],
    ['escapes that make lines', '> =0D=0A=0D=0AEVIL\r\n', { encoding: 'quoted-printable' }, QP],
    ['letters that make lines', '> =E2=80=A8EVIL\r\n', { encoding: 'quoted-printable' }, QP],
    ['escapes of what needs none', '> =3Cbr=3EEVIL\r\n', { encoding: 'quoted-printable' }, QP],
    ['breaks of short lines', '> a=\r\nNo.\r\n', { encoding: 'quoted-printable' }, QP],
    ['quoted-printable as text', `> ${'a '.repeat(30)}=\r\nEVIL\r\n`, { type: 'text/plain', signs: 'type' }, QP],
    ['quoted-printable as text, by its letters', 'Gr=C3=BC=C3=9Fe\r\n', { encoding: '8bit' }, QP],
    ['an encoding of old', 'begin 644 x\r\n', { encoding: 'x-uuencode' }, QP],
  ];
  for (const [what, body, given, which] of others)
    it(`is not ${what}`, () => {
      expect(misfit(body, given)).to.equal(which);
    });

  it('is read in time that grows with its length', () => {
    for (const piece of ['=', '=\r\n', 'a', 'AAAA\r\n', '--b\r\n', '<', '=C3=BC', ' ', '\r\n']) {
      const took = processorMs(() => {
        for (const encoding of ['base64', 'quoted-printable', undefined])
          for (const type of ['multipart/alternative; boundary=b', 'text/plain', undefined])
            misfit(`--b\r\n\r\n${piece.repeat(300_000)}\r\n--b--`, {
              ...(type ? { type } : {}),
              ...(encoding ? { encoding } : {}),
            });
      });
      expect(took, JSON.stringify(piece)).to.be.below(5_000);
    }
  });
});
