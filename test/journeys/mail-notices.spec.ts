// Notices by mail, read and answered as a person does who has no Slack: what they say reaches the conversation, and never becomes a task.
import { expect } from 'chai';
import { skein } from '../../src/cli/skein.ts';
import { aMailRoom, BEN, HOME, type InBox, type MailRoom, reply } from './mailroom.ts';
import { aMail } from './mails.ts';
import type { Seen } from './team.ts';

const MAJA = 'maja@wildgoose.example';
/** Over a weekend, whatever day it is: everybody has working hours within it. */
const DAYS = 4 * 86_400;

/** The mail comes back. Returns what the channel is told of it. */
async function bounces(room: MailRoom, { id, n }: { id: string; n: number }, words: RegExp): Promise<Seen[]> {
  const to = `launch@${HOME}`;
  const daemon = { from: 'MAILER-DAEMON@mx.wildgoose.example', to, subject: 'Undelivered Mail', id: `d-${n}` };
  const text = [
    ...['--b1', 'Content-Type: message/delivery-status', '', `Final-Recipient: rfc822; ${MAJA}`],
    ...['Action: failed', 'Status: 5.1.1', '', '--b1', 'Content-Type: text/rfc822-headers', ''],
    ...[`Message-ID: ${id}`, '', '--b1--'],
  ].join('\r\n');
  const raw = aMail({ ...daemon, text }).replace(
    'text/plain; charset=utf-8',
    'multipart/report; report-type=delivery-status; boundary="b1"',
  );
  await room.send('', to, raw);
  const all = await room.team.until('launch', '', (seen) => seen.some((one) => words.test(one.text)));
  await room.team.quiet();
  return all.filter((one) => words.test(one.text));
}

describe('a digest by mail', function () {
  this.timeout(120_000);

  it('that bounces passes on what it told first: whoever gave the task is told, and a question goes to the owners', async () => {
    const room = await aMailRoom();
    try {
      await room.invites(MAJA, 'Maja Brandt');
      await room.act('add_member', { who: 'Maja Brandt' });
      const started = { title: 'Flour', text: 'We buy flour.' };
      const { conversation } = await room.act<{ conversation: { id: string } }>('start_conversation', started);
      await room.act('create_task', { title: 'Bake the rye', assignee: 'Maja Brandt' });
      await room.act('ask', { conversation: conversation.id, to: ['Maja Brandt'], question: 'Which flour?' });
      await room.team.quiet();
      await room.team.post('/practice/clock', { advance: DAYS });
      const isDigest = ({ subject, text }: InBox) => subject.startsWith('Your digest') && text.includes('Bake the rye');
      const digest = (await room.mails(MAJA, (all) => all.some(isDigest))).find(isDigest);
      expect(digest?.text).to.contain('Which flour?');
      await room.team.quiet();
      const words = /could not be told of #5: there is no such mailbox \(5\.1\.1\)/;
      const id = digest?.messageId ?? '';
      expect(await bounces(room, { id, n: 1 }, words)).to.have.length(1);
      const [told, ...more] = await bounces(room, { id, n: 2 }, words);
      expect([told?.text.slice(0, 2), more], 'once, and Ada is named').to.deep.equal(['<@', []]);
      const { questions } = await room.act<{ questions: { to: string[] }[] }>('list_questions');
      expect(questions[0]?.to).to.deep.equal(['Maja Brandt', 'the owners']);
    } finally {
      await room.stop();
    }
  });
});

