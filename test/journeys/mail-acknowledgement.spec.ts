// The acknowledgement of a mail waits ten minutes for an answer, on the product's clock, and an answer takes its place.
import { expect } from 'chai';
import { aMailRoom, HOME, type InBox, type MailRoom, reply } from './mailroom.ts';
import { aMail } from './mails.ts';

const MAJA = 'maja@orchard.example';
const TO = `orchard@${HOME}`;
const DAY = 'Please tell me by 24 December 2030.';

describe('the acknowledgement of a mail to a pod', () => {
  let room: MailRoom;
  let pod: string;
  beforeEach(async () => {
    room = await aMailRoom();
    await room.invites(MAJA, 'Maja Holm');
    // Nobody works in this pod but people.
    const made = await room.act<{ pod: { id: string } }>('create_pod', { name: 'Orchard', agents: [] });
    pod = made.pod.id;
    await room.act('add_member', { who: 'Maja Holm' }, pod);
    await room.team.quiet();
  });
  afterEach(() => room.stop());

  const later = async (minutes: number) => {
    await room.team.post('/practice/clock', { advance: minutes * 60 });
    await room.team.quiet();
  };
  const writes = async (subject: string) => {
    await room.send(MAJA, TO, aMail({ from: MAJA, to: TO, subject, text: 'Which apples keep longest?', id: subject }));
    await room.team.quiet();
  };
  const box = () => room.boxWithoutInvitations(MAJA);
  const due = async () =>
    (await room.act<{ tasks: { due?: string }[] }>('list_tasks', { state: 'all' }, pod)).tasks.map((one) => one.due);
  let replied = 0;
  /** Replies as mail programs do, with the whole mail below. */
  const replies = async (mail: InBox, words: string, from = MAJA) => {
    const quoted = mail.text.split('\n').map((line) => `> ${line}`);
    const text = [words, '', 'On Mon, 7 Jan 2030 at 09:00, Skein <skein@example> wrote:', ...quoted].join('\r\n');
    replied += 1;
    const more = { subject: mail.subject, id: `reply-${replied}`, text, headers: reply(mail) };
    await room.send(from, TO, aMail({ from, to: TO, ...more }));
    await room.team.quiet();
  };
  const conversationAbout = async (subject: string) => {
    const { conversations } = await room.act<{ conversations: { id: string; title: string }[] }>(
      'read_conversation',
      { conversation: 'all' },
      pod,
    );
    const id = conversations.find(({ title }) => title === subject)?.id ?? '';
    return { id, ...(await room.act<object>('read_conversation', { conversation: id }, pod)) };
  };
  const said = ({ text }: InBox) => text.split('\n-- \n')[0]?.trim();

  it('comes after ten minutes without an answer, once, also where Skein was restarted meanwhile', async () => {
    await writes('Apples');
    expect(await box()).to.deep.equal([]);
    await room.team.restart();
    await later(9);
    expect(await box(), 'not yet').to.deep.equal([]);
    await later(1);
    const [ack] = await room.mails(MAJA, (all) => all.length === 1);
    expect(ack?.subject).to.equal('Re: Apples');
    expect(ack && said(ack))
      .to.contain('Your mail is a task now: Apples')
      .and.to.contain('Task #1 in Orchard, for nobody yet')
      .and.to.contain('- Can be read by Ada Lindqvist in Orchard');
    await later(20);
    expect(await box()).to.have.length(1);
  });

  it('is none for a mail that says nothing: its sender reads what they can write', async () => {
    const sends = async (subject: string, text: string, headers: string[] = []) => {
      replied += 1;
      const id = `empty-${replied}`;
      await room.send(MAJA, TO, aMail({ from: MAJA, to: TO, subject, text, id, headers }));
      await room.team.quiet();
    };
    await sends('', ' ');
    await sends('Fwd: Plums', '');
    const told = await room.mails(MAJA, (all) => all.length === 2);
    for (const one of told) expect(said(one)).to.contain('was empty: it had no text and no file, so it is no task.');
    expect(told.map(({ subject }) => subject)).to.include('Re: Plums');
    expect(await room.tasks(pod)).to.deep.equal([]);
    await sends('Order the plums', '');
    expect(await room.tasks(pod), 'a subject of one’s own says what is wanted').to.deep.equal(['Order the plums']);
    await later(10);
    const [ack] = (await room.mails(MAJA, (all) => all.length === 3)).slice(-1) as [InBox];
    expect(said(ack)).to.contain('- Your mail had no text, so its subject is all that the task says.');
    await replies(ack, '');
    const [empty] = (await room.mails(MAJA, (all) => all.length === 4)).slice(-1) as [InBox];
    expect(said(empty)).to.contain('Your reply to Orchard had no words of your own and no file, so nothing was done.');
    await replies(ack, 'done');
    expect(await box()).to.have.length(4);
  });

  it('proposes the day that the words name, and only a reply sets it; what the reply quotes is not said again', async () => {
    await room.send(MAJA, TO, aMail({ from: MAJA, to: TO, subject: 'Quinces', text: DAY, id: 'quinces' }));
    await room.team.quiet();
    await later(10);
    const [ack] = (await room.mails(MAJA, (all) => all.length === 1)) as [InBox];
    expect(said(ack)).to.contain('- You name a day: Tue 24 Dec 2030. Reply “yes”, and the task is due then');
    expect(await due()).to.deep.equal([undefined]);
    await replies(ack, 'yes');
    expect(await due()).to.deep.equal(['2030-12-24']);
    const messages = JSON.stringify(await conversationAbout('Quinces'));
    expect(messages)
      .to.contain('Maja Holm set #1 due on Tue 24 Dec 2030, by mail.')
      .and.not.to.contain('You name a day')
      .and.not.to.contain('yes');
  });

  it('takes no day by a “yes” that may mean the answer which it brings', async () => {
    await room.send(MAJA, TO, aMail({ from: MAJA, to: TO, subject: 'Medlars', text: DAY, id: 'medlars' }));
    await room.team.quiet();
    const { id } = await conversationAbout('Medlars');
    await room.act('post_message', { conversation: id, text: 'Shall I ask the mill?' }, pod);
    const [answer] = (await room.mails(MAJA, (all) => all.length === 1)) as [InBox];
    expect(said(answer)).to.contain(
      '- You name a day: Tue 24 Dec 2030. Reply “due 2030-12-24”, and the task is due then',
    );
    await replies(answer, 'Yes!');
    expect(await due()).to.deep.equal([undefined]);
    expect(JSON.stringify(await conversationAbout('Medlars')))
      .to.contain('Yes!')
      .and.not.to.contain('You name a day');
    await replies(answer, 'due 2030-12-24');
    expect(await due()).to.deep.equal(['2030-12-24']);
  });

  it('of a mail that somebody forwarded before says that it joins their task, which both follow until it is a task of its own', async () => {
    const OTTO = 'otto@orchard.example';
    await room.invites(OTTO, 'Otto Berg');
    await room.act('add_member', { who: 'Otto Berg' }, pod);
    const offer =
      'We can deliver forty boxes of Cox apples on Monday morning, at the price that we agreed on in spring.';
    const forwards = async (from: string, words: string) => {
      const head = [
        '---------- Forwarded message ---------',
        'From: Mill <mill@cox.example>',
        'Subject: Cox apples',
        '',
      ];
      const text = [words, '', ...head, offer].join('\r\n');
      await room.send(from, TO, aMail({ from, to: TO, subject: 'Fwd: Cox apples', text, id: `fwd-${from}` }));
      await room.team.quiet();
    };
    await forwards(MAJA, 'Please check this.');
    await forwards(OTTO, 'Can we afford it?');
    // It does not wait for the ten minutes of the first.
    const [ack] = (await room.mails(OTTO, (all) => all.length === 1)) as [InBox];
    expect(said(ack))
      .to.contain('This mail is a task already: Cox apples')
      .and.to.contain('Task #1 in Orchard')
      .and.to.contain('Maja Holm sent it before you, so yours joins that task; both of you hear of it')
      .and.to.contain('What you ask for: “Can we afford it?”');
    expect(await box(), 'hers waits').to.deep.equal([]);
    const titles = await room.tasks(pod);
    expect(titles).to.have.length(1);
    await later(10);
    const [, joined] = (await room.mails(MAJA, (all) => all.length === 2)) as [InBox, InBox];
    expect(joined.from).to.contain('Otto Berg');
    expect(joined.text).to.contain('Can we afford it?').and.to.contain('The mail of task #1 once more');
    const { id } = await conversationAbout(titles[0] ?? '');
    await room.act('post_message', { conversation: id, text: 'We take them, @maja and @otto.' }, pod);
    for (const who of [MAJA, OTTO])
      await room.mails(who, (all) => all.some(({ text }) => text.includes('We take them')));
    await replies(ack, 'own task', OTTO);
    await later(10);
    expect(await room.tasks(pod)).to.deep.equal([...titles, ...titles]);
    const hers = await room.mails(MAJA, (all) => all.some(({ text }) => text.includes('a task of its own')));
    expect(hers.at(-1)?.text).to.contain('Otto Berg made a task of its own of their mail: #2');
    const before = (await room.boxWithoutInvitations(OTTO)).length;
    await room.act('post_message', { conversation: id, text: 'They come on Monday, @maja.' }, pod);
    await room.mails(MAJA, (all) => all.some(({ text }) => text.includes('They come on Monday')));
    await room.team.quiet();
    expect(await room.boxWithoutInvitations(OTTO), 'he has left that task').to.have.length(before);
  });

  it('is taken back by an answer that comes before, which says what was understood', async () => {
    await writes('Pears');
    await room.team.restart();
    await later(8);
    const { conversations } = await room.act<{ conversations: { id: string }[] }>(
      'read_conversation',
      { conversation: 'all' },
      pod,
    );
    const conversation = conversations[0]?.id;
    // Who can read it is said as it is when the mail goes out.
    for (const who of ['Ben Okafor', 'Chiara Rossi', 'Dev Patel']) await room.act('add_member', { who }, pod);
    await room.act('post_message', { conversation, text: 'The Conference pear does.' }, pod);
    const [answer] = await room.mails(MAJA, (all) => all.length === 1);
    expect(answer?.from).to.contain('Ada Lindqvist (Orchard)');
    expect(answer && said(answer))
      .to.contain('The Conference pear does.')
      .and.to.contain('Your mail is a task now: Pears')
      .and.to.contain('Task #1 in Orchard')
      .and.to.contain('- Can be read by Ada Lindqvist, Ben Okafor, Chiara Rossi and Dev Patel in Orchard');
    await later(30);
    expect(await box(), 'no acknowledgement follows').to.have.length(1);
  });

  it('is not said again where a reply quotes it, with the readers by names or by their number', async () => {
    for (const who of ['Ben Okafor', 'Chiara Rossi', 'Dev Patel']) await room.act('add_member', { who }, pod);
    const quotedIn = async (subject: string, readers: string) => {
      const before = (await box()).length;
      await writes(subject);
      await later(10);
      const ack = (await room.mails(MAJA, (all) => all.length > before)).at(-1) as InBox;
      expect(ack.text).to.contain(`Can be read by ${readers} in Orchard`);
      const quoted = ack.text.split('\n').map((line) => `> ${line}`);
      const text = ['Thank you!', '', 'On Mon, 7 Jan 2030 at 09:00, Skein <skein@example> wrote:', ...quoted];
      const more = { subject: ack.subject, id: `re-${subject}`, text: text.join('\r\n'), headers: reply(ack) };
      await room.send(MAJA, TO, aMail({ from: MAJA, to: TO, ...more }));
      await room.team.quiet();
      const { conversations } = await room.act<{ conversations: { id: string; title: string }[] }>(
        'read_conversation',
        { conversation: 'all' },
        pod,
      );
      const conversation = conversations.find(({ title }) => title === subject)?.id;
      const said = JSON.stringify(await room.act('read_conversation', { conversation }, pod));
      expect(said).to.contain('Thank you!').and.not.to.contain('Can be read by');
    };
    await quotedIn('Plums', 'Ada Lindqvist, Ben Okafor, Chiara Rossi and Dev Patel');
    for (const name of ['Eva Stone', 'Fay Mills']) {
      await room.invites(`${name.slice(0, 3).toLowerCase()}@mill.example`, name);
      await room.act('add_member', { who: name }, pod);
    }
    await quotedIn('Cherries', '6 others');
  });
});
