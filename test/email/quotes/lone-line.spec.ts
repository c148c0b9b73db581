import { expect } from 'chai';
import { parseMail } from '../../../src/email/parse/parse-mail.ts';
import { loneLine } from '../../../src/email/quotes/lone-line.ts';
import { aMail } from '../../journeys/mails.ts';

describe('the one line of a mail', () => {
  const line = async (subject: string, text: string, headers: string[] = []) =>
    loneLine(
      await parseMail(Buffer.from(aMail({ from: 'a@x.example', to: 'b@x.example', subject, text, id: '1', headers }))),
    );

  it('is its subject where it has no text, or its text', async () => {
    expect(await line('waiting', '')).to.equal('waiting');
    expect(await line('Waiting?', '\r\n-- \r\nMaja')).to.equal('Waiting');
    expect(await line('A word', '“waiting”\r\n')).to.equal('waiting');
    expect(await line('Re: Rye', 'waiting\r\n\r\nOn Mon, 7 Jan 2030, Ada wrote:\r\n> Say something.')).to.equal(
      'waiting',
    );
  });

  it('is none where there is more, or where the subject is another mail’s', async () => {
    expect(await line('waiting', 'for the mill\r\nto call back')).to.equal(undefined);
    expect(await line('Re: waiting', '')).to.equal(undefined);
    expect(await line('Fwd: waiting', '')).to.equal(undefined);
    expect(await line('', '')).to.equal(undefined);
  });
});
