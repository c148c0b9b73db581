// What waits for a person, asked for and answered by mail: “waiting” brings the list at once, and a reply names its things by number.
import { expect } from 'chai';
import { aMailRoom, HOME, type InBox, type MailRoom, reply } from './mailroom.ts';
import { aMail } from './mails.ts';

const MAJA = 'maja@wildgoose.example';
const SKEIN = `skein@${HOME}`;

describe('“waiting” by mail', function () {
  this.timeout(90_000);
  let room: MailRoom;
  let orchard: string;
  let n = 0;

  beforeEach(async () => {
    room = await aMailRoom();
    await room.invites(MAJA, 'Maja Brandt');
    await room.act('add_member', { who: 'Maja Brandt' });
    const { pod } = await room.act<{ pod: { id: string } }>('create_pod', { name: 'Orchard', agents: ['scribe'] });
    orchard = pod.id;
    await room.act('add_member', { who: 'Maja Brandt' }, orchard);
    await room.team.quiet();
  });
  afterEach(() => room.stop());

  const said = ({ text }: InBox) =>
    (text.split('\n-- \n')[0] ?? '').replace(/[\w.+-]*\+re-[0-9a-z]{25}@[\w.-]+/g, '…').trim();
  const replyTo = (mail: InBox) =>
    /^Reply-To: .*?([\w.+-]+@[\w.-]+)/im.exec(mail.raw.replace(/\r?\n[ \t]+/g, ' '))?.[1] ?? '';
  /** The one mail that comes back. */
  const sends = async (to: string, more: { subject?: string; text?: string; headers?: string[] }) => {
    const before = (await room.boxWithoutInvitations(MAJA)).length;
    const written = { subject: '', text: '', headers: [], ...more };
    await room.send(MAJA, to, aMail({ from: MAJA, to, id: `w-${++n}`, ...written }));
    await room.team.quiet();
    const all = (await room.boxWithoutInvitations(MAJA)).slice(before);
    expect(all.length, all.map(({ text }) => text).join('\n')).to.be.at.most(1);
    return all[0];
  };
  const asks = async () => (await sends(SKEIN, { subject: 'waiting' })) as InBox;
  const answers = (mail: InBox, text: string) => {
    const quoted = mail.text.split('\n').map((line) => `> ${line}`);
    const body = [text, '', 'On Mon, 7 Jan 2030 at 09:00, Skein <skein@example> wrote:', ...quoted].join('\r\n');
    return sends(replyTo(mail), { subject: `Re: ${mail.subject}`, text: body, headers: reply(mail) });
  };
  const states = async (pod?: string) => {
    const all = await room.act<{ tasks: { title: string; state: string }[] }>('list_tasks', { state: 'all' }, pod);
    return Object.fromEntries(all.tasks.map(({ title, state }) => [title, state]));
  };
  const gives = (title: string, pod?: string) =>
    room.act('create_task', { title, assignee: 'Maja Brandt', due: '2030-01-07' }, pod);
  const asksInThread = async () => {
    const { conversation } = await room.act<{ conversation: { id: string } }>(
      'start_conversation',
      { title: 'Ovens', text: '@Maja Brandt which oven do we take?' },
      orchard,
    );
    return conversation.id;
  };

  it('asks back for what a command of the list lacks, and says it to nobody', async () => {
    await gives('Bake the rye');
    await gives('Pick the pears', orchard);
    const asked = (await answers(await asks(), '#5 drop')) as InBox;
    expect(said(asked)).to.include('Say why, behind a colon: “drop: the hall is closed”.');
    expect(await states()).to.include({ 'Bake the rye': 'open' });
    const { history } = await room.act<{ history: { text: string }[] }>('pod_history', { limit: 10 });
    expect(JSON.stringify(history)).not.to.include('wrote “drop”');
  });

  it('as the subject or as the only line, to any address, brings all that waits over all pods, numbered', async () => {
    expect(said(await asks())).to.equal('Nothing is waiting for you.');
    await gives('Bake the rye');
    await gives('Pick the pears', orchard);
    await asksInThread();
    const tasks = [await room.tasks(), await room.tasks(orchard)];
    const list = await asks();
    expect(list.subject).to.equal('Re: waiting');
    expect(said(list)).to.equal(
      [
        '3 things wait for you:',
        '',
        '- #2: Ada Lindqvist asks for you in Orchard: “@Maja Brandt which oven do we take?” · Answer it <…>',
        '- #5 “Bake the rye” in launch, from Ada Lindqvist, due Mon 7 Jan · Answer it <…>',
        '- #1 “Pick the pears” in Orchard, from Ada Lindqvist, due Mon 7 Jan · Answer it <…>',
        '',
        'Reply with a number and a word: “#5 start”, “#5 done” or “#5 tomorrow”; or with a number and your answer.',
      ].join('\n'),
    );
    const asReply = await sends(room.launch.mail, { subject: 'A word', text: 'Waiting?\r\n\r\n-- \r\nMaja' });
    expect(asReply && said(asReply)).to.equal(said(list));
    expect([await room.tasks(), await room.tasks(orchard)], 'no task is made of it').to.deep.equal(tasks);
    // More than the word is a mail like any other.
    await sends(room.launch.mail, { subject: 'Flour', text: 'waiting\r\n\r\nfor the mill to call back.' });
    expect(await room.tasks()).to.include('Flour');
  });

  it('is answered by number: tasks move, one is put off, words reach the one conversation that they are for', async () => {
    await gives('Bake the rye');
    await gives('Pick the pears', orchard);
    const conversation = await asksInThread();
    const list = await asks();
    expect(await answers(list, '#1 done\r\n#5 tomorrow'), 'nothing comes back').to.equal(undefined);
    expect((await states(orchard))['Pick the pears']).to.equal('done');
    expect(await answers(list, '#2 The left one.\r\n\r\nIt is hotter.'), 'nothing comes back').to.equal(undefined);
    const { messages } = await room.act<{ messages: { text: string; by: string }[] }>(
      'read_conversation',
      { conversation },
      orchard,
    );
    const last = messages.findLast(({ text }) => text.includes('left one'))?.text;
    expect(last).to.equal('The left one.\n\nIt is hotter.');
    expect(JSON.stringify(messages), 'nothing of another pod').not.to.contain('Bake the rye');
    const after = await asks();
    expect(said(after)).to.match(
      /^One thing waits for you:\n\n- #5 “Bake the rye” in launch, from Ada Lindqvist, put off until \w+ \d+ \w+, 08:00\n/,
    );
    expect((await answers(after, 'later blue'))?.text).to.contain('“blue” is no time that Skein can read.');
    expect(await answers(after, 'Later Friday 9:15'), 'nothing comes back').to.equal(undefined);
    expect(said(await asks())).to.match(/put off until Fri \d+ \w+, 09:15\n/);
    // One thing alone needs no number.
    expect(await answers(after, 'done\r\n\r\nIt stands on the rack.')).to.equal(undefined);
    expect((await states())['Bake the rye']).to.equal('done');
    expect(said(await asks())).to.equal('Nothing is waiting for you.');
  });

  it('gives words that name no thing back, with the list, which is answered the same way', async () => {
    await gives('Bake the rye');
    await gives('Pick the pears', orchard);
    const list = await asks();
    const back = (await answers(list, 'Gladly.')) as InBox;
    expect(said(back))
      .to.contain('Skein does not guess which of them it is for')
      .and.to.contain('- #5 “Bake the rye” in launch')
      .and.to.contain('- #1 “Pick the pears” in Orchard')
      .and.to.match(/You wrote:\n\n> Gladly\.$/);
    expect((await answers(list, '#3 done'))?.text, 'a number of nothing').to.contain('> #3 done');
    expect(await states()).to.include({ 'Bake the rye': 'open' });
    // By the address alone, as programs do that name no mail.
    expect(await sends(replyTo(back), { subject: 'Re: waiting', text: '#1 start' })).to.equal(undefined);
    expect((await states(orchard))['Pick the pears']).to.equal('started');
  });
});
