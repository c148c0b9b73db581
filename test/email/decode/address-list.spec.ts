// Lists of addresses: what is read here is what mailparser reads, whatever stands in the line.
import { expect } from 'chai';
import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { addressList } from '../../../src/email/decode/address-list.ts';
import { cleanWords } from '../../../src/email/decode/encoded-words.ts';

describe('a list of addresses', () => {
  async function byMailparser(value: string) {
    const parsed = await simpleParser(Buffer.from(`to: ${cleanWords(value)}\r\n\r\n`, 'utf8'));
    const lists = parsed.to === undefined ? [] : [parsed.to].flat();
    return lists
      .flatMap((list) => list.value)
      .flatMap((one) => one.group ?? [one])
      .map(({ address = '', name }) => ({ address, name }));
  }

  const lines: [string, { address: string; name: string }[]][] = [
    ['ada@mill.example', [{ address: 'ada@mill.example', name: '' }]],
    ['<ada@mill.example>', [{ address: 'ada@mill.example', name: '' }]],
    ['Ada Lindqvist <ada@mill.example>', [{ address: 'ada@mill.example', name: 'Ada Lindqvist' }]],
    ['"Åsa-Lena O\u2019Neil" <asa+x@mill.example>', [{ address: 'asa+x@mill.example', name: 'Åsa-Lena O\u2019Neil' }]],
    [
      'Ada <ada@mill.example>, bo@mill.example,<c@mill.example>',
      [
        { address: 'ada@mill.example', name: 'Ada' },
        { address: 'bo@mill.example', name: '' },
        { address: 'c@mill.example', name: '' },
      ],
    ],
    ['"Lindqvist, Ada" <ada@mill.example>', [{ address: 'ada@mill.example', name: 'Lindqvist, Ada' }]],
    ['=?utf-8?q?Ad=C3=A4?= <ada@mill.example>', [{ address: 'ada@mill.example', name: 'Adä' }]],
    [
      'Team: ada@mill.example, bo@mill.example;',
      [
        { address: 'ada@mill.example', name: '' },
        { address: 'bo@mill.example', name: '' },
      ],
    ],
  ];
  for (const [line, people] of lines)
    it(`reads ${line}`, async () => {
      expect(await addressList(line)).to.deep.equal(people);
      expect(await byMailparser(line)).to.deep.equal(people);
    });

  it('reads any line as mailparser does', async () => {
    const piece = fc.oneof(
      fc.constantFrom(...['a@b.test', 'Ada', 'Ada <a@b.test>', '"Ada L" <a@b.co>', '<a@b.test>', ', ', ',', ' ', '  ']),
      fc.constantFrom(
        ...['"', '<', '>', '(', ')', ':', ';', '@', '.', '\\', '\t', "'", '=?utf-8?q?x?=', 'xn--a', 'Dr. B'],
      ),
      fc.string({ unit: 'grapheme', maxLength: 3 }).map((text) => text.replace(/[\r\n\0]/g, '')),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 8 }), async (pieces) => {
        const line = pieces.join('');
        expect(await addressList(line)).to.deep.equal(await byMailparser(line));
      }),
      { numRuns: 500 },
    );
  });
});
