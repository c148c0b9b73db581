import { generateKeyPairSync } from 'node:crypto';
import { type AddressInfo, createServer } from 'node:net';
import { expect } from 'chai';
import { createTransport } from 'nodemailer';
import { SMTPServer } from 'smtp-server';
import { authenticate } from '../../../src/email/authenticate/authenticate.ts';
import type { Envelope } from '../../../src/email/mail.ts';
import { parseMail } from '../../../src/email/parse/parse-mail.ts';
import { type SmtpReceiver, startSmtpReceiver } from '../../../src/email/receive/receive-smtp.ts';
import type { Outgoing } from '../../../src/email/render/compose-mail.ts';
import { type MailSender, makeMailSender, type SmtpSettings } from '../../../src/email/send/send-mail.ts';
import { translated } from '../../../src/email/send/smtp-errors.ts';
import { InvalidInput, NotAllowed, Retryable } from '../../../src/errors.ts';
import { aMail, silent } from '../build.ts';

const anAnswer = (more: Partial<Outgoing> = {}): Outgoing => ({
  kind: 'reply',
  from: { name: 'Scribe', address: 'launch+scribe@pods.test' },
  to: [{ name: 'Ada', address: 'ada@example.org' }],
  subject: 'Re: Grüße',
  messageId: '<p1.t1.3@pods.test>',
  date: '2026-11-16T09:00:00.000Z',
  inReplyTo: '<m1@example.org>',
  references: ['<p1.t1.root@pods.test>', '<m1@example.org>'],
  text: 'It is done.\n',
  html: '<p>It is done.</p>',
  loop: 'skein',
  ...more,
});

const problemOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('mail over SMTP', () => {
  let receiver: SmtpReceiver;
  let received: { raw: Buffer; envelope: Envelope }[];
  let ingest: (raw: Buffer) => Promise<void>;
  let senders: MailSender[];

  before(async () => {
    receiver = await startSmtpReceiver({
      logger: silent,
      maxBytes: 200_000,
      refuse: (address) => (address.startsWith('nobody') ? 'There is no such pod here.' : undefined),
      async ingest(raw, envelope) {
        await ingest(Buffer.from(raw));
        received.push({ raw: Buffer.from(raw), envelope });
      },
    });
  });
  after(() => receiver.stop());
  beforeEach(() => {
    received = [];
    senders = [];
    ingest = async () => {};
  });
  afterEach(() => {
    for (const one of senders) one.stop();
  });

  function sender(settings: Partial<SmtpSettings> = {}): MailSender {
    const one = makeMailSender({ settings: { url: `smtp://127.0.0.1:${receiver.port}`, ...settings }, logger: silent });
    senders.push(one);
    return one;
  }
  it('arrives with its envelope and every header we promise', async () => {
    const sent = await sender().send(
      anAnswer({ envelopeFrom: '', cc: [{ name: '', address: 'bob@example.org' }] }),
      'd1',
    );
    expect(sent).to.deep.equal({ rejected: [], later: [] });
    const [{ raw, envelope } = { raw: Buffer.alloc(0), envelope: undefined }] = received;
    expect(envelope).to.deep.include({
      mailbox: 'smtp',
      mailFrom: '',
      rcptTo: ['ada@example.org', 'bob@example.org'],
      remoteIp: '127.0.0.1',
    });
    const mail = await parseMail(raw);
    expect(mail).to.deep.include({
      messageId: '<p1.t1.3@pods.test>',
      inReplyTo: ['<m1@example.org>'],
      references: ['<p1.t1.root@pods.test>', '<m1@example.org>'],
      subject: 'Re: Grüße',
      date: '2026-11-16T09:00:00.000Z',
    });
    expect(mail.marks).to.deep.include({ autoSubmitted: 'auto-replied', autoResponseSuppress: 'All', loop: 'skein' });
  });

  it('is the same to the byte when it is sent again, signed or not', async () => {
    const privateKey = generateKeyPairSync('rsa', { modulusLength: 2048 })
      .privateKey.export({ type: 'pkcs8', format: 'pem' })
      .toString();
    for (const settings of [{}, { dkim: { domain: 'pods.test', selector: 's1', privateKey } }]) {
      received = [];
      const mail = anAnswer({ attachments: [{ name: 'a.txt', mime: 'text/plain', content: Buffer.from('hello') }] });
      await sender(settings).send(mail, 'd1');
      await sender(settings).send(mail, 'd1');
      expect(received).to.have.length(2);
      expect(received[0]?.raw.toString()).to.equal(received[1]?.raw.toString());
      expect(received[0]?.envelope.arrival).to.equal(received[1]?.envelope.arrival);
    }
  });

  it('is signed so that a receiver believes it, unsubscribing included', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const dkim = {
      domain: 'pods.test',
      selector: 's1',
      privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    };
    const unsubscribe = { url: 'https://skein.test/unsubscribe?t=1', address: 'launch@pods.test' };
    await sender({ dkim }).send(anAnswer({ kind: 'notice', unsubscribe }), 'd1');
    const raw = received[0]?.raw ?? Buffer.alloc(0);
    const unfolded = raw.toString().replace(/\r\n[ \t]+/g, ' ');
    expect(unfolded.match(/^List-Unsubscribe: .*$/gm)).to.deep.equal([
      'List-Unsubscribe: <https://skein.test/unsubscribe?t=1>, <mailto:launch@pods.test?subject=unsubscribe>',
    ]);
    expect(unfolded)
      .to.include('\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n')
      .and.to.include('\nAuto-Submitted: auto-generated\r\n');
    const signed =
      /[ ;]h=([^;]+);/
        .exec(unfolded)?.[1]
        ?.toLowerCase()
        .split(/\s*:\s*/) ?? [];
    expect(signed).to.include.members([
      'from',
      'list-unsubscribe',
      'list-unsubscribe-post',
      'auto-submitted',
      'message-id',
    ]);
    const key = `v=DKIM1; k=rsa; p=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`;
    const resolve = async (name: string) => {
      if (name === 's1._domainkey.pods.test') return [[key]];
      throw Object.assign(new Error('There is none.'), { code: 'ENOTFOUND' });
    };
    const checked = await authenticate(
      { kind: 'verify-here', resolve },
      { raw, mail: await parseMail(raw), envelope: {} },
    );
    expect(checked.verdict).to.equal('pass');
  });

  it('has no header that somebody wrote into a name or a subject', async () => {
    await sender().send(
      anAnswer({ subject: 'x\r\nBcc: eve@evil.test', from: { name: 'S\r\nX-Evil: 1', address: 'launch@pods.test' } }),
      'd1',
    );
    expect(received[0]?.raw.toString()).to.not.match(/^(?:Bcc|X-Evil):/m);
  });

  it('is accepted only when it is saved', async () => {
    let saved = false;
    ingest = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      saved = true;
    };
    await sender().send(anAnswer(), 'd1');
    expect(saved).to.equal(true);
  });

  it('is asked for again when it could not be saved', async () => {
    ingest = async () => {
      throw new Retryable('The store is down.');
    };
    expect(await problemOf(sender().send(anAnswer(), 'd1'))).to.be.instanceOf(Retryable);
    ingest = async () => {
      throw new Error('A bug.');
    };
    expect(await problemOf(sender().send(anAnswer(), 'd1'))).to.be.instanceOf(Retryable);
    expect(received).to.deep.equal([]);
  });

  it('is refused for good when it can never be taken', async () => {
    ingest = async () => {
      throw new InvalidInput('Not this one.');
    };
    expect(await problemOf(sender().send(anAnswer(), 'd1'))).to.be.instanceOf(InvalidInput);
  });

  it('is refused when it is too large, announced or not', async () => {
    const problem = await problemOf(sender().send(anAnswer({ text: 'x\n'.repeat(150_000) }), 'd1'));
    expect(problem)
      .to.be.instanceOf(InvalidInput)
      .with.property('message')
      .that.includes('larger than the mail server takes');
    const plain = createTransport({ port: receiver.port, host: '127.0.0.1', ignoreTLS: true });
    const raw = Buffer.concat([aMail(), Buffer.from('x\r\n'.repeat(100_000))]);
    expect(
      await problemOf(plain.sendMail({ envelope: { from: 'a@x.test', to: 'launch@pods.test' }, raw })),
    ).to.have.property('responseCode', 552);
    expect(received).to.deep.equal([]);
  });

  it('is refused at once for nobody', async () => {
    const problem = await problemOf(sender().send(anAnswer({ to: [{ name: '', address: 'nobody@pods.test' }] }), 'd1'));
    expect(problem).to.be.instanceOf(InvalidInput).with.property('message').that.includes('There is no such pod here.');
  });

  it('tells whom a server refuses for good and whom it may take later, and reaches the others', async () => {
    const reached: string[][] = [];
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      onRcptTo({ address }, _session, done) {
        const responseCode = { 'gone@x.test': 550, 'busy@x.test': 450 }[address];
        done(responseCode ? Object.assign(new Error('No.'), { responseCode }) : null);
      },
      onData(stream, { envelope }, done) {
        reached.push(envelope.rcptTo.map(({ address }) => address));
        stream.resume().on('end', () => done());
      },
    });
    const port = await new Promise<number>((resolve) => {
      const listening = server.listen(0, '127.0.0.1', () => resolve((listening.address() as AddressInfo).port));
    });
    const to = ['gone@x.test', 'ada@x.test', 'busy@x.test'].map((address) => ({ name: '', address }));
    const one = sender({ url: `smtp://127.0.0.1:${port}` });
    const sent = await one.send(anAnswer({ to }), 'd1');
    await one.send(anAnswer({ to, envelopeTo: ['ada@x.test'] }), 'd1');
    one.stop();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    expect(sent).to.deep.equal({ rejected: ['gone@x.test'], later: ['busy@x.test'] });
    expect(reached).to.deep.equal([['ada@x.test'], ['ada@x.test']]);
  });

  it('can be tried without sending', async () => {
    await sender().check();
    const gone = createServer();
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
    const { port } = gone.address() as { port: number };
    await new Promise((resolve) => gone.close(resolve));
    expect(await problemOf(sender({ url: `smtp://127.0.0.1:${port}` }).check())).to.be.instanceOf(Retryable);
  });
});

