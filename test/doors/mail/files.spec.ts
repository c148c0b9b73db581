import { expect } from 'chai';
import fc from 'fast-check';
import { takeFiles } from '../../../src/doors/mail/files.ts';
import type { Attachment } from '../../../src/email/mail.ts';
import { parseMail } from '../../../src/email/parse/parse-mail.ts';
import type { ParticipantId } from '../../../src/log/participant.ts';
import { MESSAGES } from '../../../src/pods/conversations/message.ts';
import { fileName } from '../../../src/pods/files/files.ts';
import { aMail } from '../../email/build.ts';
import { aMailWorld, type MailWorld } from './mail-world.ts';

const AT = Date.UTC(2026, 10, 21);

describe('the files of a mail', () => {
  let room: MailWorld;
  beforeEach(async () => {
    room = await aMailWorld();
  });

  const file = (name: string, over: Partial<Attachment> = {}): Attachment => {
    const content = over.content ?? Buffer.from(name);
    return { name, mime: 'text/plain', size: content.length, content, inline: false, ...over };
  };
  async function take(attachments: Attachment[], title = 'Order', by: ParticipantId = room.world.ada, date?: string) {
    const read = { ...(await parseMail(aMail({ headers: { Date: [] } }))), attachments, ...(date ? { date } : {}) };
    const origin = { kind: 'email' as const, messageId: '<m@x>' };
    return takeFiles(room.mail, read, { pod: room.world.pod, by, title, key: `k-${title}-${by}`, origin, at: AT });
  }

  it('stand in a folder of the mail’s day and title, each under its name', async () => {
    const { names, left } = await take([file('a.pdf'), file('a.pdf', { content: Buffer.from('2') }), file('b')]);
    expect(names).to.deep.equal([
      'mail/2026-11-21 Order/a.pdf',
      'mail/2026-11-21 Order/a (2).pdf',
      'mail/2026-11-21 Order/b',
    ]);
    expect(left).to.deep.equal([]);
    const { files } = await room.world.does(room.world.ada, 'list_files');
    expect(files).to.have.length(3);
  });

  it('are taken once, though the mail is handled again', async () => {
    const first = await take([file('a.pdf')]);
    expect(await take([file('a.pdf')])).to.deep.equal(first);
    expect((await room.world.does(room.world.ada, 'read_file', { name: first.names[0] })).file.version).to.equal(1);
  });

  it('are attached to the task that is made of the mail', async () => {
    const { ada, ben } = room.world;
    const parts = [
      ...['--b1', 'Content-Type: text/plain', '', 'Please sign it.', '--b1', 'Content-Type: text/plain'],
      ...['Content-Disposition: attachment; filename="lease.txt"', '', 'The lease', '--b1--', ''],
    ];
    await room.arrives({ headers: { 'Content-Type': 'multipart/mixed; boundary="b1"' }, body: parts.join('\r\n') });
    const { files } = await room.world.does(ada, 'list_files');
    const { tasks } = await room.world.does(ben, 'list_tasks');
    expect(tasks[0].files).to.deep.equal([files[0].name]);
    expect(files[0].name).to.match(/lease\.txt$/);
  });

  it('go with the mail they came in, of which its words stay', async () => {
    const { ada, delivered, doc } = room.world;
    const parts = [
      ...['--b1', 'Content-Type: text/plain', '', 'The scan is attached.', '--b1', 'Content-Type: text/plain'],
      ...['Content-Disposition: attachment; filename="scan.txt"', '', 'passport 1234', '--b1--', ''],
    ];
    const headers = { 'Content-Type': 'multipart/mixed; boundary="b1"' };
    const raw = await room.arrives({ headers, body: parts.join('\r\n') });
    const { files } = await room.world.does(ada, 'list_files');
    await room.world.does(ada, 'redact', { what: files[0].id });
    const erasing = delivered.find(({ kind }) => kind === 'erase');
    expect(erasing).to.have.property('blobs').that.includes(raw);
    const [message] = await room.mail.read.find(MESSAGES, { where: { pod: room.world.pod } });
    expect(message && (await doc(MESSAGES, message.id))?.erased).to.equal(undefined);
    const { messages } = await room.world.does(ada, 'read_conversation', { conversation: message?.conversation });
    expect(messages[0].text).to.include('The scan is attached.');
  });

  it('are not the logos of signatures, nor more than fit', async () => {
    const picture = { mime: 'image/png', inline: true };
    const { names, left } = await take([
      file('logo.png', picture),
      file('photo.png', { ...picture, content: Buffer.alloc(30_000) }),
      file('huge.bin', { size: 20_000_001 }),
      ...Array.from({ length: 49 }, (_, n) => file(`${n}.txt`)),
    ]);
    expect(names[0]).to.equal('mail/2026-11-21 Order/photo.png');
    expect(names).to.have.length(49);
    expect(left).to.deep.equal([
      'huge.bin has 20.0 MB, more than the 20.0 MB that fit.',
      '1 more files were left out.',
    ]);
  });

  it('of a guest are left out in one sentence', async () => {
    const { names, left } = await take([file('a'), file('b')], 'Order', room.world.gil);
    expect(names).to.deep.equal([]);
    expect(left).to.have.length(1);
    expect(left[0]).to.match(/^Its files were left out\. Put a file: that takes the role member/);
  });

  it('have names that a pod takes, whatever their mail is called', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', maxLength: 90 }),
        fc.date({ noInvalidDate: true }),
        async (title, date) => {
          room = await aMailWorld();
          const { names } = await take([file('a.txt')], title, room.world.ada, date.toISOString());
          expect(names).to.have.length(1);
          expect(fileName.safeParse(names[0]).success).to.equal(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  for (const title of ['', '.', '..', '../../etc', 'a\\b/c', '\u202egpj', ' ', '😀'.repeat(80)])
    it(`stand in a folder under mail/ when the title is ${JSON.stringify(title.slice(0, 10))}`, async () => {
      const { names } = await take([file('a.txt')], title);
      expect(names[0]).to.match(/^mail\/2026-11-21 [^/]+\/a\.txt$/);
    });
});
