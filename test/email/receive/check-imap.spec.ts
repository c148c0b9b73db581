// The doctor's look at a mailbox: a real Dovecot, and servers that are none.
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect } from 'chai';
import { checkImap } from '../../../src/email/receive/check-imap.ts';
import type { ImapAccount } from '../../../src/email/receive/imap-settings.ts';
import { InvalidInput, NotAllowed, NotFound, Retryable } from '../../../src/errors.ts';
import { blackHole } from '../../black-hole.ts';
import { type Dovecot, hasDovecot, startDovecot } from './dovecot.ts';

const calm = () => new AbortController().signal;
const account = (port: number, over: Partial<ImapAccount> = {}): ImapAccount => ({
  ...{ name: 'mail', host: '127.0.0.1', port, secure: false, user: 'pods', password: 'secret', folder: 'INBOX' },
  ...over,
});
const problemOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('email/check-imap', () => {
  (hasDovecot() ? describe : describe.skip)('at a real mail server (needs Dovecot)', () => {
    let dovecot: Dovecot;
    before(async () => {
      dovecot = await startDovecot();
    });
    after(() => dovecot.stop());

    it('opens the folder, enters IDLE and leaves it, and marks nothing', async () => {
      await dovecot.deliver(Buffer.from('From: a@b.test\r\nSubject: x\r\n\r\nx\r\n'));
      const found = { folder: 'INBOX', messages: 1, idle: 'works' };
      expect(await checkImap(account(dovecot.port), calm())).to.deep.equal(found);
      expect(await checkImap(account(dovecot.port), calm())).to.deep.equal(found);
    });

    it('tells the password from the folder', async () => {
      const wrong = await problemOf(checkImap(account(dovecot.port, { password: 'wrong-one' }), calm()));
      expect(wrong).to.be.instanceOf(NotAllowed);
      expect(String(wrong)).to.not.include('wrong-one');
      const absent = await problemOf(checkImap(account(dovecot.port, { folder: 'Pods' }), calm()));
      expect(absent).to.be.instanceOf(NotFound);
    });
  });

  it('says when the server offers no IDLE, or refuses it', async () => {
    for (const [capability, idle] of [
      ['IMAP4rev1', 'missing'],
      ['IMAP4rev1 IDLE', 'refused'],
    ] as const) {
      const server = await aPlainServer(capability);
      expect(await checkImap(account(server.port), calm())).to.deep.equal({ folder: 'INBOX', messages: 3, idle });
      await server.stop();
    }
  });

  it('gives no password to a server off this machine that offers no TLS, unless that is optional', async () => {
    const server = await aPlainServer('IMAP4rev1 IDLE');
    // The same machine by another name.
    const other = account(server.port, { host: '0.0.0.0' });
    const problem = await problemOf(checkImap(other, calm()));
    expect(problem).to.be.instanceOf(InvalidInput);
    expect(String(problem)).to.match(/offers no TLS .* \?tls=optional/);
    expect(server.heard.join('')).to.not.match(/LOGIN|AUTHENTICATE|secret/i);
    expect(await checkImap({ ...other, tls: 'optional' }, calm())).to.include({ folder: 'INBOX' });
    await server.stop();
  });

  it('says when nothing answers', async () => {
    expect(await problemOf(checkImap(account(9), calm()))).to.be.instanceOf(Retryable);
  });

  it('lets go of a server that never greets as soon as it is told to', async () => {
    const hole = await blackHole();
    const limit = new AbortController();
    const tried = problemOf(checkImap(account(hole.port), limit.signal));
    while (!hole.open()) await new Promise((resolve) => setImmediate(resolve));
    limit.abort();
    expect(await tried).to.be.instanceOf(Retryable);
    await hole.close();
  });
});

/** As much of a mail server as one look needs; it never lets anybody idle. */
async function aPlainServer(capability: string) {
  const heard: string[] = [];
  const server = createServer((socket) => {
    const say = (...lines: string[]) => socket.write(`${lines.join('\r\n')}\r\n`);
    const answers: Record<string, string[]> = {
      CAPABILITY: [`* CAPABILITY ${capability}`],
      LIST: ['* LIST () "/" INBOX'],
      EXAMINE: ['* 3 EXISTS', '* OK [UIDVALIDITY 1] ok', '* OK [UIDNEXT 4] ok'],
      LOGOUT: ['* BYE'],
    };
    say(`* OK [CAPABILITY ${capability}] ready`);
    socket.on('data', (chunk: Buffer) => {
      heard.push(chunk.toString());
      for (const line of chunk.toString().trim().split('\r\n')) {
        const [tag = '', verb = ''] = line.split(' ');
        say(...(answers[verb.toUpperCase()] ?? []), `${tag} ${verb === 'IDLE' ? 'NO not today' : 'OK done'}`);
      }
    });
    socket.on('error', () => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    heard,
    async stop() {
      server.close();
      await once(server, 'close');
    },
  };
}
