import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { type MailReader, startMailReader } from '../../../src/email/parse/read-mail.ts';
import { Retryable } from '../../../src/errors.ts';
import { aMail, aMultipart, silent } from '../build.ts';

describe('the mail reader', () => {
  let reader: MailReader;
  let dir: string;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'skein-read-'));
    reader = startMailReader({ logger: silent });
  });
  after(async () => {
    await reader.stop();
    await rm(dir, { recursive: true });
  });

  async function program(code: string): Promise<URL> {
    const path = join(dir, `child-${Math.random()}.mjs`);
    await writeFile(path, `${code}; process.send({ kind: 'ready' });`);
    return pathToFileURL(path);
  }

  it('reads a mail in its own process, contents and all', async () => {
    const raw = aMultipart({
      parts: ['Content-Type: text/plain\r\n\r\nHello.', 'Content-Type: application/pdf; name=a.pdf\r\n\r\nPDF'],
    });
    const mail = await reader.read(raw);
    if (mail.kind !== 'mail') throw new Error(mail.reason);
    expect(mail.text.trim()).to.equal('Hello.');
    expect(Buffer.from(mail.attachments[0]?.content ?? []).toString()).to.equal('PDF');
  });

  it('reads one with the source as it is installed, where nothing was built of it', async () => {
    const source = pathToFileURL(resolve(import.meta.dirname, '../../../src/email/parse/read-child.ts'));
    const installed = startMailReader({ logger: silent, program: source });
    try {
      expect((await installed.read(aMail())).kind).to.equal('mail');
    } finally {
      await installed.stop();
    }
  });

  it('refuses 50 MB without looking at them', async () => {
    const raw = Buffer.concat([aMail(), Buffer.alloc(50 * 1024 * 1024, 'x')]);
    expect(await reader.read(raw)).to.deep.equal({
      kind: 'unreadable',
      reason: 'It has 51 MB; Skein reads mails up to 25 MB.',
    });
  });

  it('says why a mail is unreadable, and reads the next', async () => {
    const bomb = aMultipart({ parts: Array.from({ length: 20_000 }, () => 'x') });
    const [refused, fine] = await Promise.all([reader.read(bomb), reader.read(aMail())]);
    expect(refused).to.deep.equal({
      kind: 'unreadable',
      reason: "The mail can't be read. It has more than 500 parts.",
    });
    expect(fine.kind).to.equal('mail');
  });

  it('kills a reading that does not end', async () => {
    const hanging = startMailReader({
      logger: silent,
      timeLimitMs: 300,
      program: await program(
        "let warm; process.on('message', ({ n, raw }) => { if (raw.byteLength === 1) process.send({ kind: 'read', n, read: { kind: 'mail' } }); else for (;;); });",
      ),
    });
    try {
      expect((await hanging.read(Buffer.from('1'))).kind).to.equal('mail');
      expect(await hanging.read(Buffer.from('22'))).to.deep.equal({
        kind: 'unreadable',
        reason: 'Reading it took longer than 0.3 seconds.',
      });
      expect((await hanging.read(Buffer.from('1'))).kind).to.equal('mail');
    } finally {
      await hanging.stop();
    }
  });

  it('reads a mail while others hang, and no more at once than it has processes for', async () => {
    const slow = startMailReader({
      logger: silent,
      timeLimitMs: 1_500,
      processes: 2,
      program: await program(
        "process.on('message', ({ n, raw }) => { if (raw.byteLength === 1) process.send({ kind: 'read', n, read: { kind: 'mail' } }); else for (;;); });",
      ),
    });
    try {
      const order: string[] = [];
      const read = (name: string, bytes: string) => slow.read(Buffer.from(bytes)).then(() => order.push(name));
      await Promise.all([read('hangs', '22'), read('first', '1'), read('second', '1'), read('third', '1')]);
      expect(order).to.deep.equal(['first', 'second', 'third', 'hangs']);
    } finally {
      await slow.stop();
    }
  });

  it('reads other mails at once beside 24 MB of UTF-7, and no more of those than it shows', async () => {
    const body = Buffer.alloc(24 * 1024 * 1024 - 2_000, '+AOQ-b ');
    const monster = aMail({ headers: { 'Content-Type': 'text/plain; charset=utf-7' }, body });
    await Promise.all([reader.read(aMail()), reader.read(aMail())]);
    const order: string[] = [];
    const [big] = await Promise.all([
      reader.read(monster).finally(() => order.push('monster')),
      ...Array.from({ length: 5 }, (_, n) => reader.read(aMail()).then(() => order.push(`mail ${n}`))),
    ]);
    expect(order.at(-1)).to.equal('monster');
    if (big.kind !== 'mail') throw new Error(big.reason);
    expect(big).to.include({ cut: true });
    expect(big.text.slice(0, 5)).to.equal('äb äb');
    expect(big.text).to.have.length(1_000_000);
  });

  const bombs: [string, () => Buffer][] = [
    [
      'a file of nothing but padding',
      () =>
        aMultipart({
          parts: [
            `Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${'QQ=='.repeat(6_000_000)}`,
          ],
        }),
    ],
    [
      'a hundred mails to ten thousand people',
      () => {
        const to = Array.from({ length: 6_000 }, (_, n) => `=?utf-8?q?N=C3=BC${n}?= <a${n}@x.test>`).join(', ');
        return aMultipart({
          parts: Array.from(
            { length: 100 },
            () => `Content-Type: message/rfc822\r\n\r\nFrom: a@b.test\r\nTo: ${to}\r\n\r\nx`,
          ),
        });
      },
    ],
    [
      'many HTML bodies',
      () =>
        aMultipart({
          parts: Array.from(
            { length: 12 },
            () => `Content-Type: text/html\r\n\r\n${'<p style="color:#fff">x</p>&amp;'.repeat(65_000)}`,
          ),
        }),
    ],
    [
      'hundreds of bodies in UTF-7',
      () =>
        aMultipart({
          parts: Array.from(
            { length: 490 },
            () => `Content-Type: text/plain; charset=utf-7\r\n\r\n${'+AOQ-'.repeat(9_000)}`,
          ),
        }),
    ],
    [
      'nothing but boundaries',
      () =>
        aMail({
          headers: { 'Content-Type': 'multipart/mixed; boundary=b' },
          body: Buffer.alloc(20_000_000, '\n--b x'),
        }),
    ],
  ];
  for (const [name, bomb] of bombs)
    it(`reads as much as it says of ${name}, and does not break`, async () => {
      const read = await reader.read(bomb());
      expect(read.kind).to.equal('mail');
    });

  it('outlives the death of its process', async () => {
    const dying = startMailReader({
      logger: silent,
      program: await program(
        "process.on('message', ({ n, raw }) => { if (raw.byteLength === 1) process.send({ kind: 'read', n, read: { kind: 'mail' } }); else process.exit(1); });",
      ),
    });
    try {
      expect(await dying.read(Buffer.from('22')))
        .to.have.property('reason')
        .that.includes('broke the reader');
      expect((await dying.read(Buffer.from('1'))).kind).to.equal('mail');
    } finally {
      await dying.stop();
    }
  });

  it('blames no mail for being stopped in mid-work, and leaves no process behind', async () => {
    const hanging = startMailReader({
      logger: silent,
      program: await program("process.on('message', () => { for (;;); });"),
    });
    const problem = hanging.read(Buffer.from('22')).catch((error: unknown) => error);
    const next = hanging.read(Buffer.from('33')).catch((error: unknown) => error);
    await hanging.stop();
    expect(await problem).to.be.instanceOf(Retryable);
    expect(await next).to.be.instanceOf(Retryable);
  });

  it('blames no mail for a reader that does not start', async () => {
    const broken = startMailReader({ logger: silent, program: await program('process.exit(1)') });
    const problem = await broken.read(Buffer.from('22')).catch((error: unknown) => error);
    expect(problem).to.be.instanceOf(Retryable);
    await broken.stop();
  });
});
