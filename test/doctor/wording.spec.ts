// The doctor's sentences about its findings: settings, machine, Slack, mail, server.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect } from 'chai';
import { readConfig, surveyConfig } from '../../src/config/config.ts';
import { directoryFinding, mongoFinding, nodeFinding } from '../../src/doctor/machine.ts';
import { dkimFinding, domainFindings, imapFinding, smtpFinding } from '../../src/doctor/mail.ts';
import { withoutSecrets } from '../../src/doctor/secrets.ts';
import { queueFindings, type ServerChecked, serverFinding, serverStoreFinding } from '../../src/doctor/server.ts';
import { faultyParts, manifestFault, settingsFindings, wiringOf } from '../../src/doctor/settings.ts';
import { reasonsIn, scopesFinding, scopesWanted } from '../../src/doctor/slack.ts';

const HOME = resolve(import.meta.dirname, '../..');
const file = (path: string) => readFileSync(resolve(HOME, path), 'utf8');
const survey = (env: Record<string, string>) => surveyConfig(env, '/nowhere');

describe('what the doctor says of settings', () => {
  it('is all faults at once, in the words of the start', () => {
    const env = { SLACK_BOT_TOKEN: 'xoxp-1', PORT: 'ten', MONGODB_URI: 'localhost', MAIL_DOMAIN: 'pods.test' };
    const { faults, config } = survey(env);
    const [found] = settingsFindings(faults, config.notes);
    expect(found).to.deep.include({
      kind: 'fault',
      says: `${faults.length} settings need mending; Skein can't start.`,
    });
    for (const fault of faults) {
      expect(found?.cure).to.include(fault);
      expect(() => readConfig(env, '/nowhere')).to.throw(fault);
    }
    expect([...faultyParts(faults)].sort()).to.deep.equal(['mail', 'slack', 'store', 'web']);
  });

  it('names the parts that each faulty setting belongs to', () => {
    const partsOf = (env: Record<string, string>) => [...faultyParts(survey(env).faults)];
    expect(partsOf({})).to.deep.equal([]);
    expect(partsOf({ SLACK_API_URL: 'http://127.0.0.1/api/' })).to.deep.equal(['slack']);
    expect(partsOf({ ANTHROPIC_BASE_URL: 'https://x.test' })).to.deep.equal(['model']);
    expect(partsOf({ MONGO_URL: 'x' })).to.deep.equal(['store']);
    expect(partsOf({ slack_token: 'x', CLAUDE_API_KEY: 'x' })).to.deep.equal(['slack', 'model']);
    expect(partsOf({ SKEIN_MODEL: 'no model' })).to.deep.equal(['model']);
    expect(partsOf({ IMAP_URL: 'imaps://a:b@c', SMTP_URL: 'smtp://c' })).to.deep.equal(['mail']);
    expect(partsOf({ PUBLIC_URL: 'skein.test' })).to.deep.equal(['web']);
  });

  it('is a warning for each name that nobody reads', () => {
    const { faults, config } = survey({ SKEIN_MODLE: 'x', SKEIN_SECRET: 'a'.repeat(32) });
    const [first, ...notes] = settingsFindings(faults, config.notes);
    expect(first?.kind).to.equal('ok');
    expect(notes).to.deep.equal([
      {
        kind: 'warning',
        says: 'SKEIN_MODLE is set, which Skein does not read.',
        cure: 'Did you mean SKEIN_MODEL?',
      },
      {
        kind: 'warning',
        says: 'SKEIN_SECRET is set, but this version stores no tokens yet: it is not used.',
        cure: 'Take it out of the settings.',
      },
    ]);
  });

  it('leaves the missing mailbox to the line of mail', () => {
    const { faults, config } = survey({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' });
    expect(config.notes.join()).to.include('No mailbox');
    expect(settingsFindings(faults, config.notes)).to.have.length(1);
  });

  it('has a line for each faulty manifest', () => {
    expect(manifestFault(['a.yaml: one.', 'b.yaml: two.'])).to.deep.equal({
      kind: 'fault',
      says: "Skein can't start.",
      cure: 'a.yaml: one.\nb.yaml: two.',
    });
  });
});

describe('secrets', () => {
  it('are cut out of every text, as they are written and as they are meant', () => {
    const clean = withoutSecrets({
      SLACK_BOT_TOKEN: ' "xoxb-secret" ',
      SLACK_SIGNING_SECRET: 'abcdef0123456789',
      ANTHROPIC_API_KEY: 'sk-ant-1',
      IMAP_URL: 'imaps://ada:p%40ss-one@a.test/INBOX imaps://ben:pass-two@b.test',
      SMTP_URL: 'smtp://ada:p%40ss-one@a.test',
      MONGODB_URI: 'mongodb://skein:m0ngo@h1:27017,h2:27017/skein',
      PORT: '3000',
    });
    const told = 'xoxb-secret abcdef0123456789 sk-ant-1 p%40ss-one p@ss-one pass-two m0ngo 3000 ada';
    expect(clean(told)).to.equal(`${'[secret] '.repeat(7)}3000 ada`);
  });
});

describe('what the doctor says of the machine', () => {
  for (const [version, wanted, kind] of [
    ['20.19.0', '>=20.19', 'ok'],
    ['20.18.3', '>=20.19', 'fault'],
    ['22.0.0', '>=20.19', 'ok'],
    ['18.20.1', '>=20.19', 'fault'],
    ['20.19.0', '>=20.19.1', 'fault'],
  ] as const)
    it(`is ${kind} for Node ${version} where ${wanted} is needed`, () => {
      expect(nodeFinding(version, wanted).kind).to.equal(kind);
    });

  it('counts the room that is left', () => {
    const of = (freeBytes: number, more = {}) => directoryFinding('/data', { absent: false, freeBytes, ...more });
    expect(of(2 ** 34)).to.deep.equal({ kind: 'ok', says: '/data (not in use, 16 GB free)' });
    expect(of(2 ** 34, { holder: 12 }).says).to.include('in use by process 12');
    expect(of(2 ** 34, { absent: true }).says).to.include('made at the first start');
    expect(of(2 ** 29)).to.deep.include({ kind: 'warning', says: '/data has only 512 MB left.' });
    expect(of(2 ** 20)).to.deep.include({ kind: 'fault', says: '/data has only 1 MB left.' });
  });

  it('warns of a MongoDB that stands alone or is slow', () => {
    const set = { kind: 'replica set', name: 'rs0', members: 3 } as const;
    const of = (shape: Parameters<typeof mongoFinding>[0]['shape'], majorityMs: number) =>
      mongoFinding({ shape, version: '8.0.4', majorityMs });
    expect(of(set, 7)).to.deep.equal({
      kind: 'ok',
      says: '8.0.4, replica set rs0 of 3; most servers had a write after 7 ms',
    });
    expect(of(set, 2500).kind).to.equal('warning');
    expect(of({ kind: 'single server' }, 7)).to.deep.include({ kind: 'warning' });
    expect(of({ kind: 'sharded cluster' }, 7).kind).to.equal('ok');
  });
});

describe('what the doctor says of scopes', () => {
  const wanted = scopesWanted(file('slack-app-manifest.yaml'));
  const reasons = reasonsIn(file('docs/slack.md'));

  it('has a reason in docs/slack.md for every scope of the manifest', () => {
    expect(wanted).to.have.length.greaterThan(10);
    expect(wanted.filter((scope) => !reasons.has(scope))).to.deep.equal([]);
  });

  it('names each missing one with its reason, and how to install the app again', () => {
    const found = scopesFinding(
      wanted.filter((scope) => !['files:read', 'users:read.email'].includes(scope)),
      wanted,
      reasons,
    );
    expect(found).to.deep.include({ kind: 'fault', part: 'Slack scopes', says: '2 are missing.' });
    const [files, email, cure] = found.cure?.split('\n') ?? [];
    expect(files).to.equal('files:read: read the files that people share with it');
    expect(email).to.match(/^users:read\.email: .*one$/);
    expect(cure).to.match(/OAuth & Permissions.*Reinstall/);
  });

  it('is content with all of them and more, and says when it can not know', () => {
    expect(scopesFinding([...wanted, 'team:read'], wanted, reasons).kind).to.equal('ok');
    expect(scopesFinding(undefined, wanted, reasons).kind).to.equal('warning');
  });
});

describe('what the doctor says of mail', () => {
  it('warns of a mailbox that announces nothing', () => {
    const found = { folder: 'INBOX', messages: 1 };
    expect(imapFinding('m.test', { ...found, idle: 'works' })).to.deep.equal({
      kind: 'ok',
      says: 'm.test opens INBOX (1 mail) and announces new mail at once (IDLE).',
    });
    expect(imapFinding('m.test', { ...found, idle: 'missing' }).kind).to.equal('warning');
    expect(imapFinding('m.test', { ...found, idle: 'refused' }).says).to.include('IDLE was refused');
  });

  it('never shows the password of the way out', () => {
    expect(smtpFinding('smtp://ada:secret@m.test:587').says).to.equal('m.test:587 takes the login.');
    expect(smtpFinding('smtp://m.test:587').says).to.equal('m.test:587 answers; no login is set.');
  });

  it('gives the record to add for each that is missing', () => {
    const findings = domainFindings('pods.test', { mx: [] });
    expect(findings.map(({ kind }) => kind)).to.deep.equal(['warning', 'warning', 'warning']);
    expect(findings.map(({ cure }) => /: (\S+) (MX|TXT)/.exec(cure ?? '')?.slice(1))).to.deep.equal([
      ['pods.test.', 'MX'],
      ['pods.test.', 'TXT'],
      ['_dmarc.pods.test.', 'TXT'],
    ]);
    const all = domainFindings('pods.test', { mx: ['mx.test'], spf: 'v=spf1 -all', dmarc: 'v=DMARC1; p=none' });
    expect(all.map(({ kind }) => kind)).to.deep.equal(['ok', 'ok', 'ok']);
  });

  it('tells a key that is not published from another one', () => {
    const about = { name: 's1._domainkey.pods.test', record: 'v=DKIM1; k=rsa; p=AAA' };
    expect(dkimFinding({ kind: 'same', ...about }).kind).to.equal('ok');
    for (const kind of ['absent', 'other'] as const)
      expect(dkimFinding({ kind, ...about }))
        .to.have.property('cure')
        .that.includes(`${about.name}. TXT "${about.record}"`);
  });
});

describe('what the doctor says of the server', () => {
  const wiring = wiringOf(survey({}).config);
  const checked: ServerChecked = {
    ...{ version: '1.0.0', pid: 12, age: 0, wiring },
    store: { kind: 'fails', reason: 'the disk is full' },
    queues: {
      inbox: { waiting: 2, aside: 0, more: false },
      outbox: { waiting: 200, aside: 1, more: true },
    },
  };
  const here = { version: '1.0.0', wiring, since: '5 min' };

  it('notices another version and other settings', () => {
    expect(serverFinding(checked, here)).to.deep.equal({ kind: 'ok', says: '1.0.0, process 12, running for 5 min' });
    expect(serverFinding(checked, { ...here, version: '1.1.0' })).to.deep.include({ kind: 'warning' });
    const other = { ...here, wiring: { ...wiring, store: 'mongo' as const } };
    expect(serverFinding(checked, other).says).to.include('store is embedded there and mongo here');
  });

  it('passes on that its store fails', () => {
    const found = serverStoreFinding(checked, () => ({ kind: 'ok', says: 'fine' }));
    expect(found).to.deep.include({ kind: 'fault', says: "The server can't use its store: the disk is full" });
  });

  it('counts what waits and names the command for what lies aside', () => {
    const [inbox, outbox] = queueFindings(checked);
    expect(inbox).to.deep.equal({ kind: 'ok', part: 'Inbox', says: '2 waiting, 0 aside.' });
    expect(outbox).to.deep.include({ kind: 'warning', part: 'Outbox', says: '200 or more waiting, 1 aside.' });
    expect(outbox?.cure).to.include('skein outbox retry');
  });
});
