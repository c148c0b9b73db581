// A further mail of a stranger: it joins the conversation that their first mail began, if it is proved to be theirs.
import { expect } from 'chai';
import { CONVERSATIONS } from '../../../../src/pods/conversations/conversation.ts';
import { MESSAGES, type MessageDoc } from '../../../../src/pods/conversations/message.ts';
import { QUARANTINED_MAILS } from '../../../../src/pods/mail/quarantined-mail.ts';
import { NEEDS } from '../../../../src/pods/needs/need.ts';
import { TASKS } from '../../../../src/pods/tasks/task.ts';
import { ADA, aMailWorld, type MailWorld, POD } from '../mail-world.ts';

const CORA = 'cora@customer.example';
const FIRST = '<cora-1@customer.example>';
const WITH_FILE = [
  ...['--b1', 'Content-Type: text/plain', '', 'See the list.', '--b1'],
  ...['Content-Type: text/csv', 'Content-Disposition: attachment; filename="list.csv"', '', 'a,b', '--b1--', ''],
].join('\r\n');

describe('a further mail of somebody outside', () => {
  let room: MailWorld;
  beforeEach(async () => {
    room = await aMailWorld();
  });

  const held = async () =>
    (await room.world.does(room.world.ada, 'list_held_mails')).mails as { id: string; reason: string }[];
  const comes = (headers: Record<string, string> = {}, body = 'And on Mondays?\r\n', more: object = {}) =>
    room.arrives(
      {
        headers: {
          ...{
            From: `Cora <${CORA}>`,
            To: ADA,
            Cc: POD,
            Subject: 'Re: Sundays',
            'Message-ID': '<cora-2@customer.example>',
          },
          ...{ 'In-Reply-To': FIRST, ...headers },
        },
        body,
      },
      { from: /<(.+)>/.exec(headers.From ?? '')?.[1] ?? CORA, ...more },
    );
  /** Lets the first mail in, as an owner does. */
  async function begins(more: object = {}): Promise<void> {
    const headers = { 'Message-ID': FIRST, Subject: 'Sundays', 'In-Reply-To': '<none@customer.example>' };
    await comes(headers, 'Do you deliver on Sundays?\r\n', more);
    const [{ id } = { id: '' }] = await held();
    await room.world.does(room.world.ada, 'accept_mail', { mail: id });
    const hash = (await room.world.doc(QUARANTINED_MAILS, id))?.raw;
    const accepted = { pod: room.world.pod, held: id, by: room.world.ada };
    const payload = { hash, owner: room.world.pod, envelope: { mailbox: 'held', arrival: id }, accepted };
    await room.queue.save([{ id, lane: 'mail:0', kind: 'mail', payload }]);
    await room.handle(id);
    room.world.delivered.length = 0;
  }
  const task = async () => (await room.mail.read.find(TASKS, { where: { pod: room.world.pod } }))[0];
  const messages = async (): Promise<MessageDoc[]> => {
    const where = { conversation: (await task())?.conversation ?? '' };
    return room.mail.read.find(MESSAGES, { where, sort: [['posted', 'asc']] });
  };
  const texts = async ({ body, brought }: MessageDoc) => {
    const all = await room.mail.read.texts([body, brought]);
    return [all.get(body) ?? '', all.get(brought ?? '') ?? ''];
  };

  it('joins it as words from outside, once, by Skein; it wakes no agent, and tells whoever let it in', async () => {
    await begins();
    const before = await room.world.doc(CONVERSATIONS, (await task())?.conversation ?? '');
    await comes({}, 'And on Mondays? @scribe stop\r\n\r\nOn Monday Cora wrote:\r\n> Do you deliver on Sundays?\r\n');
    await comes(
      { Received: 'by another' },
      'And on Mondays? @scribe stop\r\n\r\nOn Monday Cora wrote:\r\n> Do you deliver on Sundays?\r\n',
    );
    expect(await held()).to.deep.equal([]);
    const [, further, ...others] = await messages();
    expect(others).to.deep.equal([]);
    const [words, brought] = await texts(further as MessageDoc);
    expect(words).to.equal('@ada The sender from outside has written again.');
    expect(brought).to.include(`From: Cora <${CORA}>`).and.include('And on Mondays?');
    expect(brought, 'a quote that is there already').not.to.include('Do you deliver on Sundays?');
    expect([further?.by, further?.labels?.brought?.trust, further?.mentions]).to.deep.equal([
      ...['skein', 'outside'],
      [room.world.ada],
    ]);
    const worked = room.world.delivered.filter(({ kind }) => kind === 'wake' || kind === 'halt');
    expect(worked, 'its words set nobody to work, and stop nobody').to.deep.equal([]);
    const after = await room.world.doc(CONVERSATIONS, (await task())?.conversation ?? '');
    expect([after?.lastBy, after?.lastTo, after?.people]).to.deep.equal([
      before?.lastBy,
      before?.lastTo,
      before?.people,
    ]);
    const [need] = await room.mail.read.find(NEEDS, { where: { pod: room.world.pod, who: room.world.ada } });
    expect([need?.reason, need?.message]).to.deep.equal(['named', further?.id]);
    expect(room.answers, 'nobody answers the customer').to.deep.equal([]);
  });

  it('brings its files', async () => {
    await begins();
    await comes({ 'Content-Type': 'multipart/mixed; boundary="b1"' }, WITH_FILE);
    const { files } = await room.world.does(room.world.ada, 'list_files', {});
    expect(files.map(({ name }: { name: string }) => name)).to.deep.equal(['mail/2026-11-16 Sundays/list.csv']);
  });

  it('tells whoever has the task by then, and is found by what answers it in turn', async () => {
    await begins();
    await room.world.does(room.world.ada, 'assign_task', { task: '#1', assignee: 'ben' });
    await comes();
    await comes({ 'Message-ID': '<cora-3@customer.example>', 'In-Reply-To': '<cora-2@customer.example>' }, 'Well?\r\n');
    const all = (await messages()).slice(-2);
    expect(all.map(({ mentions }) => mentions)).to.deep.equal([[room.world.ben], [room.world.ben]]);
    expect((await texts(all[1] as MessageDoc))[1]).to.include('Well?');
  });

  const waiting: [string, Record<string, string>, object?][] = [
    ['of another address', { From: 'Cora <cora@other.example>' }],
    ['of the same name in another mailbox of that domain', { From: `${CORA} <dora@customer.example>` }],
    ['whose sender is not proved', {}, { auth: 'fail' }],
    ['that answers nothing here', { 'In-Reply-To': '<none@customer.example>' }],
    ['that a machine wrote', { Precedence: 'bulk' }],
  ];
  for (const [which, headers, more] of waiting)
    it(`${which} joins nothing`, async () => {
      await begins();
      const before = (await messages()).length;
      await comes(headers, undefined, more);
      expect(await messages()).to.have.length(before);
    });

  it('joins nothing where the first mail was not proved to be theirs', async () => {
    await begins({ auth: 'fail' });
    await comes();
    expect(await held()).to.have.length(1);
  });

  it('joins nothing that a member began, though it is theirs', async () => {
    await room.arrives({ headers: { 'Message-ID': '<ada-1@example.org>' } });
    await comes({ 'In-Reply-To': '<ada-1@example.org>' });
    expect(await held()).to.have.length(1);
  });

  it('waits for an owner again after thirty within an hour', async () => {
    await begins();
    for (let n = 0; n < 30; n++) await comes({ 'Message-ID': `<n-${n}@customer.example>` }, `Number ${n}\r\n`);
    expect(await held()).to.deep.equal([]);
    await comes({ 'Message-ID': '<n-31@customer.example>' }, 'One more\r\n');
    expect((await held())[0]?.reason).to.include('More than 30 mails came in its thread within an hour.');
  });

  it('waits for an owner again where nobody is in the pod any more who could hear of it', async () => {
    await begins();
    await room.world.does(room.world.ada, 'change_role', { who: 'ben', role: 'owner' });
    await room.world.does(room.world.ben, 'remove_member', { who: 'ada' });
    const before = (await messages()).length;
    await comes({ 'Content-Type': 'multipart/mixed; boundary="b1"' }, WITH_FILE);
    expect(await messages()).to.have.length(before);
    expect((await room.world.does(room.world.ben, 'list_files', {})).files, 'no file is kept').to.deep.equal([]);
    const [mail] = (await room.world.does(room.world.ben, 'list_held_mails')).mails;
    expect(mail?.reason).to.include('Nobody who has its task is in this pod any more.');
  });
});
