// The witness for forwards is used if the structure shows nothing, and is never slow.
import { expect } from 'chai';
import { parseMail } from '../../../src/email/parse/parse-mail.ts';
import { forwardWitness } from '../../../src/email/quotes/forward-witness.ts';
import { splitMail } from '../../../src/email/quotes/split-mail.ts';
import { aMail } from '../build.ts';

const parsed = (subject: string, body: string) =>
  parseMail(aMail({ headers: { Subject: subject, 'Content-Type': 'text/plain; charset=utf-8' }, body }));

describe('the witness of forwards', () => {
  it('shows a mail below that has too little of a header for its shape to tell', async () => {
    const mail = await parsed(
      'Fw: Rye',
      'Please order.\r\n\r\nFrom: Mill <m@mill.test>\r\nSubject: Rye\r\n\r\n40 sacks.\r\n',
    );
    expect(mail.witness).to.include({ above: 'Please order.', from: 'Mill <m@mill.test>' });
    const { written, outside } = splitMail(mail);
    expect(written).to.equal('Please order.');
    expect(outside[0]).to.include({ from: 'Mill <m@mill.test>' });
    expect(outside[0]?.text).to.contain('40 sacks.');
  });

  it('is not asked where the structure shows it, nor where nobody is named', async () => {
    const block =
      'From: Mill <m@mill.test>\r\nSent: Monday, 16 November 2026 10:00\r\nTo: Ada\r\nSubject: Rye\r\n\r\nx';
    expect(await parsed('Fw: Rye', `Please.\r\n\r\n${block}`)).not.to.have.property('witness');
    expect(await parsed('Fw: Rye', 'Please order.\r\n\r\nThanks.')).not.to.have.property('witness');
  });

  it('is not believed where what it says does not fit the text', () => {
    const witness = { above: 'Something else', from: 'Mill <m@mill.test>' };
    const mail = { subject: 'Rye', text: 'Please order.\n\n40 sacks.', forwarded: [], witness };
    expect(splitMail(mail)).to.include({ written: 'Please order.\n\n40 sacks.' });
  });

  it('reads no text slowly, whatever it repeats', () => {
    const labels = 'From: a@b\nTo: a@b\n';
    for (const again of [
      ' ',
      '\n',
      ' \n',
      '<',
      '<x',
      '>',
      '-',
      '_',
      '\t ',
      '\u00a0',
      'From: ',
      'a <a> kirjoitti ',
      '[(',
      '"',
      '\n\nx',
    ])
      for (const end of ['', '\n']) {
        const text = `${labels}${`${again.repeat(200)}${end}`.repeat(2_000)}`;
        const before = process.cpuUsage().user;
        forwardWitness({ text, subject: 'Fwd: x' });
        expect((process.cpuUsage().user - before) / 1000, JSON.stringify(again)).to.be.below(500);
      }
  });
});