describe('a notice by mail', function () {
  this.timeout(120_000);
  let room: MailRoom;
  let n: number;

  beforeEach(async () => {
    n = 0;
    room = await aMailRoom();
    await room.invites(MAJA, 'Maja Brandt');
    await room.act('add_member', { who: 'Maja Brandt' });
    // Over days her digest would tell it first, and no notice would come.
    await room.endsDigest(MAJA);
  });
  afterEach(() => room.stop());

  const isNotice = ({ text }: InBox) => text.includes('what waits for you');
  const notices = async (count: number) => {
    const all = await room.mails(MAJA, (mails) => mails.filter(isNotice).length >= count);
    return all.filter(isNotice);
  };
  /** Moves to the person's next hours, until the notice has come. */
  const told = async (count = 1) => {
    await room.team.quiet();
    await room.team.post('/practice/clock', { advance: DAYS });
    const all = await notices(count);
    await room.team.quiet();
    expect(await notices(count)).to.have.length(count);
    return all.at(-1) as InBox;
  };
  const replyTo = (mail: InBox) =>
    /^Reply-To: .*?([\w.+-]+@[\w.-]+)/im.exec(mail.raw.replace(/\r?\n[ \t]+/g, ' '))?.[1] ?? '';
  /** As a mail program writes it: with the quoted notice below. */
  const answers = async (mail: InBox, text: string) => {
    const quoted = mail.text.split('\n').map((line) => `> ${line}`);
    const to = replyTo(mail);
    const body = [text, '', 'On Mon, 7 Jan 2030 at 09:00, Skein <skein@example> wrote:', ...quoted].join('\r\n');
    const raw = aMail({
      from: MAJA,
      to,
      subject: `Re: ${mail.subject}`,
      id: `r-${++n}`,
      text: body,
      headers: reply(mail),
    });
    await room.send(MAJA, to, raw);
    await room.team.quiet();
  };
  const states = async () => {
    const { tasks } = await room.act<{ tasks: { title: string; state: string }[] }>('list_tasks', { state: 'all' });
    return Object.fromEntries(tasks.map(({ title, state }) => [title, state]));
  };

  it('that bounces is told to whoever gave the task, with what to do, and passes a question on', async () => {
    await room.act('create_task', { title: 'Bake the rye', assignee: 'Maja Brandt' });
    const { messageId } = await told();
    const { conversation } = await room.act<{ conversation: { id: string } }>('start_conversation', {
      title: 'Flour',
      text: 'We buy flour.',
    });
    const words =
      /could not be told of #5: there is no such mailbox \(5\.1\.1\)\. Check the address, or tell them another/;
    const bounced = (id: string, expected: RegExp) => bounces(room, { id, n: ++n }, expected);
    expect(await bounced(messageId, words)).to.have.length(1);
    expect((await bounced(messageId, words))[0]?.text, 'Ada is named in the thread').to.match(
      /^<@U\w+> Maja Brandt could/,
    );
    const asked = { conversation: conversation.id, to: ['Maja Brandt'], question: 'Which flour?' };
    await room.act('ask', asked);
    const question = await told(2);
    expect(question.text).to.contain('Which flour?');
    await bounced(question.messageId, words);
    const { questions } = await room.act<{ questions: { to: string[] }[] }>('list_questions');
    expect(questions[0]?.to).to.deep.equal(['Maja Brandt', 'the owners']);
  });

  it('about a step says how to hear less, and a first line does that', async () => {
    await room.act('create_task', { title: 'Bake the rye', assignee: 'Maja Brandt' });
    await answers(await told(), 'Tell me every step.');
    await room.act('assign_task', { task: '#5', assignee: 'ben' });
    const step = await told(2);
    expect(step.subject).to.equal('Bake the rye');
    expect(step.text)
      .to.contain('Ada Lindqvist gave #5 “Bake the rye” in launch to Ben Okafor.')
      .and.to.contain('“only tell me when it’s done” or “only in the digest”');
    await answers(step, "Only tell me when it's done.");
    const said = (await room.boxWithoutInvitations(MAJA)).filter(({ text }) =>
      text.includes('you hear of #5 once it is done'),
    );
    expect(said, 'she reads that it is so').to.have.length(1);
    await room.act('start_task', { task: '#5' });
    await room.team.quiet();
    // The next notice comes on a working day.
    await room.team.post('/practice/clock', { advance: DAYS / 2 });
    await room.act('complete_task', { task: '#5' });
    const done = await told(3);
    expect(done.text).to.contain('Done: #5 “Bake the rye” in launch, by Ada Lindqvist.');
    expect(JSON.stringify(await room.act('read_conversation', { conversation: 'all' }))).not.to.contain('only tell me');
  });

  it('gives a task on with the result only: its agent asks nobody, and she reads at its end what it assumed', async () => {
    await room.act('create_task', {
      title: 'Ask Ben: which flour do we order, rye or wheat?',
      assignee: 'Maja Brandt',
    });
    await answers(await told(), "Only tell me when it's done.\r\nassign to scribe");
    await room.team.post('/practice/clock', { advance: DAYS / 2 });
    const done = await told(2);
    expect(done.text)
      .to.contain('Done: #5 “Ask Ben: which flour do we order, rye or wheat?” in launch, by Scribe: “Rye it is.')
      .and.to.contain('Assumed: Which flour do we order, rye or wheat? Rye.');
    const { questions } = await room.act<{ questions: unknown[] }>('list_questions', {});
    expect(questions).to.deep.equal([]);
  });

  it('about a task is named after it, and a reply is a message in the thread that the task gets', async () => {
    await room.act('create_task', {
      title: 'Bake the rye',
      text: 'Use the dark flour.',
      assignee: 'Maja Brandt',
      due: '2030-01-07',
    });
    const mail = await told();
    expect(mail.subject).to.equal('Bake the rye');
    expect(mail.from).to.contain('Skein');
    expect(mail.text).to.equal(
      [
        'Ada Lindqvist gave you #5 “Bake the rye” in launch, due Mon 7 Jan.',
        '',
        '> Use the dark flour.',
        '',
        'Reply to say something about this task. A first line “start” or “done” says that you have begun, or that it is done.',
        '',
        '-- ',
        'Skein · what waits for you',
        '',
      ].join('\n'),
    );
    expect(mail.html).to.contain('<blockquote').and.to.contain('“Bake the rye”');
    const before = Object.keys(await states()).length;
    await answers(mail, 'start\r\n\r\nThe oven is free from nine.');
    expect(Object.keys(await states()), 'no new task').to.have.length(before);
    expect((await states())['Bake the rye']).to.equal('started');
    const channel = await room.team.messages(room.launch.channel);
    const root = channel.find(({ text }) => text.includes('“Bake the rye”'));
    const thread = await room.team.messages(room.launch.channel, root?.ts ?? '');
    expect(thread.map(({ text }) => text).slice(0, 3)).to.deep.equal([
      '#5 “Bake the rye”.',
      'Maja Brandt began #5, by mail.',
      'The oven is free from nine.',
    ]);
    await answers(mail, 'Done.');
    expect((await states())['Bake the rye']).to.equal('done');
    expect(await room.held()).to.deep.equal([]);
  });

  it('in a pod that lives by mail: an agent mentions Maja, she gets a mail, and her reply reaches that agent', async () => {
    const agents = ['scribe', 'scout'];
    const { pod } = await room.act<{ pod: { id: string } }>('create_pod', { name: 'Orchard', agents });
    await room.act('add_member', { who: 'Maja Brandt' }, pod.id);
    const starts = (title: string) =>
      room.act<{ conversation: { id: string } }>('start_conversation', { title, text: title }, pod.id);
    const [apples, talk] = [(await starts('Apples')).conversation.id, (await starts('Talk')).conversation.id];
    // The stand-in model repeats what it is told to say. Ada takes her own mention back.
    const text = `@scout say in ${apples}: @maja how many crates do you have?`;
    const { message } = await room.act<{ message: { id: string } }>(
      'post_message',
      { conversation: talk, text },
      pod.id,
    );
    await room.team.quiet();
    await room.act('edit_message', { message: message.id, text: 'Thanks.' }, pod.id);
    const mail = await told();
    expect(mail.from).to.contain(`orchard+scout@${HOME}`).and.to.contain('Scout');
    expect(mail.subject).to.equal('Apples');
    expect(mail.text).to.match(
      /^Scout asks for you in Orchard:\n\n> @maja how many crates do you have\?\n\nReply, and Scout gets your answer\.\n/,
    );
    await answers(mail, 'Which tasks are open here?');
    const [answer] = (await room.mails(MAJA, (all) => all.some(({ text }) => text.includes('task')))).slice(-1);
    expect(answer?.from).to.contain(`orchard+scout@${HOME}`);
    expect(answer?.subject).to.equal('Re: Apples');
    expect(await room.tasks(pod.id), 'no new task').to.deep.equal([]);
  });

  /** What a mail says in its text, without its foot, with each reply address as its thread’s. */
  const said = ({ text }: InBox) =>
    (text.split('\n-- \n')[0] ?? '').replace(/[\w.+-]*\+re-[0-9a-z]{25}@[\w.-]+/g, '…').trim();
  const addressesIn = ({ text }: InBox) => text.match(/[\w.+-]*\+re-[0-9a-z]{25}@[\w.-]+/g) ?? [];
  /** The newest mail in this mailbox, after `work` and all that follows from it; fails if there is not one more. */
  const oneMore = async (work: () => Promise<void>, address = MAJA) => {
    const before = (await room.boxWithoutInvitations(address)).length;
    await work();
    const all = await room.mails(address, (mails) => mails.length > before);
    await room.team.quiet();
    expect(await room.boxWithoutInvitations(address)).to.have.length(before + 1);
    return all.at(-1) as InBox;
  };
  const noMore = async (work: () => Promise<void>, address = MAJA) => {
    const before = (await room.boxWithoutInvitations(address)).length;
    await work();
    await room.team.quiet();
    expect(await room.boxWithoutInvitations(address)).to.have.length(before);
  };
  const writes = async (
    to: string,
    { subject = '', text = '', headers = [] as string[], from = MAJA, auth = 'pass' as 'pass' | 'fail' },
  ) => {
    await room.send(from, to, aMail({ from, to, subject, id: `w-${++n}`, text, headers }), auth);
    await room.team.quiet();
  };
  const ofSeveral = async () => {
    await room.act('create_task', { title: 'Bake the rye', assignee: 'Maja Brandt', due: '2030-01-07' });
    await room.act('create_task', { title: 'Order the flour', assignee: 'Maja Brandt', due: '2030-01-08' });
    return told();
  };

  describe('about several things', () => {
    it('is answered as a whole by one line that names a task: it is moved, and its thread hears it', async () => {
      const mail = await ofSeveral();
      expect(mail.subject).to.equal('2 things wait for you');
      expect(said(mail)).to.equal(
        [
          '- Ada Lindqvist gave you #5 “Bake the rye” in launch, due Mon 7 Jan. Answer it <…>',
          '- Ada Lindqvist gave you #6 “Order the flour” in launch, due Tue 8 Jan. Answer it <…>',
          '',
          'Reply with a number and a word: “#5 start”, “#5 done” or “#5 tomorrow”; or with a number and your answer. Each also has an address of its own. Other words come back to you, because Skein does not guess which one they are for.',
        ].join('\n'),
      );
      const before = Object.keys(await states()).length;
      await noMore(() => answers(mail, '#6 start'));
      expect(await states()).to.include({ 'Bake the rye': 'open', 'Order the flour': 'started' });
      await noMore(() => answers(mail, 'Done #6.'));
      // The same mail again, as through another mailbox.
      n -= 1;
      await noMore(() => answers(mail, 'Done #6.'));
      expect(await states()).to.include({ 'Bake the rye': 'open', 'Order the flour': 'done' });
      // A mail program that names no mail in what it sends: the address alone leads back.
      await noMore(() => writes(replyTo(mail), { subject: `Re: ${mail.subject}`, text: '#5 done\r\n\r\n-- \r\nMaja' }));
      expect((await states())['Bake the rye']).to.equal('done');
      expect(Object.keys(await states()), 'no new task').to.have.length(before);
      const channel = await room.team.messages(room.launch.channel);
      const root = channel.find(({ text }) => text.includes('“Order the flour”'));
      const thread = await room.team.messages(room.launch.channel, root?.ts ?? '');
      expect(thread.map(({ text }) => text)).to.deep.equal([
        '#6 “Order the flour”.',
        'Maja Brandt began #6, by mail.',
        'Maja Brandt marked #6 done, by mail.',
      ]);
    });

    it('gives other words back whole, with the address of each thing that still waits, which then take them', async () => {
      const mail = await ofSeveral();
      const before = await states();
      const back = await oneMore(() =>
        answers(mail, '#5 done\r\n\r\nThe *oven* is free from nine.\r\n1) Ask the mill.'),
      );
      expect(back.subject).to.equal('Re: 2 things wait for you');
      expect(said(back)).to.equal(
        [
          'Your mail answers a notice about several things, and Skein does not guess which of them it is for. Nobody has read it yet. These still wait for you; each has an address of its own for your answer:',
          '',
          '- Ada Lindqvist gave you #5 “Bake the rye” in launch, due Mon 7 Jan. Answer it <…>',
          '- Ada Lindqvist gave you #6 “Order the flour” in launch, due Tue 8 Jan. Answer it <…>',
          '',
          'You wrote:',
          '',
          '> #5 done',
          '>',
          '> The *oven* is free from nine.',
          '> 1) Ask the mill.',
        ].join('\n'),
      );
      expect(await states(), 'nothing was guessed').to.deep.equal(before);
      await noMore(() => writes(addressesIn(back)[0] ?? '', { text: 'The oven is free from nine.' }));
      const channel = await room.team.messages(room.launch.channel);
      const root = channel.find(({ text }) => text.includes('“Bake the rye”'));
      const thread = await room.team.messages(room.launch.channel, root?.ts ?? '');
      expect(thread.at(-1)?.text).to.equal('The oven is free from nine.');
      // What comes back is answered the same way.
      await noMore(() =>
        writes(replyTo(back) || `skein@${HOME}`, { subject: back.subject, text: '#6 done', headers: reply(back) }),
      );
      expect((await states())['Order the flour']).to.equal('done');
      const again = await oneMore(() => answers(mail, 'Which of the two ovens?'));
      expect(said(again)).to.contain('#5 “Bake the rye”').and.not.contain('#6 “');
      await answers(mail, '#5 done');
      const none = await oneMore(() => answers(mail, '#5 start'));
      expect(said(none)).to.equal(
        [
          'Your mail answers a notice about several things, and none of them waits any more. Nobody has read it yet. To reach people, write to a pod, or reply to a mail of the conversation.',
          '',
          'You wrote:',
          '',
          '> #5 start',
        ].join('\n'),
      );
      expect(await states()).to.include({ 'Bake the rye': 'done' });
    });

    it('gives two tasks of one number numbers of their own, so that no reply can mean both', async () => {
      const { pod } = await room.act<{ pod: { id: string } }>('create_pod', { name: 'Orchard', agents: ['scribe'] });
      await room.act('add_member', { who: 'Maja Brandt' }, pod.id);
      for (let each = 1; each < 5; each++) await room.act('create_task', { title: `Row ${each}` }, pod.id);
      await room.act('create_task', { title: 'Pick the pears', assignee: 'Maja Brandt', due: '2030-01-07' }, pod.id);
      await room.act('create_task', { title: 'Bake the rye', assignee: 'Maja Brandt', due: '2030-01-07' });
      const mail = await told();
      expect(said(mail))
        .to.contain('- #1: Ada Lindqvist gave you #5 “Pick the pears” in Orchard')
        .and.contain('- #2: Ada Lindqvist gave you #5 “Bake the rye” in launch');
      const back = await oneMore(() => answers(mail, '#5 done'));
      expect(said(back)).to.contain('#1: ').and.to.contain('#2: ').and.to.contain('> #5 done');
      const pears = async () => {
        const { tasks } = await room.act<{ tasks: { title: string; state: string }[] }>(
          'list_tasks',
          { state: 'all' },
          pod.id,
        );
        return tasks.find(({ title }) => title === 'Pick the pears')?.state;
      };
      expect([(await states())['Bake the rye'], await pears()]).to.deep.equal(['open', 'open']);
      await noMore(() => answers(mail, '#1 done\r\n#2 start'));
      expect([(await states())['Bake the rye'], await pears()]).to.deep.equal(['started', 'done']);
    });

    it('is nobody else’s to answer, and no machine’s', async () => {
      const mail = await ofSeveral();
      const before = await states();
      const to = replyTo(mail);
      const headers = reply(mail);
      const subject = `Re: ${mail.subject}`;
      // Ben is known and proved, and the notice is Maja’s.
      const back = await oneMore(() => writes(to, { from: BEN, subject, text: '#5 done', headers }), BEN);
      expect(said(back)).to.equal(
        [
          'Your mail answers a notice that went to somebody else, so nothing was done, and nobody has read it yet. To reach people, write to a pod, or reply to a mail of the conversation.',
          '',
          'You wrote:',
          '',
          '> #5 done',
        ].join('\n'),
      );
      // Forged in her name, by a stranger, and by her machine: nothing is done, and nobody is answered.
      await noMore(() => writes(to, { subject, text: '#5 done', headers, auth: 'fail' }));
      await noMore(
        () => writes(to, { from: 'eve@mill.example', subject, text: '#5 done', headers }),
        'eve@mill.example',
      );
      await noMore(() =>
        writes(to, { subject, text: '#5 done', headers: [...headers, 'Auto-Submitted: auto-replied'] }),
      );
      expect(await states()).to.deep.equal(before);
    });

    it('keeps words that can’t be given back in the inbox, with the reason', async () => {
      const mail = await ofSeveral();
      const headers = [...reply(mail), 'X-Auto-Response-Suppress: All'];
      const subject = `Re: ${mail.subject}`;
      await noMore(() => writes(replyTo(mail), { subject, text: 'Which oven?', headers }));
      let out = '';
      const io = { env: { SKEIN_DATA_DIR: room.team.dir }, home: room.team.dir, err: () => {}, stdin: async () => '' };
      const shows = (text: string) => {
        out += text;
      };
      expect(await skein({ ...io, out: shows }, ['inbox'])).to.equal(0);
      expect(out).to.contain('Nothing was done, and its sender could not be answered');
      await noMore(() => writes(replyTo(mail), { subject, text: '#5 done', headers }));
      expect((await states())['Bake the rye']).to.equal('done');
    });
  });
});