describe('mail over SMTP off this machine', () => {
  it('goes to no server that offers no TLS, unless that is optional', async () => {
    const receiver = await startSmtpReceiver({ logger: silent, ingest: async () => {} });
    // The same machine by another name.
    const url = `smtp://ada:secret@0.0.0.0:${receiver.port}`;
    const tried = async (one: string) => {
      const sender = makeMailSender({ settings: { url: one }, logger: silent });
      const problem = await problemOf(sender.check());
      sender.stop();
      return problem;
    };
    const problem = await tried(url);
    expect(problem).to.be.instanceOf(InvalidInput);
    expect(String(problem)).to.match(/not safe \(TLS\).*\?tls=optional/);
    const open = `smtp://0.0.0.0:${receiver.port}?tls=optional`;
    expect(await tried(open)).to.equal(undefined);
    await receiver.stop();
  });
});

describe("a mail server's refusal", () => {
  const cases: [object, unknown, string][] = [
    [{ responseCode: 450, response: '450 4.2.0 Greylisted' }, Retryable, 'come later'],
    [{ responseCode: 421 }, Retryable, 'come later'],
    [{ code: 'ECONNECTION' }, Retryable, 'not reached'],
    [{ code: 'ETIMEDOUT' }, Retryable, 'not reached'],
    [{ code: 'EAUTH', responseCode: 535 }, NotAllowed, 'SMTP_URL'],
    [{ code: 'EAUTH', responseCode: 454 }, Retryable, 'come later'],
    [
      { code: 'EENVELOPE', responseCode: 550, response: '550 5.1.1 No such user', command: 'RCPT TO' },
      InvalidInput,
      'refuses the recipient',
    ],
    [
      { code: 'EENVELOPE', responseCode: 550, response: '550 not yours', command: 'MAIL FROM' },
      NotAllowed,
      'MAIL_DOMAIN',
    ],
    [{ responseCode: 552, response: '552 5.3.4 too big' }, InvalidInput, 'larger'],
    [{ responseCode: 554, response: '554 spam' }, InvalidInput, '554 spam'],
  ];
  for (const [fields, kind, words] of cases)
    it(`${JSON.stringify(fields)} says what to do`, () => {
      const error = translated(Object.assign(new Error('x'), fields));
      expect(error).to.be.instanceOf(kind);
      expect((error as Error).message).to.include(words);
    });

  it('that is none is a bug, and stays as it is', () => {
    const bug = new TypeError('x');
    expect(translated(bug)).to.equal(bug);
  });
});
