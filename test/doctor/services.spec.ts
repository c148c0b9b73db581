// The checks of mail as the doctor runs them: a real SMTP server with a login, and a real name server.
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { SMTPServer } from 'smtp-server';
import type { MailboxSettings } from '../../src/config/mail.ts';
import { type Checked, runCheck } from '../../src/doctor/check.ts';
import { mailChecks, modelChecks, slackChecks, toolChecks } from '../../src/doctor/services.ts';
import { systemDns } from '../../src/email/send/check-dns.ts';
import { blackHole } from '../black-hole.ts';
import { nameServer } from '../email/dns.ts';
import { aServer } from '../tools/mcp-builders.ts';

const tools = { now: () => 0, clean: (text: string) => text };
const privateKey = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

const mailbox = (over: Partial<MailboxSettings>): MailboxSettings => ({
  kind: 'mailbox',
  accounts: [],
  smtpUrl: 'smtp://127.0.0.1:9',
  home: { kind: 'mailbox', local: 'skein', domain: 'pods.test' },
  ...over,
});

async function mail(over: Partial<MailboxSettings>, within?: number, servers?: string[]): Promise<Checked[]> {
  const checks = mailChecks(mailbox(over), () => systemDns(servers));
  const limited = checks.map((check) => (within === undefined ? check : { ...check, within }));
  return (await Promise.all(limited.map((check) => runCheck(tools, check)))).flat();
}

describe('the checks of mail', () => {
  describe('at a real SMTP server', () => {
    let server: SMTPServer;
    let port: number;
    before(async () => {
      server = new SMTPServer({
        authOptional: false,
        allowInsecureAuth: true,
        disabledCommands: ['STARTTLS'],
        onAuth: ({ username, password }, _session, done) =>
          username === 'ada' && password === 'right' ? done(null, { user: 'ada' }) : done(new Error('no')),
      });
      server.on('error', () => {});
      server.listen(0, '127.0.0.1');
      await once(server.server, 'listening');
      port = (server.server.address() as AddressInfo).port;
    });
    after(() => new Promise<void>((resolve) => server.close(() => resolve())));

    it('are content with the right password', async () => {
      const [smtp] = await mail({ smtpUrl: `smtp://ada:right@127.0.0.1:${port}` });
      expect(smtp).to.deep.include({ kind: 'ok', part: 'SMTP', says: `127.0.0.1:${port} takes the login.` });
    });

    it('say that the password is wrong, and not what it is', async () => {
      const [smtp] = await mail({ smtpUrl: `smtp://ada:wrong-one@127.0.0.1:${port}` });
      expect(smtp).to.deep.include({ kind: 'fault', says: 'The mail server refuses the name or the password.' });
      expect(JSON.stringify(smtp))
        .to.match(/SMTP_URL/)
        .and.not.include('wrong-one');
    });
  });

  it('end in time at servers that never say a word, and leave no connection open', async () => {
    const hole = await blackHole();
    const account = {
      name: 'mail',
      host: '127.0.0.1',
      port: hole.port,
      secure: false,
      user: 'a',
      password: 'b',
      folder: 'INBOX',
    };
    const found = await mail({ smtpUrl: `smtp://127.0.0.1:${hole.port}`, accounts: [account] }, 150);
    expect(found.map(({ kind, part }) => `${part} ${kind}`)).to.deep.equal(['IMAP fault', 'SMTP fault']);
    for (const { says, cure } of found) {
      expect(says).to.equal('There was no answer within 0.15 seconds.');
      expect(cure).to.match(/IMAP_URL|SMTP_URL/);
    }
    await hole.close();
  });

  it('ask the DNS for a domain of ours, and for the key that signs', async () => {
    const dns = await nameServer({ 'pods.test': ['mx10 mx.test'] });
    const home = { kind: 'domain', domain: 'pods.test' } as const;
    const dkim = { domain: 'pods.test', selector: 's1', privateKey };
    const found = await mail({ home, dkim }, undefined, [dns.address]);
    await dns.stop();
    const told = found.map(({ part, kind }) => `${part} ${kind}`);
    expect(told).to.deep.equal(['SMTP fault', 'DNS ok', 'DNS warning', 'DNS warning', 'DKIM fault']);
  });

  it('end in time at a name server that says nothing', async () => {
    const dns = await nameServer({ 'pods.test': 'silent', '_dmarc.pods.test': 'silent' });
    const home = { kind: 'domain', domain: 'pods.test' } as const;
    const found = await mail({ home }, 100, [dns.address]);
    expect(found.find(({ part }) => part === 'DNS')).to.deep.include({ kind: 'fault' });
    await dns.stop();
  });

  it('leave the DNS of a provider alone', async () => {
    expect((await mail({})).map(({ part }) => part)).to.deep.equal(['SMTP']);
  });
});

describe('the checks of services that never answer', () => {
  it('end in time, and say which part it was', async () => {
    const hole = await blackHole();
    const url = `http://127.0.0.1:${hole.port}`;
    const checks = [
      ...slackChecks(
        { kind: 'socket', botToken: 'xoxb-1', appToken: 'xapp-1', apiUrl: `${url}/api/` },
        { home: '/nowhere' },
      ),
      ...modelChecks({ kind: 'anthropic', apiKey: 'sk-1', baseUrl: url }, ['a', 'b']),
      ...toolChecks([aServer({ enabled: false }), aServer({ script: 'setInterval(() => {}, 1000)' })]),
    ];
    const found = await Promise.all(checks.map((check) => runCheck(tools, { ...check, within: 150 })));
    expect(found.flat().map(({ part, kind }) => `${part} ${kind}`)).to.deep.equal([
      ...['Slack token fault', 'Slack socket fault', 'Model fault', 'Model fault', 'Tools ok', 'Tools fault'],
    ]);
    await hole.close();
  });

  it('say what was not tried where Slack posts and PUBLIC_URL is not set', async () => {
    const http = {
      kind: 'http',
      botToken: 'xoxb-1',
      signingSecret: 'abcdef0123456789',
      apiUrl: 'http://127.0.0.1:9/api/',
    } as const;
    const [, events] = slackChecks(http, { home: '/nowhere' });
    expect(events && (await runCheck(tools, events))).to.have.nested.property('[0].kind', 'warning');
  });
});
