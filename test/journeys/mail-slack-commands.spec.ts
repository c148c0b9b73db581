// Who follows a task by mail alone reads in one line what people do to it in Slack.
import { expect } from 'chai';
import { ADA, aMailRoom, type InBox, type MailRoom } from './mailroom.ts';
import { aMail } from './mails.ts';

const MAJA = 'maja@orchard.example';
const NORA = 'nora@orchard.example';

describe('who has mail and no Slack', () => {
  let room: MailRoom;
  before(async () => {
    room = await aMailRoom();
    for (const [email, name] of [
      [MAJA, 'Maja Holm'],
      [NORA, 'Nora Berg'],
    ] as const) {
      await room.invites(email, name);
      await room.act('add_member', { who: name });
    }
    const to = room.launch.mail;
    const headers = [`Cc: ${NORA}, ${ADA}`];
    await room.send(MAJA, to, aMail({ from: MAJA, to, subject: 'Crates', text: 'note: Ask for forty.', headers }));
    await room.team.quiet();
  });
  after(() => room.stop());

  const lines = (all: InBox[], words: string) => all.filter(({ text }) => text.includes(words));
  const later = async () => {
    await room.team.quiet();
    await room.team.passes(900);
  };
  const task = async () => {
    const { tasks } = await room.act<{ tasks: { number: number; title: string }[] }>('list_tasks', { state: 'all' });
    return `#${tasks.find(({ title }) => title === 'Crates')?.number}`;
  };

  it('reads in one line what a command in Slack did to a task that they follow', async () => {
    const number = await task();
    const before = (await room.boxWithoutInvitations(ADA)).length;
    await room.team.command('ben', room.launch.channel, `/skein ${number} due 24 December 2031`);
    await room.team.command('ben', room.launch.channel, `/skein ${number} assign to Ben`);
    await later();
    const all = await room.boxWithoutInvitations(NORA);
    expect(lines(all, `Ben Okafor took on ${number} “Crates”, through Slack.`)).to.have.length(1);
    expect(lines(all, `Ben Okafor updated ${number} “Crates”: due Wed 24 Dec 2031, through Slack.`)).to.have.length(1);
    expect(await room.boxWithoutInvitations(ADA), 'who has Slack sees it there').to.have.length(before);
    const posts = JSON.stringify(await room.team.messages(room.launch.channel));
    expect(posts, 'nothing is posted for it').not.to.include('through Slack');
  });

  it('is told once: whom the act itself asks or tells hears of it by that', async () => {
    const number = await task();
    await room.team.command('ben', room.launch.channel, `/skein ${number} assign to Nora`);
    await later();
    const all = await room.boxWithoutInvitations(NORA);
    expect(lines(all, 'to Nora Berg, through Slack')).to.deep.equal([]);
    const gave = await room.boxWithoutInvitations(MAJA);
    expect(lines(gave, 'to Nora Berg'), 'she gave it, and has a notice').to.have.length(1);
    expect(lines(gave, 'to Nora Berg, through Slack')).to.deep.equal([]);
  });

  it('reads words in their own thread as the message that they are, and nothing of how close somebody stays', async () => {
    const number = await task();
    const root = (await room.team.messages(room.launch.channel)).find(({ text }) => text.includes('Crates'));
    await room.team.say('ben', room.launch.channel, `${number} start`, root?.ts);
    await room.team.command('ben', room.launch.channel, `/skein follow ${number} every step`);
    await later();
    const all = await room.boxWithoutInvitations(NORA);
    expect(lines(all, `${number} start`)).to.have.length(1);
    expect(lines(all, `started ${number}`)).to.deep.equal([]);
    expect(lines(all, 'every step')).to.deep.equal([]);
  });
});
