// A real mailbox on a real Dovecot, and a real SMTP server to send through: mail as it is once it is connected.
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { authenticate } from 'mailauth';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { ANSWER_WITHIN_MS } from '../../src/outbox/mail/acknowledgement.ts';
import { type StandInModel, startStandInModel } from '../../src/practice/model/server.ts';
import { type Dovecot, hasDovecot, startDovecot, until } from '../email/receive/dovecot.ts';
import { aMail, forwarding } from './mails.ts';
import { aTeam, type Team } from './team.ts';

const ADA = 'ada@wildgoose.example';
const given = hasDovecot();
const needs = given ? '' : ' (needs Dovecot)';

interface Sent {
  from: string;
  to: string[];
  raw: Buffer;
  mail: ParsedMail;
}

(given ? describe : describe.skip)(`a mailbox that is connected${needs}`, () => {
  let dovecot: Dovecot;
  let smtp: SMTPServer;
  let model: StandInModel;
  let sent: Sent[];
  let team: Team;
  let dir: string;
  let publicKey: string;

  before(async () => {
    dovecot = await startDovecot();
    dir = await mkdtemp(join(tmpdir(), 'skein-mailbox-'));
    const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
    writeFileSync(join(dir, 'dkim.pem'), keys.privateKey.export({ type: 'pkcs8', format: 'pem' }));
    publicKey = keys.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      disableReverseLookup: true,
      logger: false,
      async onData(stream, { envelope }, done) {
        const chunks: Buffer[] = [];
        for await (const chunk of stream) chunks.push(chunk as Buffer);
        const raw = Buffer.concat(chunks);
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        sent.push({ from, to: envelope.rcptTo.map(({ address }) => address), raw, mail: await simpleParser(raw) });
        done(null, 'taken');
      },
    });
    model = await startStandInModel();
    smtp.listen(0, '127.0.0.1');
    await once(smtp.server, 'listening');
  });
  after(async () => {
    await new Promise<void>((done) => smtp.close(done));
    await model.stop();
    await dovecot.stop();
    await rm(dir, { recursive: true, force: true });
  });
  beforeEach(async () => {
    sent = [];
    for (const user of ['pods', 'other']) await dovecot.doveadm('expunge', '-u', user, 'mailbox', 'INBOX', 'all');
    await dovecot.deliver(proved(aMail({ from: ADA, to: POD, subject: 'Older than Skein', id: 'old' })));
    team = await aTeam({
      IMAP_URL: `imap://pods:secret@127.0.0.1:${dovecot.port} imap://other:secret@127.0.0.1:${dovecot.port}/INBOX`,
      SMTP_URL: `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`,
      ANTHROPIC_API_KEY: 'sk-mailbox',
      ANTHROPIC_BASE_URL: model.url,
      MAIL_ADDRESS: 'pods@pods.test',
      MAIL_AUTHSERV_ID: 'mx.pods.test',
      MAIL_DKIM_KEY: join(dir, 'dkim.pem'),
      MAIL_DKIM_SELECTOR: 'skein',
    });
    await listening(2);
  });
  afterEach(() => team.stop());

  const POD = 'pods+launch@pods.test';
  /** As the mail server writes on top of what it has checked. */
  const proved = (raw: string, id = 'mx.pods.test') =>
    Buffer.from(
      `Return-Path: <${ADA}>\r\nDelivered-To: pods@pods.test\r\nAuthentication-Results: ${id}; dmarc=pass header.from=wildgoose.example\r\n${raw}`,
    );
  const listening = (times: number) =>
    until(() => team.lines.filter((line) => line.includes('mailbox open')).length >= times);
  /** Also those that an agent has done meanwhile. */
  const tasks = async () => {
    const { tasks: all } = await asAda<{ tasks: { title: string }[] }>('list_tasks', { state: 'all' });
    return all.map(({ title }) => title).join('\n');
  };
  const becomes = (title: string) => until(async () => (await tasks()).includes(title));
  const toAda = () => sent.filter(({ to }) => to.includes(ADA));

  it('takes a mail, makes a task of it and answers through SMTP, signed', async () => {
    const raw = forwarding({ from: ADA, to: POD, subject: 'Fwd: Rye flour', above: 'Which tasks are open here?' });
    await dovecot.deliver(proved(raw));
    await becomes('Rye flour');
    await until(() => toAda().length === 1);
    const [ack] = toAda();
    expect(ack?.mail.text).to.contain('I have taken this on').and.to.contain('Stand-in model');
    expect(ack?.from, 'a bounce of the answer finds its way').to.equal('pods+launch.pilot@pods.test');
    for (const { mail, raw: bytes } of ack ? [ack] : []) {
      expect(mail.replyTo?.value[0]?.address).to.match(/^pods\+launch\.re-[0-9a-z]{25}@pods\.test$/);
      expect(mail.from?.value[0]?.address).to.equal('pods+launch.pilot@pods.test');
      expect(mail.inReplyTo).to.equal('<fwd-1@wildgoose.example>');
      expect(mail.headers.get('auto-submitted')).to.equal('auto-replied');
      expect(mail.headers.get('x-auto-response-suppress')).to.equal('All');
      expect(mail.headers.has('precedence')).to.equal(false);
      const { dkim } = await authenticate(bytes, {
        resolver: async (name, type) => {
          if (type === 'TXT' && name === 'skein._domainkey.pods.test') return [[`v=DKIM1; k=rsa; p=${publicKey}`]];
          throw Object.assign(new Error('none'), { code: 'ENOTFOUND' });
        },
        disableArc: true,
        disableBimi: true,
      });
      expect(dkim.results.map(({ status }) => [status.result, Boolean(status.aligned)])).to.deep.equal([
        ['pass', true],
      ]);
    }
    expect(await tasks(), 'what lay there before the first start is left alone').not.to.contain('Older than Skein');
    const reply = aMail({
      ...{ from: ADA, to: 'pods+launch.pilot@pods.test', subject: 'Re: Rye flour', id: 'r-1', text: 'done' },
      headers: [`In-Reply-To: ${ack?.mail.messageId}`],
    });
    await dovecot.deliver(proved(reply));
    await until(async () => !(await team.command('ada', 'launch', '/skein tasks')).includes('Rye flour'));
  });

  it('sends an acknowledgement alone where no answer comes within the wait, from nobody whom a machine could answer', async () => {
    model.faults.next('stall_before_headers');
    const raw = aMail({ from: ADA, to: POD, subject: 'Slow rye', text: 'Which tasks are open here?', id: 'slow-1' });
    await dovecot.deliver(proved(raw));
    await becomes('Slow rye');
    await until(() => model.requests.length > 0);
    expect(toAda(), 'it waits for the answer').to.deep.equal([]);
    await team.post('/practice/clock', { advance: ANSWER_WITHIN_MS / 1_000 });
    await until(() => toAda().length === 1);
    const [ack] = toAda();
    expect(ack?.mail.text).to.contain('I have taken this on').and.not.to.contain('Stand-in model');
    expect(ack?.from, 'nothing may answer an acknowledgement').to.equal('');
    expect(ack?.mail.replyTo?.value[0]?.address).to.match(/^pods\+launch\.re-[0-9a-z]{25}@pods\.test$/);
    expect(ack?.mail.headers.get('auto-submitted')).to.equal('auto-replied');
  });

  it('believes no other server’s word about a sender, and its own only on top', async () => {
    const mails = [
      aMail({ from: ADA, to: POD, subject: 'Said by nobody', id: 'f-1' }),
      proved(aMail({ from: ADA, to: POD, subject: 'Said by another', id: 'f-2' }), 'mx.evil.example').toString(),
      `Received: by mx.pods.test\r\nFrom: ${ADA}\r\n${proved(
        aMail({ from: ADA, to: POD, subject: 'Said below', id: 'f-3' }),
      )
        .toString()
        .replace(`\r\nFrom: ${ADA}`, '')}`,
    ];
    for (const raw of mails) await dovecot.deliver(Buffer.from(raw));
    await dovecot.deliver(proved(aMail({ from: ADA, to: POD, subject: 'Said by ours', id: 'f-4' })));
    await becomes('Said by ours');
    await until(async () => (await held()).length === 3);
    expect((await held()).sort()).to.deep.equal(['Said below', 'Said by another', 'Said by nobody']);
    expect(toAda().filter(({ mail }) => !mail.subject?.includes('ours'))).to.deep.equal([]);
  });

  it('takes what comes while the server is started again in mid-work, each once', async () => {
    for (let n = 0; n < 6; n++) {
      await dovecot.deliver(proved(aMail({ from: ADA, to: POD, subject: `Loaf ${n}`, id: `l-${n}` })));
      if (n === 2) {
        const before = team.lines.filter((line) => line.includes('mailbox open')).length;
        await dovecot.kill();
        await dovecot.start();
        await listening(before + 2);
      }
    }
    for (let n = 0; n < 6; n++) await becomes(`Loaf ${n}`);
    await team.quiet();
    expect((await tasks()).match(/Loaf \d/g)?.sort()).to.deep.equal([0, 1, 2, 3, 4, 5].map((n) => `Loaf ${n}`));
  });

  it('goes on where it was after a time away, whatever was taken out of the mailbox meanwhile', async () => {
    await dovecot.deliver(proved(aMail({ from: ADA, to: POD, subject: 'Before', id: 'w-1' })));
    await becomes('Before');
    await team.away(async () => {
      await dovecot.deliver(proved(aMail({ from: ADA, to: POD, subject: 'Withdrawn', id: 'w-2' })));
      await dovecot.deliver(proved(aMail({ from: ADA, to: POD, subject: 'Waiting', id: 'w-3' })));
      await dovecot.doveadm('expunge', '-u', 'pods', 'mailbox', 'INBOX', 'subject', 'Withdrawn');
    });
    await becomes('Waiting');
    await team.quiet();
    expect((await tasks()).match(/Before|Withdrawn|Waiting/g)?.sort()).to.deep.equal(['Before', 'Waiting']);
  });

  it('is one of several: the same mail in both is one task', async () => {
    const raw = proved(aMail({ from: ADA, to: POD, subject: 'In both', id: 'b-1' }));
    await dovecot.deliver(raw);
    await dovecot.deliver(Buffer.concat([Buffer.from('Delivered-To: other@pods.test\r\n'), raw]), 'INBOX', 'other');
    await dovecot.deliver(proved(aMail({ from: ADA, to: POD, subject: 'In the other', id: 'b-2' })), 'INBOX', 'other');
    await becomes('In both');
    await becomes('In the other');
    await team.quiet();
    expect((await tasks()).match(/In both/g)).to.have.length(1);
  });

  async function held(): Promise<string[]> {
    const { mails } = await asAda<{ mails: { subject: string }[] }>('list_held_mails', {});
    return mails.map(({ subject }) => subject);
  }

  async function asAda<T>(action: string, input: object): Promise<T> {
    const { users, channels } = await team.get<{
      users: { id: string; email: string }[];
      channels: { id: string; name: string }[];
    }>('/practice/state');
    const as = users.find(({ email }) => email === ADA)?.id;
    const channel = channels.find(({ name }) => name === 'launch')?.id;
    const { id } = await team.get<{ id: string }>(`/practice/pod?as=${as}&channel=${channel}`);
    return team.post<T>('/practice/act', { as, pod: id, action, input });
  }
});
