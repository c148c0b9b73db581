// Somebody is away: their deputy hears of what needs them, acts on it in their place, and they hear what is left.
import { expect } from 'chai';
import { aMailRoom, type MailRoom } from './mailroom.ts';
import type { Seen } from './team.ts';

const HOURS = 6 * 3600;

describe('somebody away', function () {
  this.timeout(120_000);
  let room: MailRoom;
  let ben: string;

  before(async () => {
    room = await aMailRoom();
    const { users } = await room.team.get<{ users: { id: string; name: string }[] }>('/practice/state');
    ben = users.find(({ name }) => name.startsWith('Ben'))?.id ?? '';
    // Over days their digests would tell it first.
    for (const as of ['ada', 'ben', 'chiara']) await room.team.command(as, 'launch', '/skein digest stop');
    const { tasks } = await room.act<{ tasks: { id: string }[] }>('list_tasks', {});
    for (const { id } of tasks) await room.act('complete_task', { task: id });
    await room.team.command('ben', 'launch', '/skein away until 2031-01-07 deputy @chiara');
  });
  after(() => room.stop());

  const notices = async (as: string) =>
    (await room.team.messages('app', undefined, as)).filter(({ text }) => !text.startsWith('Your digest'));
  /** Moves the clock until this person has read it. */
  const hears = async (as: string, words: RegExp): Promise<Seen> => {
    for (let n = 0; n < 30; n++) {
      await room.team.quiet();
      const found = (await notices(as)).findLast(({ text }) => words.test(text));
      if (found) return found;
      await room.team.post('/practice/clock', { advance: HOURS });
      await new Promise((done) => setTimeout(done, 300));
    }
    throw new Error(`${as} never hears ${words}: ${JSON.stringify((await notices(as)).map(({ text }) => text))}`);
  };
  const clicks = async (as: string, { ts }: Seen, actionId: string) => {
    const { users } = await room.team.get<{ users: { id: string; name: string }[] }>('/practice/state');
    const user = users.find(({ name }) => name.toLowerCase().startsWith(as))?.id;
    await room.team.post('/practice/click', { as: user, channel: 'app', ts, actionId });
    await room.team.quiet();
  };

  it('is given a task by a command: whoever gives it reads that they are away', async () => {
    const said = await room.team.command('ada', 'launch', '/skein create_task --title "Fold the boxes" --assignee ben');
    expect(said).to.match(
      /^Done: you created #\d+ .* Ben Okafor is away until Tue 7 Jan 2031\. Chiara Rossi stands in for them\.$/,
    );
    await room.act('complete_task', { task: /#\d+/.exec(said)?.[0] });
  });

  it('is mentioned in Slack: the deputy hears it once, for whom, and what they answer there settles it', async () => {
    const before = (await notices('ben')).length;
    const thread = await room.team.say('ada', 'launch', `<@${ben}> which flour do we take?`);
    const away = /^Ben Okafor is away until Tue 7 Jan 2031\. Chiara Rossi stands in for them\.$/;
    const toAda = await room.team.until('launch', '', (all) => all.some(({ text }) => away.test(text)), 'ada');
    expect(toAda.filter(({ text }) => away.test(text)).map(({ ephemeral }) => ephemeral)).to.deep.equal([true]);
    const told = await hears('chiara', /which flour/);
    expect(told.text).to.match(
      /Ada Lindqvist.* asks for \*Ben Okafor\* in .*which flour.*Ben Okafor is away until Tue 7 Jan 2031, and you stand in for them: your answer in that thread counts as theirs\./,
    );
    expect(await room.team.command('chiara', 'launch', '/skein waiting')).to.match(
      /For \*Ben Okafor\*, who is away: .*Ada Lindqvist.* asks for them in .*which flour/,
    );
    expect((await notices('chiara')).filter(({ text }) => text.includes('which flour'))).to.have.length(1);
    await room.team.say('chiara', 'launch', 'The dark one.', thread);
    const after = await hears('chiara', /You answered .*Ada Lindqvist.*, \w{3} \d+ \w{3}, \d\d:\d\d\./);
    expect(after.ts, 'the same message, whose buttons are gone').to.equal(told.ts);
    expect(JSON.stringify(after.blocks)).not.to.include('"button"');
    expect(await room.team.command('chiara', 'launch', '/skein waiting')).to.include('Nothing is waiting for you.');
    expect((await notices('ben')).slice(before)).to.deep.equal([]);
  });

  it('is given a task: the deputy puts it off until tomorrow, and says that it is done', async () => {
    await room.act('create_task', { title: 'Order boxes', assignee: 'ben' });
    const told = await hears('chiara', /“Order boxes”.* you stand in for them: do it for them/);
    await clicks('chiara', told, 'item.snooze');
    await hears('chiara', /“Order boxes”.*Put off until/);
    const again = await hears('chiara', /You put this off until now\..*“Order boxes”.*stand in for them/);
    await clicks('chiara', again, 'item.done');
    await hears('chiara', /Done: .*#\d+.* in launch, by you, \w{3} \d+ \w{3}, \d\d:\d\d\./);
  });

  it('is asked for a review: the deputy approves it, and Ada reads by whom, for whom, with Done', async () => {
    const made = { title: 'The labels', text: 'In blue.', assignee: 'ada', reviewers: ['ben'] };
    const { task } = await room.act<{ task: { id: string } }>('create_task', made);
    await room.act('request_review', { task: task.id });
    const told = await hears('chiara', /asks you to review.*“The labels”/s);
    expect(told.text).to.match(
      /^\*Ben Okafor\* is away until Tue 7 Jan 2031, and you stand in for them\. This was for \*Ben Okafor\*: \*Ada Lindqvist\* asks you to review/,
    );
    await clicks('chiara', told, 'item.snooze');
    expect((await hears('chiara', /“The labels”.*Put off until/s)).ts).to.equal(told.ts);
    const before = (await notices('ben')).length;
    await clicks('chiara', told, 'item.approve');
    const read = await hears('ada', /“The labels”.*so have all its reviewers/s);
    expect(read.text).to.match(/^\*Chiara Rossi\*, for Ben Okafor, approved .*“The labels”/);
    expect(JSON.stringify(read.blocks)).to.include('item.done');
    expect((await notices('ben')).slice(before)).to.deep.equal([]);
    await clicks('ada', read, 'item.done');
  });

  it('hears when they are back what is still open, and nothing of what was done', async () => {
    await room.team.say('ada', 'launch', `<@${ben}> which boxes do we take?`);
    await hears('chiara', /which boxes/);
    const before = (await notices('ben')).length;
    await room.team.command('ben', 'launch', '/skein back');
    const told = await hears('ben', /which boxes/);
    expect(told.text).not.to.match(/stand in|flour|Order boxes/);
    expect((await notices('ben')).slice(before)).to.have.length(1);
    expect(await room.team.command('chiara', 'launch', '/skein waiting')).to.include('Nothing is waiting for you.');
  });
});
