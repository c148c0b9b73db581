// A new mail that starts a workflow: a customer's or a forwarded one, where the pod has said so, or a member's by its first line.
import { expect } from 'chai';
import { CONVERSATIONS } from '../../../../src/pods/conversations/conversation.ts';
import { MESSAGES } from '../../../../src/pods/conversations/message.ts';
import { QUARANTINED_MAILS } from '../../../../src/pods/mail/quarantined-mail.ts';
import { PODS } from '../../../../src/pods/pod/pod.ts';
import { TASKS, type TaskDoc } from '../../../../src/pods/tasks/task.ts';
import type { ToBuild } from '../../../email/build.ts';
import { refusal } from '../../../pods/build.ts';
import { ADA, aMailWorld, type MailWorld } from '../mail-world.ts';

const CORA = 'cora@customer.example';
const BEN = 'ben@example.org';
const HOUR = 3_600_000;
const FACTS = {
  ...{ title: 'A question', purpose: 'Answers a customer.' },
  roles: [
    { name: 'writer', what: 'Writes it' },
    { name: 'sender', what: 'Sends it' },
  ],
  steps: [
    { id: 'write', task: 'Write: {{about}}', who: 'writer', after: [] },
    { id: 'send', task: 'Send: {{about}}', who: 'sender', after: ['write'] },
  ],
};

