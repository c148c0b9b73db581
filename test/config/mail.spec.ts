// The settings of mail: what they come to, and every fault with its cure.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { MAIL_NAMES, type MailSettings, mailFrom } from '../../src/config/mail.ts';

const IMAP = 'imaps://skein:hunter2secret@mail.example.com';
const SMTP = 'smtp://skein:hunter2secret@mail.example.com:587';
const GIVEN = { IMAP_URL: IMAP, SMTP_URL: SMTP, MAIL_DOMAIN: 'pods.example.com' };

describe('settings of mail', () => {
  let dir: string;
  before(() => {
    dir = mkdtempSync(join(tmpdir(), 'skein-key-'));
    writeFileSync(join(dir, 'key.pem'), '-----BEGIN PRIVATE KEY-----\nhunter2secret\n-----END PRIVATE KEY-----\n');
    writeFileSync(join(dir, 'public.pem'), '-----BEGIN PUBLIC KEY-----\n');
  });
  after(() => rmSync(dir, { recursive: true }));

  function read(
    env: Partial<Record<string, string>>,
    practising = false,
  ): { settings: MailSettings; faults: string[]; notes: string[] } {
    const reader = { given: (name: string) => env[name], faults: [] as string[], notes: [] as string[] };
    const settings = mailFrom(reader, practising);
    return { settings, faults: reader.faults, notes: reader.notes };
  }

  it('are practice where Slack is, and off, with a word about it, where Slack is real', () => {
    expect(read({}, true)).to.deep.equal({ settings: { kind: 'practice' }, faults: [], notes: [] });
    const off = read({});
    expect(off.settings).to.deep.equal({ kind: 'off' });
    expect(off.notes[0]).to.contain('docs/mail.md');
  });

  it('name a mailbox, a way out and the addresses of pods', () => {
    const { settings, faults } = read({ ...GIVEN, MAIL_AUTHSERV_ID: 'mx.example.com' }, true);
    expect(faults).to.deep.equal([]);
    expect(settings).to.deep.include({ kind: 'mailbox', smtpUrl: SMTP, authservId: 'mx.example.com' });
    expect(settings).to.have.deep.property('home', { kind: 'domain', domain: 'pods.example.com' });
    expect(settings).to.have.nested.property('accounts[0].folder', 'INBOX');
  });

  it('know one address with plus addressing, and several mailboxes, each with a name of its own', () => {
    const env = { IMAP_URL: `${IMAP}  ${IMAP}/Pods`, SMTP_URL: SMTP, MAIL_ADDRESS: 'Skein@Example.com' };
    const { settings } = read(env);
    expect(settings).to.have.deep.property('home', { kind: 'mailbox', local: 'skein', domain: 'example.com' });
    expect(settings).to.have.nested.property('accounts[0].name', 'mail');
    expect(settings).to.have.nested.property('accounts[1].name', 'mail2');
    expect(settings).to.have.nested.property('accounts[1].folder', 'Pods');
  });

  it('take a key for signing from its file', () => {
    const key = { MAIL_DKIM_KEY: join(dir, 'key.pem'), MAIL_DKIM_SELECTOR: 'skein' };
    const { settings } = read({ ...GIVEN, ...key });
    expect(settings).to.have.nested.property('dkim.selector', 'skein');
    expect(settings).to.have.nested.property('dkim.domain', 'pods.example.com');
    expect(settings).to.have.nested.property('dkim.privateKey').that.contains('PRIVATE KEY');
  });

  const refused: [Partial<Record<string, string>>, RegExp][] = [
    [{ SMTP_URL: SMTP, MAIL_DOMAIN: 'pods.example.com' }, /IMAP_URL is missing.*imaps:\/\/name:password@host/],
    [{ IMAP_URL: IMAP, MAIL_DOMAIN: 'pods.example.com' }, /SMTP_URL is missing.*smtp:\/\/name:password@host/],
    [{ IMAP_URL: IMAP, SMTP_URL: SMTP }, /either MAIL_DOMAIN .* or MAIL_ADDRESS/],
    [{ ...GIVEN, MAIL_ADDRESS: 'a@b.example' }, /either MAIL_DOMAIN .* or MAIL_ADDRESS .* and not both/],
    [{ ...GIVEN, IMAP_URL: 'mail.example.com' }, /IMAP_URL is no address of a mailbox/],
    [{ ...GIVEN, IMAP_URL: 'imaps://mail.example.com' }, /IMAP_URL lacks the name or the password/],
    [{ ...GIVEN, IMAP_URL: `${IMAP} imaps://a:%zz@host` }, /IMAP_URL has a % that is no encoded character/],
    [{ ...GIVEN, SMTP_URL: 'mail.example.com:587' }, /SMTP_URL is not the address of a mail server/],
    [{ ...GIVEN, SMTP_URL: 'smtp://' }, /SMTP_URL is not the address of a mail server/],
    [{ ...GIVEN, SMTP_URL: `${SMTP}?tls=no` }, /SMTP_URL says tls=no.*\?tls=optional/],
    [{ ...GIVEN, IMAP_URL: `${IMAP}?tls=off` }, /IMAP_URL says tls=off/],
    [{ ...GIVEN, MAIL_DOMAIN: '@pods.example.com' }, /MAIL_DOMAIN is not a domain/],
    [{ ...GIVEN, MAIL_DOMAIN: 'localhost' }, /MAIL_DOMAIN is not a domain/],
    [
      { IMAP_URL: IMAP, SMTP_URL: SMTP, MAIL_ADDRESS: 'skein+x@example.com' },
      /MAIL_ADDRESS is not an address without a plus/,
    ],
    [{ IMAP_URL: IMAP, SMTP_URL: SMTP, MAIL_ADDRESS: 'example.com' }, /MAIL_ADDRESS is not an address/],
    [{ ...GIVEN, MAIL_AUTHSERV_ID: 'mx; dmarc=pass' }, /MAIL_AUTHSERV_ID is not the name of a mail server/],
    [{ ...GIVEN, MAIL_DKIM_SELECTOR: 'skein' }, /MAIL_DKIM_KEY .* and MAIL_DKIM_SELECTOR go together/],
    [{ ...GIVEN, MAIL_DKIM_KEY: '/nowhere', MAIL_DKIM_SELECTOR: 'skein' }, /names a file that can not be read/],
    [{ MAIL_AUTHSERV_ID: 'mx.example.com' }, /IMAP_URL is missing/],
  ];
  for (const [env, told] of refused)
    it(`refuse ${JSON.stringify(env).slice(0, 70)} with a sentence that has no password in it`, () => {
      const { settings, faults } = read(env);
      expect(faults.join('\n')).to.match(told).and.not.to.contain('hunter2secret');
      expect(settings).to.deep.equal({ kind: 'off' });
    });

  it('refuse a file that holds no private key, and tell nothing of what it holds', () => {
    const env = { ...GIVEN, MAIL_DKIM_KEY: join(dir, 'public.pem'), MAIL_DKIM_SELECTOR: 'skein' };
    expect(read(env).faults).to.deep.equal(['MAIL_DKIM_KEY names a file that holds no private key in PEM form.']);
  });

  it('tell all their faults at once', () => {
    const env = { MAIL_AUTHSERV_ID: ' ', MAIL_DKIM_KEY: 'x', SMTP_URL: 'x' };
    expect(read(env).faults).to.have.length(4);
    expect(MAIL_NAMES).to.include.members(Object.keys(env));
  });
});
