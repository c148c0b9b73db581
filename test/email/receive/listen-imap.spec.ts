import { expect } from 'chai';
import type { Cursor } from '../../../src/email/receive/imap-cursor.ts';
import { type Listening, type ListenOptions, listenImap } from '../../../src/email/receive/listen-imap.ts';
import type { Aside } from '../../../src/email/receive/listen-ports.ts';
import { Retryable } from '../../../src/errors.ts';
import { aMail, silent } from '../build.ts';
import { type Dovecot, hasDovecot, startDovecot, until } from './dovecot.ts';
import { type SilentProxy, silentProxy } from './silent-proxy.ts';

const given = hasDovecot();

(given ? describe : describe.skip)(`a mailbox listened to${given ? '' : ' (needs dovecot)'}`, () => {
  let dovecot: Dovecot;
  let cursors: Map<string, Cursor>;
  let subjects: string[];
  let arrivals: string[];
  let received: (string | undefined)[];
  let asides: Aside[];
  let listening: Listening[];
  let proxies: SilentProxy[];
  /** The inbox's error for a mail before it accepts it. */
  let refuse: (subject: string) => Promise<void> | void;

  before(async () => {
    dovecot = await startDovecot();
  });
  after(() => dovecot.stop());
  beforeEach(async () => {
    cursors = new Map();
    subjects = [];
    arrivals = [];
    received = [];
    asides = [];
    listening = [];
    proxies = [];
    refuse = () => {};
    await dovecot.doveadm('expunge', '-u', 'pods', 'mailbox', 'INBOX', 'all');
  });
  afterEach(async () => {
    await Promise.all(listening.map((one) => one.stop()));
    await Promise.all(proxies.map((one) => one.close()));
  });

  async function aProxy(): Promise<SilentProxy> {
    const one = await silentProxy(dovecot.port);
    proxies.push(one);
    return one;
  }

  function listen(options: Partial<ListenOptions> = {}): Listening {
    const one = listenImap({
      ports: {
        async ingest(raw, envelope) {
          const subject = /^Subject: (.*)$/m.exec(Buffer.from(raw).toString())?.[1]?.trim() ?? '';
          await refuse(subject);
          subjects.push(subject);
          received.push(envelope.receivedAt);
          arrivals.push(`${envelope.mailbox}:${envelope.arrival}`);
        },
        async putAside(aside) {
          asides.push(aside);
        },
        loadCursor: async (mailbox) => cursors.get(mailbox),
        async saveCursor(mailbox, cursor) {
          cursors.set(mailbox, cursor);
        },
        now: () => new Date(),
        logger: silent,
      },
      accounts: [account('pods')],
      pauseMs: 50,
      // Only the server's announcement counts here.
      pollMs: 3_600_000,
      ...options,
    });
    listening.push(one);
    return one;
  }

  const account = (user: string) => ({
    name: user,
    host: '127.0.0.1',
    port: dovecot.port,
    secure: false,
    user,
    password: 'secret',
    folder: 'INBOX',
  });
  const mail = (Subject: string) => aMail({ headers: { Subject, 'Message-ID': `<${Subject}@x.test>` } });
  const took = (...all: string[]) => until(() => all.every((one) => subjects.includes(one)));

  it('hands over each mail as the server announces it, in order', async () => {
    await dovecot.deliver(mail('old'));
    await listen().ready;
    await dovecot.deliver(mail('first'));
    await took('first');
    await dovecot.deliver(mail('second'));
    await dovecot.deliver(mail('third'));
    await took('second', 'third');
    expect(subjects).to.deep.equal(['first', 'second', 'third']);
    expect(new Set(arrivals).size).to.equal(3);
  });

  it('tells when the server took each in, also of those that lay there', async () => {
    const before = Date.now();
    await dovecot.deliver(mail('lay there'));
    const after = Date.now();
    await new Promise((done) => setTimeout(done, 1_100));
    await listen({ begin: 'all' }).ready;
    // INTERNALDATE knows whole seconds.
    expect(received.map((at = '') => Date.parse(at))[0]).to.be.within(before - 1_000, after);
  });

  it('takes what was there before when asked to', async () => {
    await dovecot.deliver(mail('old'));
    await listen({ begin: 'all' }).ready;
    expect(subjects).to.deep.equal(['old']);
  });

  it('notices a connection that died without a word, and opens another; one that is only quiet stays', async () => {
    const proxy = await aProxy();
    const silentMs = 3_000;
    await listen({ silentMs, accounts: [{ ...account('pods'), port: proxy.port }] }).ready;
    await dovecot.deliver(mail('first'));
    await took('first');
    await new Promise((resolve) => setTimeout(resolve, 4 * silentMs));
    expect(proxy.made()).to.equal(1);
    proxy.silence();
    const since = Date.now();
    await dovecot.deliver(mail('second'));
    await took('second');
    // Asked after one silence, left after another, and some time to begin anew.
    expect(Date.now() - since).to.be.below(2 * silentMs + 30_000);
    expect(proxy.made()).to.equal(2);
  });

  it('notices it in the middle of a look as well', async () => {
    const proxy = await aProxy();
    const accounts = [{ ...account('pods'), port: proxy.port }];
    // It looks before the silence is long enough to ask.
    await listen({ silentMs: 1_500, pollMs: 500, accounts }).ready;
    proxy.silence();
    await dovecot.deliver(mail('second'));
    await took('second');
  });

  it('goes on after the mail server was restarted in mid-work, without loss or repetition', async () => {
    await listen().ready;
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let reached = false;
    refuse = async (subject) => {
      if (subject !== 'm1') return;
      reached = true;
      await held;
    };
    for (const subject of ['m0', 'm1', 'm2']) await dovecot.deliver(mail(subject));
    await until(() => reached);
    await dovecot.kill();
    release();
    await took('m1');
    await dovecot.start();
    await dovecot.deliver(mail('m3'));
    await took('m2', 'm3');
    expect(subjects).to.deep.equal(['m0', 'm1', 'm2', 'm3']);
  });

  it('begins where it stopped, though mails were deleted meanwhile', async () => {
    const first = listen();
    await first.ready;
    await dovecot.deliver(mail('a'));
    await took('a');
    await first.stop();
    await dovecot.deliver(mail('gone'));
    await dovecot.deliver(mail('b'));
    await dovecot.doveadm('expunge', '-u', 'pods', 'mailbox', 'INBOX', 'subject', 'gone');
    await dovecot.doveadm('expunge', '-u', 'pods', 'mailbox', 'INBOX', 'subject', 'a');
    await listen().ready;
    expect(subjects).to.deep.equal(['a', 'b']);
  });

  it('reads a renumbered folder again, and goes on from there', async () => {
    await dovecot.doveadm('mailbox', 'create', '-u', 'pods', 'Pods');
    const folder = { ...account('pods'), folder: 'Pods' };
    const first = listen({ accounts: [folder] });
    await first.ready;
    await dovecot.deliver(mail('before'), 'Pods');
    await took('before');
    await first.stop();
    await dovecot.doveadm('mailbox', 'delete', '-u', 'pods', '-s', 'Pods');
    await until(() => Date.now() / 1_000 > Number(cursors.get('pods')?.uidValidity) + 1);
    await dovecot.doveadm('mailbox', 'create', '-u', 'pods', 'Pods');
    await dovecot.deliver(mail('after'), 'Pods');
    const { uidValidity } = cursors.get('pods') as Cursor;
    await listen({ accounts: [folder] }).ready;
    expect(subjects).to.deep.equal(['before', 'after']);
    expect(cursors.get('pods')?.uidValidity).to.not.equal(uidValidity);
    await dovecot.deliver(mail('next'), 'Pods');
    await took('next');
  });

  it('waits for an inbox that is down, and loses nothing', async () => {
    let tries = 0;
    refuse = (subject) => {
      tries += 1;
      if (tries < 4) throw new Retryable(`The store is down (${subject}).`);
    };
    await listen().ready;
    await dovecot.deliver(mail('patient'));
    await took('patient');
    expect(subjects).to.deep.equal(['patient']);
    expect(asides).to.deep.equal([]);
  });

  it('puts a mail aside that can never be taken, with its reason and headers, and takes the next', async () => {
    refuse = (subject) => {
      if (subject === 'poison') throw new Error('It broke.');
    };
    await listen().ready;
    await dovecot.deliver(mail('poison'));
    await dovecot.deliver(mail('fine'));
    await took('fine');
    expect(asides.map(({ reason }) => reason)).to.deep.equal(['It could not be taken 5 times. It broke.']);
    expect(Buffer.from(asides[0]?.headers ?? []).toString()).to.include('Subject: poison');
  });

  it('never fetches a mail that is too large', async () => {
    await listen({ maxBytes: 5_000 }).ready;
    await dovecot.deliver(Buffer.concat([mail('huge'), Buffer.alloc(6_000, 'x')]));
    await dovecot.deliver(mail('small'));
    await took('small');
    expect(subjects).to.deep.equal(['small']);
    expect(asides[0]?.reason).to.match(/^It has \d+ MB/);
  });

  it('listens to several mailboxes at once', async () => {
    await listen({ accounts: [account('pods'), account('other')] }).ready;
    await dovecot.deliver(mail('to pods'));
    await dovecot.deliver(mail('to other'), 'INBOX', 'other');
    await took('to pods', 'to other');
    expect(new Set(arrivals.map((one) => one.split(':')[0]))).to.deep.equal(new Set(['pods', 'other']));
  });

  it('stops while the mail server refuses the password', async () => {
    const warnings: unknown[] = [];
    const refused = listen({ accounts: [{ ...account('pods'), password: 'wrong' }] });
    void refused.ready.then(() => warnings.push('ready'));
    await refused.stop();
    expect(warnings).to.deep.equal([]);
  });
});