describe('a new mail and workflows', () => {
  let room: MailWorld;
  beforeEach(async () => {
    room = await aMailWorld();
    const origin = { kind: 'manifest', hash: 'q' } as const;
    await room.world.does('skein', 'import_workflow', { name: 'customer-question', facts: FACTS }, { origin });
    room.world.delivered.length = 0;
  });

  /** Carries what commits wish to be done in a pod. */
  const carried = async () => {
    for (const one of room.world.delivered)
      if (one.kind === 'act')
        await room.mail.act({ ...one, pod: one.in, via: 'skein', actor: one.actor, input: one.input as object });
  };
  const comes = async ({ from = CORA, body = 'Do you deliver on Sundays?\r\n', headers = {} }, more = {}) => {
    const id = `<${Math.abs(hash(`${from}${body}${Object.values(headers)}`))}@mail.example>`;
    const built: ToBuild = { headers: { From: from, Subject: 'Sundays', 'Message-ID': id, ...headers }, body };
    await room.arrives(built, { from, ...more });
    await carried();
  };
  const sets = (input: object = {}, by = room.world.ada) =>
    room.world.does(by, 'set_mail_workflow', {
      ...{ workflow: 'customer-question', roles: ['writer: scribe', 'sender: ben'], ...input },
    });
  const tasks = (): Promise<TaskDoc[]> =>
    room.mail.read.find(TASKS, { where: { pod: room.world.pod }, sort: [['number', 'asc']] });
  const titles = async () => {
    const all = await tasks();
    const texts = await room.mail.read.texts(all.map(({ titleRef }) => titleRef));
    return all.map(({ titleRef }) => texts.get(titleRef ?? ''));
  };
  const STEPS = ['A question: Sundays', 'Write: Sundays', 'Send: Sundays'];
  const held = async () => (await room.world.does(room.world.ada, 'list_held_mails')).mails;
  const forward = (from: string, id: string) => ({
    ...{
      from,
      body: `---------- Forwarded message ---------\r\nFrom: Cora <${CORA}>\r\nSubject: Sundays\r\n\r\n${LONG}\r\n`,
    },
    headers: { Subject: 'Fwd: Sundays', 'Message-ID': `<${id}@example.org>` },
  });
  const LONG = 'Do you deliver your bread on Sundays to the Sonnenallee as well, and what would it cost us each month?';

  it('of a customer waits for an owner, until one has said what it starts', async () => {
    await comes({});
    expect(await tasks()).to.deep.equal([]);
    expect(await held()).to.have.length(1);
  });

  it('of a customer starts it once, for whoever set that, by Skein, and its words are from outside', async () => {
    await sets();
    await comes({ headers: { 'Message-ID': '<c1@mail.example>' }, body: 'And on Mondays?\r\n' });
    await comes({
      headers: { 'Message-ID': '<c1@mail.example>', Received: 'by another' },
      body: 'And on Mondays?\r\n',
    });
    expect(await titles()).to.deep.equal(STEPS);
    expect(await held()).to.deep.equal([]);
    const [whole, write, send] = await tasks();
    expect([whole?.assignee, write?.assignee, send?.assignee]).to.deep.equal([
      room.world.ada,
      room.world.scribe,
      room.world.ben,
    ]);
    expect([whole?.createdBy, whole?.givenBy]).to.deep.equal(['skein', room.world.ada]);
    expect([whole, write].map((one) => one?.labels?.titleRef?.trust)).to.deep.equal(['outside', 'outside']);
    const conversation = await room.world.doc(CONVERSATIONS, whole?.conversation ?? '');
    const of = { conversation: whole?.conversation ?? '' };
    const [first] = await room.mail.read.find(MESSAGES, { where: of, sort: [['posted', 'asc']], limit: 1 });
    expect([first?.by, first?.labels?.brought?.trust, first?.mail?.letIn]).to.deep.equal([
      'skein',
      'outside',
      'starts',
    ]);
    expect(conversation?.mail?.people, 'nobody answers the customer').to.deep.equal([]);
    expect(room.answers).to.deep.equal([]);
    const woken = room.world.delivered.flatMap((one) => (one.kind === 'wake' ? [one.agent] : []));
    expect(woken, 'the mail itself wakes nobody').to.deep.equal([room.world.scribe]);
  });

  const waiting: [string, Parameters<typeof comes>[0], Parameters<typeof comes>[1]][] = [
    ['whose sender is not proved', {}, { auth: 'fail' }],
    ['that answers a conversation of the pod', { headers: { 'In-Reply-To': '<m1@example.org>' } }, {}],
    ['that is an automatic answer', { headers: { 'Auto-Submitted': 'auto-replied' } }, {}],
    ['that came as a blind copy', { headers: { To: CORA, 'DKIM-Signature': dkim() } }, {}],
    [
      'that may have been sent again',
      { headers: { Date: 'Tue, 16 Jun 2026 09:00:00 +0000', 'DKIM-Signature': dkim() } },
      {},
    ],
  ];
  for (const [which, mail, more] of waiting)
    it(`of a customer ${which} starts nothing`, async () => {
      await room.arrives({});
      await sets();
      const before = (await tasks()).length;
      await comes(mail, more);
      expect(await tasks()).to.have.length(before);
    });

  it('starts it no more often than the pod has said: the rest waits, with the reason', async () => {
    await sets({ an_hour: 2, a_day: 3 });
    for (const n of [1, 2, 3]) await comes({ body: `Question ${n}?\r\n` });
    expect(await tasks()).to.have.length(6);
    expect((await held())[0]?.reason).to.include('Mails have started customer-question 2 times within an hour');
    room.world.clock.now += HOUR + 1000;
    for (const n of [4, 5]) await comes({ body: `Question ${n}?\r\n` });
    expect(await tasks()).to.have.length(9);
    expect((await held())[0]?.reason).to.include('3 times within a day');
    expect((await room.world.doc(PODS, room.world.pod))?.mailWorkflow?.started).to.have.length(3);
  });

  it('waits with the reason where a role or whoever set it has left, and starts one by an owner’s word', async () => {
    await sets({ roles: ['writer: scribe', 'sender: ben'] });
    await room.world.does(room.world.ada, 'remove_member', { who: 'ben' });
    await comes({});
    const [mail] = await held();
    expect(mail?.reason).to.include('customer-question was not started: ').and.include('is not in this pod');
    await sets({ roles: ['writer: scribe', 'sender: ada'] });
    await room.world.does(room.world.ada, 'accept_mail', { mail: mail?.id });
    const hash = (await room.world.doc(QUARANTINED_MAILS, mail?.id))?.raw;
    const accepted = { pod: room.world.pod, held: mail?.id, by: room.world.ada };
    const payload = { hash, owner: room.world.pod, envelope: { mailbox: 'held', arrival: '1' }, accepted };
    await room.queue.save([{ id: 'mail:accepted:1', lane: 'mail:0', kind: 'mail', payload }]);
    await room.handle('mail:accepted:1');
    await carried();
    expect(await titles()).to.deep.equal(STEPS);
  });

  it('that a member forwards starts it; a colleague who forwards the same joins it; other mails are tasks as before', async () => {
    await sets();
    room.world.delivered.length = 0;
    await comes(forward(BEN, 'f1'));
    expect(await titles()).to.deep.equal(STEPS);
    const [whole] = await tasks();
    const mailed = room.world.delivered.filter((one) => one.kind === 'mail' && one.to.includes(room.world.ben));
    expect(mailed, 'Ben reads the list of the steps').to.have.length(1);
    await comes(forward(ADA, 'f2'));
    expect(await titles()).to.deep.equal(STEPS);
    const said = await room.mail.read.find(MESSAGES, {
      where: { conversation: whole?.conversation ?? '', by: room.world.ada },
    });
    expect(said).to.have.length(1);
    await comes({ from: ADA, body: 'Please order flour.\r\n', headers: { Subject: 'Flour' } });
    expect((await titles()).at(-1)).to.equal('Flour');
  });

  it('of a member starts one by its first line, in their name, for its subject or what the line says', async () => {
    await comes({
      from: BEN,
      body: 'start customer-question (writer: scribe, sender: Ada)\r\n\r\nShe asked on the phone.\r\n',
    });
    expect(await titles()).to.deep.equal(STEPS);
    const [whole, write] = await tasks();
    expect([whole?.assignee, whole?.createdBy, write?.givers?.length]).to.deep.equal([
      room.world.ben,
      room.world.ben,
      1,
    ]);
    const [first] = await room.mail.read.find(MESSAGES, {
      where: { conversation: whole?.conversation ?? '', by: room.world.ben },
    });
    expect((await room.mail.read.texts([first?.body])).get(first?.body ?? '')).to.equal('She asked on the phone.');
    await comes({ from: BEN, body: 'workflow customer-question: Mondays (writer: scribe, sender: Ada)\r\n' });
    expect((await titles()).slice(3)).to.deep.equal(['A question: Mondays', 'Write: Mondays', 'Send: Mondays']);
  });

  it('whose first line cannot be done is a task, and says why; a sentence is a sentence', async () => {
    await comes({ from: BEN, body: 'start customer-question (writer: nobody)\r\n\r\nShe asked.\r\n' });
    expect(await titles()).to.deep.equal(['Sundays']);
    const [message] = await room.mail.read.find(MESSAGES, { where: { pod: room.world.pod }, limit: 1 });
    const notes = await room.mail.read.texts(message?.mail?.notes ?? []);
    expect([...notes.values()].join()).to.include(
      'customer-question was not started: Nobody in this pod goes by “nobody”.',
    );
    await comes({ from: BEN, body: 'start early\r\n', headers: { Subject: 'Monday' } });
    expect(await titles()).to.deep.equal(['Sundays', 'Monday']);
  });

  it('of a guest waits, whatever its first line says', async () => {
    await room.world.does(room.world.ada, 'change_role', { who: 'ben', role: 'guest' });
    await comes({ from: BEN, body: 'start customer-question (writer: scribe, sender: ada)\r\n' });
    expect(await tasks()).to.deep.equal([]);
    expect(await held()).to.have.length(1);
  });

  it('is set by an owner only, said to the members, shown, and ended again', async () => {
    expect((await refusal(sets({}, room.world.ben))).message).to.include('owner');
    expect((await refusal(sets({ roles: [] }))).message).to.include('Nobody has the role writer');
    await sets();
    const post = room.world.delivered.find((one) => one.kind === 'post');
    const said = post?.kind === 'post' ? await room.world.doc(MESSAGES, post.message) : undefined;
    expect((await room.mail.read.texts([said?.body])).get(said?.body ?? '')).to.match(
      /^Ada.* set that a mail from outside, or forwarded by a member, starts the workflow customer-question here: at most 6 an hour and 20 a day/,
    );
    expect((await refusal(sets())).message).to.include('already is so');
    expect((await room.world.does(room.world.ben, 'read_pod')).pod.mail_workflow).to.deep.equal({
      ...{ workflow: 'customer-question', an_hour: 6, a_day: 20 },
    });
    await room.world.does(room.world.ada, 'set_mail_workflow', {});
    await comes({});
    expect(await tasks()).to.deep.equal([]);
  });
});

function dkim() {
  return 'v=1; a=rsa-sha256; d=customer.example; s=s1;\r\n h=from:to:cc:date:subject; bh=x; b=y';
}

function hash(text: string): number {
  let sum = 7;
  for (const char of text) sum = (sum * 31 + char.charCodeAt(0)) | 0;
  return sum;
}
