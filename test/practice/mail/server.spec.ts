// The practice mail server over SMTP and over HTTP: what is for people lies in their mailboxes, the rest goes to Skein's door.
import { on, once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import express from 'express';
import { createTransport } from 'nodemailer';
import { startSmtpReceiver } from '../../../src/email/receive/receive-smtp.ts';
import { InvalidInput, Retryable } from '../../../src/errors.ts';
import { mailRouter } from '../../../src/practice/mail/routes.ts';
import { type PracticeMail, startPracticeMail } from '../../../src/practice/mail/server.ts';
import { aMail, silent } from '../../email/build.ts';
import { refusal } from '../../pods/build.ts';
import { fillDisk } from '../full-disk.ts';

const ADA = 'ada@example.org';
const POD = 'launch@pods.test';

describe('the practice mail server', () => {
  let dir: string;
  let mail: PracticeMail;
  let came: { raw: string; to: string[] }[];
  const undo: (() => Promise<unknown>)[] = [];
  const start = () => startPracticeMail({ dir, domain: 'pods.test', clock: () => 5, logger: silent });
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'skein-mail-'));
    came = [];
    mail = await start();
    undo.push(() => mail.stop());
  });
  afterEach(async () => {
    for (const step of undo.splice(0).reverse()) await step();
    rmSync(dir, { recursive: true });
  });

  async function door(ingest?: (n: number) => void): Promise<void> {
    const receiver = await startSmtpReceiver({
      logger: silent,
      async ingest(raw, { rcptTo = [] }) {
        came.push({ raw: Buffer.from(raw).toString(), to: rcptTo });
        ingest?.(came.length);
      },
    });
    undo.push(receiver.stop);
    mail.begin(receiver.port);
  }

  async function http(): Promise<string> {
    const server = express().use(mailRouter(mail)).listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    undo.push(() => new Promise((done) => server.close(done)));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/mail`;
  }
  const look = async (url: string) => (await (await fetch(url)).json()) as Record<string, unknown>[];

  it('brings a pod’s mail to Skein, stamped, and keeps the rest in mailboxes', async () => {
    await door();
    await mail.post({ from: ADA, to: [POD, 'ben@example.org'], raw: aMail() });
    expect(came.map(({ to }) => to)).to.deep.equal([[POD]]);
    expect(came[0]?.raw).to.match(
      /^Return-Path: <ada@example.org>\r\nAuthentication-Results: mx\.practice; dmarc=pass/,
    );
    await mail.post({ from: ADA, to: ['ben@example.org'], raw: aMail() });
    expect(came).to.have.length(1);
    expect(mail.mails().map(({ raw }) => raw.toString().startsWith('From'))).to.deep.equal([false, true]);
  });

  it('takes mail over SMTP, as Skein sends it', async () => {
    const transport = createTransport({ url: mail.smtpUrl });
    undo.push(async () => transport.close());
    await transport.sendMail({ envelope: { from: '', to: ADA }, raw: aMail() });
    expect(mail.mails()).to.have.length(1);
    expect(mail.mails()[0]).to.deep.include({ from: '', to: [ADA], at: 5 });
  });

  it('asks the sender to come again when the disk is full, tells the driver, and stays', async () => {
    const transport = createTransport({ url: mail.smtpUrl });
    undo.push(async () => transport.close());
    const makeRoom = fillDisk();
    try {
      const bounced = await refusal(transport.sendMail({ envelope: { from: '', to: ADA }, raw: aMail() }));
      expect(bounced).to.include({ responseCode: 452 });
      expect((await refusal(mail.post({ from: ADA, to: [POD], raw: aMail() }))).message).to.match(/^The disk is full/);
    } finally {
      makeRoom();
    }
    expect(mail.mails()).to.deep.equal([]);
    await transport.sendMail({ envelope: { from: '', to: ADA }, raw: aMail() });
    expect(mail.mails()).to.have.length(1);
  });

  it('tries on until Skein has it, also after a start of its own', async () => {
    const posting = mail.post({ from: ADA, to: [POD], raw: aMail() });
    await mail.stop();
    await posting;
    expect(mail.mails().map(({ handed }) => handed)).to.deep.equal([false]);
    mail = await start();
    await door((n) => {
      if (n === 1) throw new Retryable('not now');
    });
    const waits = async () => {
      while (mail.mails().some(({ handed }) => !handed)) await new Promise((done) => setTimeout(done, 10));
    };
    await waits();
    expect(came).to.have.length(2);
    expect(came[1]?.raw).to.equal(came[0]?.raw);
  });

  /** A sender that is gone in the middle of a mail. */
  async function breakOff(port: number): Promise<void> {
    const socket = connect(port, '127.0.0.1');
    const said = async (start: string) => {
      for await (const [line] of on(socket, 'data')) if (String(line).startsWith(start)) return;
    };
    await said('220');
    for (const [line, answer] of [
      ['HELO x', '250'],
      [`MAIL FROM:<${ADA}>`, '250'],
      [`RCPT TO:<${POD}>`, '250'],
      ['DATA', '354'],
    ] as const) {
      const answered = said(answer);
      socket.write(`${line}\r\n`);
      await answered;
    }
    socket.write('Subject: cut off\r\n');
    socket.destroy();
    await once(socket, 'close');
  }

  it('takes nothing of a mail that was cut off, and waits for none when it stops; nor does Skein’s own door', async () => {
    await breakOff(Number(new URL(mail.smtpUrl).port));
    const receiver = await startSmtpReceiver({ logger: silent, ingest: () => Promise.reject(new Error('a cut mail')) });
    await breakOff(receiver.port);
    await receiver.stop();
    await mail.stop();
    expect(mail.mails()).to.deep.equal([]);
  });

  it('tells what Skein refuses for good', async () => {
    await door(() => {
      throw new InvalidInput('No such thing.');
    });
    const error = await refusal(mail.post({ from: ADA, to: [POD], raw: aMail() }));
    expect(error).to.be.instanceOf(InvalidInput);
    expect(error.message).to.contain('No such thing.');
  });

  it('is written to and looked into over HTTP, by what was sent and what came', async () => {
    await door();
    const url = await http();
    const raw = aMail().toString().replaceAll('\r\n', '\n');
    const query = new URLSearchParams({ from: ADA, to: `${POD},ben@example.org`, auth: 'fail' });
    const sent = await fetch(`${url}?${query}`, { method: 'POST', body: raw });
    expect(await sent.json()).to.deep.equal({ n: 1 });
    expect(came[0]?.raw)
      .to.contain('dmarc=fail')
      .and.to.match(/Subject: The list\r\n/);
    const [shown] = await look(`${url}?to=BEN@example.org`);
    expect(shown).to.deep.include({ n: 1, subject: 'The list', messageId: '<m1@example.org>', attachments: [] });
    expect(await look(`${url}?from=${ADA}`)).to.have.length(1);
    expect(await look(`${url}?to=carl@example.org`)).to.deep.equal([]);
  });

  for (const [what, query, body] of [
    ['without a recipient', 'from=a@b.c&to=', 'x'],
    ['from what is no address', 'from=ada&to=a@b.c', 'x'],
    ['with an unknown check', 'from=a@b.c&to=a@b.c&auth=maybe', 'x'],
    ['with nothing in it', 'from=a@b.c&to=a@b.c', ''],
  ] as const)
    it(`refuses a mail ${what} with a sentence`, async () => {
      const response = await fetch(`${await http()}?${query}`, { method: 'POST', body });
      expect(response.status).to.equal(400);
      expect(((await response.json()) as { error: string }).error)
        .to.be.a('string')
        .with.length.above(10);
    });

  it('shows a mail that is too large or too tangled by its head', async () => {
    const url = await http();
    const huge = Buffer.concat([aMail(), Buffer.alloc(3_000_000, 'x')]);
    await mail.post({ from: ADA, to: ['ben@example.org'], raw: huge });
    await mail.post({ from: ADA, to: ['ben@example.org'], raw: aMail({ body: '--x\r\n'.repeat(200) }) });
    const shown = await look(`${url}?to=ben@example.org`);
    expect(shown.map(({ subject }) => subject)).to.deep.equal(['The list', 'The list']);
    for (const { text, raw } of shown) {
      expect(text).to.match(/bytes; too much to show/);
      expect(String(raw).length).to.be.below(2_100_000);
    }
  });

  it('shows in a pod’s mailbox also what concerns one of its agents', async () => {
    await door();
    const url = await http();
    for (const to of [POD, 'launch+scribe@pods.test', 'launches@pods.test'])
      await mail.post({ from: ADA, to: [to], raw: aMail() });
    await mail.post({ from: 'launch+scribe@pods.test', to: [ADA], raw: aMail() });
    const came = await look(`${url}?to=${POD}`);
    expect(came.map(({ to }) => to)).to.deep.equal([[POD], ['launch+scribe@pods.test']]);
    expect(await look(`${url}?from=${POD}`)).to.have.length(1);
    expect(await look(`${url}?to=launch%2Bscribe@pods.test`)).to.have.length(1);
  });
});
