// What somebody has just done to a task is undone by a button or a word, unless something has happened to it since.
import { expect } from 'chai';
import { aMailRoom, type InBox, type MailRoom, reply } from './mailroom.ts';
import { aMail } from './mails.ts';
import type { Seen } from './team.ts';

const MAJA = 'maja@orchard.example';

interface Task {
  number: number;
  id: string;
  state: string;
  assigneeName?: string;
  due?: string;
}

describe('undo', function () {
  this.timeout(90_000);
  let room: MailRoom;
  before(async () => {
    room = await aMailRoom();
  });
  after(() => room.stop());

  const create = async (title: string, more: object = {}) =>
    (await room.act<{ task: Task }>('create_task', { title, ...more })).task;
  const task = async (number: number) =>
    (await room.act<{ tasks: Task[] }>('list_tasks', { state: 'all' })).tasks.find((one) => one.number === number);
  const command = (as: string, words: string) => room.team.command(as, 'launch', `/skein ${words}`);
  const buttonsOf = ({ blocks }: Pick<Seen, 'blocks'>) =>
    blocks.flatMap((block) => (block.elements as { action_id?: string; value?: string }[] | undefined) ?? []);
  /** The newest message of the person's that has the button, and a click on it. */
  const presses = async (as: string, channel: string, actionId: string, id = '') => {
    const button = (one: Seen) =>
      buttonsOf(one).find(({ action_id, value }) => action_id === actionId && value?.includes(id));
    const has = (one: Seen) => button(one) !== undefined;
    const seen = (await room.team.until(channel, '', (all) => all.some(has), as)).filter(has).at(-1) as Seen;
    await room.team.post('/practice/click', { as, channel, ts: seen.ts, actionId, value: button(seen)?.value });
    await room.team.quiet();
  };

  it('takes back by its button what a command did: done, a new assignee, a day', async () => {
    const { number } = await create('Order boxes', { assignee: 'ben', due: '2031-12-05' });
    await command('ben', `#${number} done`);
    await presses('ben', 'launch', 'answered.undo');
    expect(await task(number)).to.include({ state: 'open', assigneeName: 'Ben Okafor' });
    await command('ben', `#${number} assign to Chiara`);
    await presses('ben', 'launch', 'answered.undo');
    expect((await task(number))?.assigneeName).to.equal('Ben Okafor');
    await command('ben', `#${number} due 24 December 2031`);
    await presses('ben', 'launch', 'answered.undo');
    expect((await task(number))?.due).to.equal('2031-12-05');
    await command('ada', `#${number} drop: nobody needs them`);
    await presses('ada', 'launch', 'answered.undo');
    expect((await task(number))?.state).to.equal('open');
  });

  it('takes it back by a word, and leaves alone what somebody else did since', async () => {
    const { number } = await create('Call the mill');
    await command('ben', `#${number} done`);
    expect(await command('ben', `undo #${number}`)).to.match(/^Done: you reopened #/);
    await command('ben', `assign #${number} to Ben`);
    expect(await command('ben', `#${number} undo`)).to.match(/^Done: you took #/);
    expect((await task(number))?.assigneeName).to.equal(undefined);
    await command('ben', `#${number} done`);
    await command('ada', `reopen #${number}`);
    expect(await command('ben', `#${number} undo`)).to.include(
      `Ada Lindqvist changed #${number} last, and you can undo only a change of your own.`,
    );
    const other = await create('Weigh the flour');
    expect(await command('ben', `undo #${other.number}`)).to.include(
      `Nothing was done to #${other.number} that can be undone.`,
    );
  });

  it('takes it back once: the button of an earlier answer says that something has happened since', async () => {
    const { number } = await create('Print the labels');
    await command('ben', `#${number} due 24 December 2031`);
    const has = (one: Seen) => buttonsOf(one).some(({ action_id }) => action_id === 'answered.undo');
    const seen = (await room.team.messages('launch', '', 'ben')).filter(has).at(-1) as Seen;
    await command('ben', `#${number} start`);
    await room.team.post('/practice/click', { as: 'ben', channel: 'launch', ts: seen.ts, actionId: 'answered.undo' });
    await room.team.quiet();
    const said = (await room.team.messages('launch', '', 'ben')).map(({ text }) => text);
    expect(said.join('\n')).to.include(`You have changed #${number} again since.`);
    expect(await task(number)).to.include({ state: 'started', due: '2031-12-24' });
  });

  it('stands in a notice below what was done there, and for an hour', async () => {
    const { number, id } = await create('Taste the bread', { assignee: 'dev' });
    await room.team.passes(900);
    await presses('dev', 'app', 'item.done', id);
    expect((await task(number))?.state).to.equal('done');
    await presses('dev', 'app', 'item.undo', id);
    expect((await task(number))?.state).to.equal('open');
    await command('dev', `#${number} done`);
    await room.team.passes(3700);
    expect(await command('dev', `#${number} undo`)).to.include(`You did that to #${number} more than an hour ago.`);
  });

  it('is a word of a reply by mail, whose followers read what is so again', async () => {
    await room.invites(MAJA, 'Maja Holm');
    await room.act('add_member', { who: 'Maja Holm' });
    const to = room.launch.mail;
    await room.send(MAJA, to, aMail({ from: MAJA, to, subject: 'Crates', text: 'Hold this for me.' }));
    const [ack] = (await room.mails(MAJA, (all) => all.length > 0)) as [InBox];
    const says = async (text: string, id: string) => {
      await room.send(MAJA, to, aMail({ from: MAJA, to, subject: 'Re: Crates', id, text, headers: reply(ack) }));
      await room.team.quiet();
    };
    const { tasks } = await room.act<{ tasks: (Task & { title: string })[] }>('list_tasks', { state: 'all' });
    const number = tasks.find(({ title }) => title === 'Crates')?.number ?? 0;
    await says('assign to Ben', 'u-1');
    expect((await task(number))?.assigneeName).to.equal('Ben Okafor');
    await says('undo', 'u-2');
    expect((await task(number))?.assigneeName).to.not.equal('Ben Okafor');
    const root = (await room.team.messages('launch')).find(({ text }) => text.includes('Crates'));
    const thread = (await room.team.messages('launch', root?.ts)).map(({ text }) => text).join('\n');
    expect(thread).to.match(/Maja Holm undid what they had done to #\d+, by mail: it is with \w+ again\./);
  });
});
