import { expect } from 'chai';
import { readFromLine } from '../../../src/email/authenticate/from-line.ts';
import { parseMail } from '../../../src/email/parse/parse-mail.ts';
import { aMail } from '../build.ts';

const TWO_WAYS = 'Its From line can be read in more than one way.';
const MORE = 'Its From line names more than one address.';

describe('the From line', () => {
  const plain = [
    'ada@example.org',
    '<ada@example.org>',
    ' Ada Lovelace <ADA@example.org> ',
    '"Lovelace, Ada" <ada@example.org>',
    'Lovelace, Ada <ada@example.org>',
    'Ada Lovelace (Jira) <ada@example.org>',
    'ada@example.org (Ada Lovelace)',
    '"ada@example.org" <ada@example.org>',
    '"a \\" b <x@y.z>" <ada@example.org>',
    '=?utf-8?q?Ada=3A_L=C3=B6w,_x:y?= <ada@example.org>',
    '=?utf-8?B?QWRhIDxldmVAZXZpbC50ZXN0Pg==?= <ada@example.org>',
  ];
  for (const value of plain)
    it(`names Ada: ${value}`, async () => {
      expect(readFromLine(value)).to.deep.equal({ kind: 'address', address: 'ada@example.org' });
      const { from } = await parseMail(aMail({ headers: { From: value } }));
      expect(from).to.include({ kind: 'mailbox', address: 'ada@example.org' });
    });

  const refused: [string, string][] = [
    ['<ada@example.org> <eve@evil.test>', MORE],
    ['<eve@evil.test> <ada@example.org>', MORE],
    ['ada@example.org <eve@evil.test>', MORE],
    ['Ada <ada@example.org>, Eve <eve@evil.test>', MORE],
    ['Ada <ada@example.org>; Eve <eve@evil.test>', MORE],
    ['Team: ada@example.org;', TWO_WAYS],
    ['Team: Ada <ada@example.org>;', TWO_WAYS],
    ['Team: ada@example.org, eve@evil.test;', MORE],
    ['<@evil.test:ada@example.org>', MORE],
    ['<@evil.test,@b.test:ada@example.org>', MORE],
    ['Ada <ada@example.org> (<eve@evil.test>)', TWO_WAYS],
    ['ada@example.org (eve@evil.test)', TWO_WAYS],
    ['Ada <ada(x)@example.org>', TWO_WAYS],
    ['Ada <ada@example.org> Eve', TWO_WAYS],
    ['Ada <ada@example.org', TWO_WAYS],
    ['Ada <<ada@example.org>>', TWO_WAYS],
    ['"Ada <ada@example.org>', TWO_WAYS],
    ['Ada (x <ada@example.org>', TWO_WAYS],
    ['Ada) <ada@example.org>', TWO_WAYS],
    ['"ada"@example.org', TWO_WAYS],
    ['<"ada@evil.test"@example.org>', TWO_WAYS],
    ['<ada@evil.test@example.org>', TWO_WAYS],
    ['=?utf-8?q?ada?=@example.org', TWO_WAYS],
    ['<=?utf-8?q?ada=40example.org?=>', 'Its From line names no address.'],
    ['Ada <=?utf-8?q?ada?=@example.org>', TWO_WAYS],
    ['ada@[192.0.2.1]', TWO_WAYS],
    ['ada@example.org\0', 'Its From line has control characters in it.'],
    ['ada@example.org\reve@evil.test', 'Its From line has control characters in it.'],
    [`${'a'.repeat(6_000)} <ada@example.org>`, TWO_WAYS],
    ['', 'Its From line names no address.'],
  ];
  for (const [value, reason] of refused)
    it(`has no author: ${JSON.stringify(value.slice(0, 60))}`, () => {
      expect(readFromLine(value)).to.deep.equal({ kind: 'fault', reason });
    });

  it('takes no look-alike letter for an ASCII one', () => {
    expect(readFromLine('\u212Aate@example.org')).to.deep.equal({ kind: 'address', address: '\u212Aate@example.org' });
  });
});
