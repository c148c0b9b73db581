// Notices by mail, read and answered as a person does who has no Slack: what they say reaches the conversation, and never becomes a task.
import { expect } from 'chai';
import { aMailRoom, HOME, type InBox, type MailRoom, reply } from './mailroom.ts';
import { aMail } from './mails.ts';

const MAJA = 'maja@wildgoose.example';
/** Over a weekend, whatever day it is: everybody has working hours within it. */
const DAYS = 4 * 86_400;

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
      '#5 “Bake the rye”. It is with Maja Brandt.',
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
});
