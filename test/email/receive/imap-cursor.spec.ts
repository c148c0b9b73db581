import { expect } from 'chai';
import { firstCursor, newUids, resume } from '../../../src/email/receive/imap-cursor.ts';
import { imapAccount, starttls } from '../../../src/email/receive/imap-settings.ts';
import { InvalidInput } from '../../../src/errors.ts';

const seenAt = '2026-11-16T09:00:00.000Z';
const opened = { uidValidity: '7', uidNext: 12 };

describe("a mailbox's cursor", () => {
  it('begins with what comes from now on, or with all there is', () => {
    expect(firstCursor(opened, 'now', new Date(seenAt))).to.deep.equal({ uidValidity: '7', uid: 11, seenAt });
    expect(firstCursor(opened, 'all', new Date(seenAt)).uid).to.equal(0);
  });

  it('goes on after the last mail, as long as the numbers mean the same', () => {
    expect(resume({ uidValidity: '7', uid: 5, seenAt }, opened)).to.deep.equal({ kind: 'after', uid: 5 });
    expect(resume({ uidValidity: '6', uid: 5, seenAt }, opened)).to.deep.equal({
      kind: 'since',
      date: new Date('2026-11-14T09:00:00.000Z'),
    });
  });

  it('does not take the last mail again when there is nothing new', () => {
    expect(newUids([5], 5)).to.deep.equal([]);
    expect(newUids([9, 7, 7, 3], 5)).to.deep.equal([7, 9]);
  });
});

describe('IMAP_URL', () => {
  it('names a server, an account and a folder', () => {
    expect(imapAccount('imaps://ada%40x.test:p%3Aw@mail.test')).to.deep.equal({
      name: 'mail',
      host: 'mail.test',
      port: 993,
      secure: true,
      user: 'ada@x.test',
      password: 'p:w',
      folder: 'INBOX',
    });
    expect(imapAccount('imap://a:b@[::1]:1143/Pods%20x', 'other')).to.deep.include({
      name: 'other',
      host: '::1',
      port: 1143,
      secure: false,
      folder: 'Pods x',
    });
  });

  it('requires TLS off this machine, short of a word that it is optional', () => {
    const needs = (url: string) => starttls(imapAccount(url)).doSTARTTLS ?? false;
    for (const host of ['mail.test', '10.0.0.5', '127.0.0.1.evil.test', 'localhost.evil.test', '[fe80::1]', '0.0.0.0'])
      expect(needs(`imap://a:b@${host}`), host).to.equal(true);
    for (const host of ['localhost', '127.0.0.1', '127.1.2.3', '[::1]'])
      expect(needs(`imap://a:b@${host}`), host).to.equal(false);
    expect(needs('imap://a:b@mail.test/INBOX?tls=optional')).to.equal(false);
    expect(needs('imap://a:b@mail.test/INBOX?tls=required')).to.equal(true);
    expect(imapAccount('imap://a:b@mail.test/INBOX?tls=optional')).to.include({ folder: 'INBOX', tls: 'optional' });
    expect(imapAccount('imaps://a:b@mail.test/INBOX?tls=optional')).not.to.have.property('tls');
    expect(() => imapAccount('imap://a:b@mail.test?tls=optionl')).to.throw(InvalidInput, 'IMAP_URL says tls=optionl');
  });

  for (const url of [
    'nonsense',
    'https://a:b@x.test',
    'imaps://mail.test',
    'imaps://ada@mail.test',
    'imaps://a:%E0%A4%A@mail.test',
  ])
    it(`"${url}" is refused, with the form it should have`, () => {
      expect(() => imapAccount(url)).to.throw(InvalidInput, 'imaps://name:password@host');
    });
});
