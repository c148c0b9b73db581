import { expect } from 'chai';
import { unflow } from '../../../src/email/parse/flowed.ts';
import { parseMail } from '../../../src/email/parse/parse-mail.ts';
import { processorMs } from '../../processor-time.ts';
import { aMail } from '../build.ts';

describe('flowed text (RFC 3676)', () => {
  const cases: [string, string[], string[], boolean?][] = [
    [
      'joins the lines of a paragraph',
      ['Please order 40 sacks ', 'of rye.', '', 'Ada'],
      ['Please order 40 sacks of rye.', '', 'Ada'],
    ],
    [
      'never joins an answer to the quote above it',
      ['> Medium or ', '> large? ', 'Large, please.'],
      ['> Medium or large? ', 'Large, please.'],
    ],
    ['never joins a quote to the words above it', ['You asked ', '> Which size?'], ['You asked ', '> Which size?']],
    [
      'never joins quotes of two depths',
      ['>> Which day? ', '> Friday. ', '>> And ', '>> where?'],
      ['>> Which day? ', '> Friday. ', '>> And where?'],
    ],
    ['takes out the blank that DelSp adds', ['40 Säc ', 'ke und  ', 'Salz'], ['40 Säcke und Salz'], true],
    ['takes stuffing out', [' From here on', '>  is text'], ['From here on', '>  is text']],
    ['keeps a stuffed quote mark the words it is', [' > 5 is more than 4'], ['  > 5 is more than 4']],
    ['ends a paragraph at the signature', ['Yes, ', '-- ', 'Ada'], ['Yes, ', '-- ', 'Ada']],
    ['keeps a quoted signature apart', ['> Yes, ', '> -- ', '> Ada'], ['> Yes, ', '> -- ', '> Ada']],
    ['keeps empty quoted lines', ['> a', '>', '> b'], ['> a', '>', '> b']],
  ];
  for (const [name, given, wanted, delSp = false] of cases)
    it(name, () => {
      expect(unflow(given.join('\n'), delSp).split('\n')).to.deep.equal(wanted);
    });

  it('is known by its content type, in quotes and in capitals, and other text is left as it is', async () => {
    const body = '> Which day? \r\nFriday.\r\nAnd \r\nearly.\r\n';
    const text = async (type: string) =>
      (await parseMail(aMail({ headers: { 'Content-Type': type }, body }))).text.trimEnd().split('\n');
    const flowed = ['> Which day? ', 'Friday.', 'And early.'];
    expect(await text('text/plain; charset=utf-8; format=flowed')).to.deep.equal(flowed);
    expect(await text('text/plain; FORMAT="Flowed"; DelSp=No; charset=utf-8')).to.deep.equal(flowed);
    expect(await text('text/plain; charset=utf-8; format=fixed')).to.have.length(4);
  });

  it('of a German mail in Latin-1 with DelSp is joined without a blank', async () => {
    const headers = {
      'Content-Type': 'text/plain; charset=iso-8859-1; format=flowed; delsp=yes',
      'Content-Transfer-Encoding': 'quoted-printable',
    };
    const { text } = await parseMail(aMail({ headers, body: '40 S=E4c=20\r\nke\r\n' }));
    expect(text.trim()).to.equal('40 Säcke');
  });

  it('takes long paragraphs at once', () => {
    const took = processorMs(() => {
      unflow('a \n'.repeat(300_000), true);
      unflow(`${'>'.repeat(300_000)} a`, false);
    });
    expect(took).to.be.below(1_500);
  });
});
