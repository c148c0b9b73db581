// A review as people meet it: a notice with Approve and Send back… in Slack, and commands by mail.
import { expect } from 'chai';
import { aMailRoom, type InBox, type MailRoom, reply } from './mailroom.ts';
import { aMail } from './mails.ts';
import type { Seen } from './team.ts';

const MAJA = 'maja@wildgoose.example';

describe('a review', function () {
  this.timeout(90_000);
  let room: MailRoom;

  beforeEach(async () => {
    room = await aMailRoom();
    for (const as of ['ada', 'ben']) await room.team.command(as, 'launch', '/skein digest stop');
    const { tasks } = await room.act<{ tasks: { id: string }[] }>('list_tasks', { assignee: 'ben' });
    for (const { id } of tasks) await room.act('complete_task', { task: id });
  });
  afterEach(() => room.stop());

  /** Ada has it, and asks. */
  const asks = async (reviewer: string): Promise<string> => {
    const made = { title: 'The seating plan', text: 'Eight tables of ten.', assignee: 'ada', reviewers: [reviewer] };
    const { task } = await room.act<{ task: { number: number } }>('create_task', made);
    await room.act('request_review', { task: `#${task.number}`, note: 'Is the aisle wide enough?' });
    return `#${task.number}`;
  };
  const review = async (): Promise<string | undefined> => {
    const { tasks } = await room.act<{ tasks: { title: string; review?: string }[] }>('list_tasks', { state: 'all' });
    return tasks.find(({ title }) => title === 'The seating plan')?.review;
  };
  const labels = ({ blocks }: Seen) =>
    blocks.flatMap(({ elements = [] }) =>
      (elements as { type: string; text?: { text: string } }[]).flatMap(({ type, text }) =>
        type === 'button' ? [text?.text] : [],
      ),
    );
  const plain = ({ text }: Seen) => text.replace(/<[^|>]*\|([^>]*)>/g, '$1').replaceAll('*', '');
  const later = async (days = 4) => {
    await room.team.quiet();
    await room.team.post('/practice/clock', { advance: days * 86_400 });
  };
  const seen = async (as: string, words: string): Promise<Seen> => {
    const one = ({ text }: Seen) => !text.startsWith('Your digest') && text.includes(words);
    return (await room.team.until('app', '', (all) => all.some(one), as)).findLast(one) as Seen;
  };

  it('reaches Ben in Slack; his form sends it back to Ada, and his press approves the next version', async () => {
    const number = await asks('ben');
    await later();
    const notice = await seen('ben', 'asks you to review');
    expect(plain(notice)).to.equal(
      `Ada Lindqvist asks you to review ${number} “The seating plan” in launch, round 1 of 3: “Is the aisle wide enough?”`,
    );
    expect(labels(notice)).to.deep.equal(['Approve', 'Send back…', 'Tomorrow']);
    const press = async ({ ts }: Seen, actionId: string) => {
      await room.team.post('/practice/click', { as: 'ben', channel: 'app', ts, actionId });
      await room.team.quiet();
    };
    await press(notice, 'item.send-back');
    type View = { id: string; title: { text: string } | null };
    const views = await room.team.get<View[]>('/practice/views?as=ben');
    const view = views.find(({ title }) => title?.text === 'Send back');
    await room.team.post('/practice/submit', {
      ...{ as: 'ben', viewId: view?.id },
      values: { comments: 'The aisle has 90 cm, and needs 120.' },
    });
    await room.team.quiet();
    expect(await review()).to.equal('sent back by Ben Okafor, round 1 of 3');
    for (const command of ['/skein tasks', '/skein tasks ada'])
      expect(await room.team.command('ada', 'launch', command)).to.contain('sent back by Ben Okafor, round 1 of 3');
    await later();
    const back = await seen('ada', 'The aisle has 90 cm');
    expect(plain(back)).to.contain(
      `Ben Okafor sent ${number} “The seating plan” in launch back: “The aisle has 90 cm, and needs 120.”`,
    );
    await room.act('update_task', { task: number, text: 'Seven tables of ten.' });
    await room.act('request_review', { task: number });
    // Not on a Saturday.
    await later(3);
    const again = await seen('ben', 'round 2 of 3');
    await press(again, 'item.approve');
    expect(await review()).to.equal('approved by Ben Okafor');
    const answered = await seen('ben', 'Reviewed: ');
    expect(labels(answered)).to.deep.equal([]);
    await later();
    expect(labels(await seen('ada', 'so have all its reviewers'))).to.include('Done');
  });

  it('that nobody has asked for keeps Ben from ending it, and Chiara reads that Ada closed it without', async () => {
    await room.team.command('chiara', 'launch', '/skein digest stop');
    const made = { title: 'The seating plan', text: 'Eight tables of ten.', assignee: 'ben', reviewers: ['chiara'] };
    const { task } = await room.act<{ task: { number: number } }>('create_task', made);
    const number = `#${task.number}`;
    await later();
    const given = await seen('ben', 'The seating plan');
    expect(labels(given)).to.include('Ask for a review…').and.not.to.include('Done');
    expect(await room.team.command('ben', 'launch', `/skein complete_task --task ${task.number}`)).to.contain(
      `${number} is to be reviewed by Chiara Rossi, so it is not done yet. Say “${number} ask for review”`,
    );
    await room.act('complete_task', { task: number });
    await later();
    expect(plain(await seen('chiara', 'without a review'))).to.contain(
      'by Ada Lindqvist. It was closed without a review by Chiara Rossi.',
    );
  });

  it('reaches Maja by mail, who sends it back and approves it in her replies', async () => {
    await room.invites(MAJA, 'Maja Brandt');
    await room.act('add_member', { who: 'maja' });
    await room.endsDigest(MAJA);
    const number = await asks('maja');
    await later();
    const asked = (all: InBox[], words: string) => all.findLast(({ text }) => text.includes(words));
    const answers = async (words: string, text: string, id: string) => {
      const mail = asked(await room.mails(MAJA, (all) => asked(all, words) !== undefined), words) as InBox;
      const to = /^Reply-To: .*?([\w.+-]+@[\w.-]+)/im.exec(mail.raw.replace(/\r?\n[ \t]+/g, ' '))?.[1] ?? '';
      const raw = aMail({ from: MAJA, to, subject: `Re: ${mail.subject}`, id, text, headers: reply(mail) });
      await room.send(MAJA, to, raw);
      await room.team.quiet();
      return mail;
    };
    const first = await answers('round 1 of 3', `${number} send back: The aisle needs 120 cm.`, 'back');
    expect(first.text).to.contain('> Eight tables of ten.');
    expect(first.text).to.contain(`Reply “${number} approve”, or “${number} send back: what is to be mended”.`);
    expect(await review()).to.equal('sent back by Maja Brandt, round 1 of 3');
    await room.act('update_task', { task: number, text: 'Seven tables of ten.' });
    await room.act('request_review', { task: number });
    await later();
    await answers('round 2 of 3', 'approve', 'good');
    expect(await review()).to.equal('approved by Maja Brandt');
  });

  it('whose reviewer has left reaches the owners with its buttons in Slack, and by mail, and goes on', async () => {
    await room.invites(MAJA, 'Maja Brandt');
    await room.act('add_member', { who: 'maja', role: 'owner' });
    await room.endsDigest(MAJA);
    const made = { title: 'The seating plan', text: 'Eight tables of ten.', assignee: 'chiara', reviewers: ['ben'] };
    const { task } = await room.act<{ task: { number: number } }>('create_task', made);
    const number = `#${task.number}`;
    await room.act('request_review', { task: number, note: 'Is the aisle wide enough?' });
    await room.team.post('/practice/kick', { as: 'ada', channel: 'launch', who: 'ben' });
    await later();
    const notice = await seen('ada', 'asks you to review');
    expect(plain(notice)).to.equal(
      `Ada Lindqvist asks you to review ${number} “The seating plan” in launch, round 1 of 3: “Is the aisle wide enough?” This was for Ben Okafor, who can’t decide it here any more, so any owner does.`,
    );
    expect(labels(notice)).to.deep.equal(['Approve', 'Send back…', 'Tomorrow']);
    expect(await room.team.command('ada', 'launch', '/skein waiting')).to.contain('The seating plan');
    const asks = ({ text }: InBox) =>
      text.includes('This was for **Ben Okafor**') || text.includes('This was for Ben Okafor');
    const mail = (await room.mails(MAJA, (all) => all.some(asks))).find(asks) as InBox;
    const to = /^Reply-To: .*?([\w.+-]+@[\w.-]+)/im.exec(mail.raw.replace(/\r?\n[ \t]+/g, ' '))?.[1] ?? '';
    const text = `${number} send back: The aisle needs 120 cm.`;
    const raw = aMail({ from: MAJA, to, subject: `Re: ${mail.subject}`, id: 'owner', text, headers: reply(mail) });
    await room.send(MAJA, to, raw);
    await room.team.quiet();
    expect(await review()).to.equal('sent back by Maja Brandt, round 1 of 3');
    const over = await room.team.until(
      'app',
      '',
      (all) => all.some(({ ts, text: now }) => ts === notice.ts && now.includes('Reviewed')),
      'ada',
    );
    expect(labels(over.find(({ ts }) => ts === notice.ts) as Seen)).to.deep.equal([]);
  });
});
