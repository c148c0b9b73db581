// A notice in Slack: what waits for somebody, what they can do with it right there, and how it shows what became of it.
import { expect } from 'chai';
import { aMailRoom, type MailRoom } from './mailroom.ts';
import { dayAfterStart } from './midday.ts';
import type { Seen } from './team.ts';

/** Over a weekend, whatever day it is: everybody has working hours within it. */
const DAYS = 4 * 86_400;

describe('a notice in Slack', function () {
  this.timeout(90_000);
  let room: MailRoom;

  beforeEach(async () => {
    room = await aMailRoom();
    // Over days his digest would tell it first, and no notice would come.
    await room.team.command('ben', 'launch', '/skein digest stop');
    // Ben has only what each test gives him.
    const { tasks } = await room.act<{ tasks: { id: string }[] }>('list_tasks', { assignee: 'ben' });
    for (const { id } of tasks) await room.act('complete_task', { task: id });
  });
  afterEach(() => room.stop());

  const days = (count = DAYS) => room.team.post('/practice/clock', { advance: count });
  const labels = ({ blocks }: Seen) =>
    blocks.flatMap(({ elements = [] }) =>
      (elements as { type: string; text?: { text: string } }[]).flatMap(({ type, text }) =>
        type === 'button' ? [text?.text] : [],
      ),
    );
  const until = async (enough: (notice: Seen) => boolean): Promise<Seen> => {
    const one = (seen: Seen) => !seen.text.startsWith('Your digest') && enough(seen);
    const seen = await room.team.until('app', '', (all) => all.some(one), 'ben');
    return seen.findLast(one) as Seen;
  };
  const notice = async (title: string): Promise<Seen> => {
    await room.team.quiet();
    await days();
    return until(({ text }) => text.includes(title));
  };
  const click = async ({ ts }: Seen, actionId: string, value?: string) => {
    const channel = (await room.team.get<{ users: { id: string; name: string }[] }>('/practice/state')).users;
    const ben = channel.find(({ name }) => name.startsWith('Ben'))?.id;
    await room.team.post('/practice/click', { as: ben, channel: 'app', ts, actionId, value });
    await room.team.quiet();
  };

  it('changes when its task goes to somebody else, who is told; done and opened again, it is told once more', async () => {
    await room.team.command('chiara', 'launch', '/skein digest stop');
    const { task } = await room.act<{ task: { id: string } }>('create_task', { title: 'Order boxes', assignee: 'ben' });
    const told = await notice('Order boxes');
    await room.act('assign_task', { task: task.id, assignee: 'chiara' });
    const gone = await until(({ ts, text }) => ts === told.ts && text.includes('is not with you any more'));
    expect(labels(gone)).to.deep.equal([]);
    expect(await room.team.command('ben', 'launch', '/skein waiting')).to.not.include('Order boxes');
    const chiaras = async (words: RegExp) => {
      await room.team.quiet();
      // The same working day again.
      await days(7 * 86_400);
      const seen = await room.team.until('app', '', (all) => all.some(({ text }) => words.test(text)), 'chiara');
      return seen.filter(({ text }) => words.test(text));
    };
    const given = /Ada Lindqvist.* gave you .*#\d+.* “Order boxes” in launch\./;
    expect(await chiaras(given)).to.have.length(1);
    await room.act('complete_task', { task: task.id });
    await room.act('reopen_task', { task: task.id });
    const again = await chiaras(/Ada Lindqvist.* opened .*#\d+.* “Order boxes” in launch again; it is with you\./);
    expect(again).to.have.length(1);
    expect(labels(again[0] as Seen)).to.include.members(['Start', 'Done']);
  });

  it('lets Ben start and finish a task, as himself, and its buttons go', async () => {
    await room.act('create_task', { title: 'Order boxes', assignee: 'ben' });
    const told = await notice('Order boxes');
    expect(labels(told)).to.deep.equal(['Start', 'Done', 'Tomorrow', 'Give to…', 'Not me…']);
    await click(told, 'item.start');
    const started = await until(({ text }) => text.includes('Started.'));
    expect(started.ts, 'the same message').to.equal(told.ts);
    expect(labels(started)).to.deep.equal(['Done', 'Tomorrow', 'Give to…', 'Not me…']);
    await click(told, 'item.done');
    const done = await until(({ text }) => /Done: .*#\d+.* in launch, by you, \w{3} \d+ \w{3}, \d\d:\d\d\./.test(text));
    expect(done.ts).to.equal(told.ts);
    expect(labels(done), 'but for the way back').to.deep.equal(['Undo']);
    const { tasks } = await room.act<{ tasks: { title: string; state: string }[] }>('list_tasks', { state: 'done' });
    expect(tasks.map(({ title }) => title)).to.include('Order boxes');
    const history = await room.act<object>('pod_history', { limit: 5 });
    expect(JSON.stringify(history)).to.match(/Ben Okafor[^{}]*(?:completed|done)[^{}]*#\d+/);
  });

  it('is given back with a form that asks why, and its giver reads that', async () => {
    await room.act('create_task', { title: 'Fold boxes', assignee: 'ben' });
    const told = await notice('Fold boxes');
    await click(told, 'item.not-me');
    type View = { id: string; title: { text: string } | null };
    const [view] = (await room.team.get<View[]>('/practice/views?as=ben')).filter(
      ({ title }) => title?.text === 'Give a task back',
    );
    await room.team.post('/practice/submit', { as: 'ben', viewId: view?.id, values: { reason: 'I am away' } });
    const gone = await until(({ ts, text }) => ts === told.ts && text.includes('is not with you any more'));
    expect(labels(gone)).to.deep.equal(['Undo']);
    await room.team.quiet();
    expect(await room.team.command('ada', 'launch', '/skein waiting')).to.match(
      /“Fold boxes” in launch, from Ben Okafor/,
    );
  });

  it('shows who has done it, when somebody else has, and keeps the buttons of the others', async () => {
    await room.act('create_task', { title: 'Weigh the flour', assignee: 'ben' });
    const { task } = await room.act<{ task: { id: string } }>('create_task', { title: 'Order boxes', assignee: 'ben' });
    const told = await notice('Order boxes');
    expect(labels(told)).to.have.length(10);
    await room.act('complete_task', { task: task.id });
    const done = await until(({ text }) => /Done: .*, by Ada Lindqvist, \w{3} \d+ \w{3}, \d\d:\d\d\./.test(text));
    expect(done.ts).to.equal(told.ts);
    expect(done.text).to.include('Weigh the flour');
    expect(labels(done)).to.deep.equal(['Start', 'Done', 'Tomorrow', 'Give to…', 'Not me…']);
    await click(told, 'item.done');
    await until(({ text }) => /by you, \w{3} \d+ \w{3}, \d\d:\d\d\./.test(text));
  });

  it('tells of every step to whoever wants it, who turns it down with a button, and then of the result only', async () => {
    const { task } = await room.act<{ task: { number: number } }>('create_task', { title: 'Pack', assignee: 'chiara' });
    const number = `#${task.number}`;
    const said = await room.team.command('ben', 'launch', `/skein follow ${number} every step`);
    expect(said).to.contain(`you hear of every step of ${number}`);
    const bare = await room.team.command('ben', 'launch', `/skein follow ${number.slice(1)}: every step`);
    expect(bare).to.contain(`you hear of every step of ${number}`);
    expect(await room.team.command('ben', 'launch', '/skein follow now and then')).to.contain(
      'Write how close you stay',
    );
    expect(await room.team.command('ben', 'launch', `/skein follow ${number} checkpoints:`)).to.contain(
      'Name one to 10',
    );
    await room.act('update_task', { task: number, due: '2030-01-07' });
    const step = await notice('changed');
    expect(step.text).to.match(/\*\*?Ada Lindqvist\*?\* changed .*“Pack” in launch\./);
    expect(labels(step)).to.deep.equal(['Only when it’s done', 'Only in the digest']);
    await click(step, 'item.only-result');
    await room.act('start_task', { task: number });
    await room.team.quiet();
    await days(600);
    await room.act('complete_task', { task: number });
    await room.team.quiet();
    await days();
    const done = await until(({ text }) => /^Done: .*“Pack” in launch, by \*\*?Ada Lindqvist/.test(text));
    expect(labels(done)).to.deep.equal([]);
    const all = await room.team.messages('app', undefined, 'ben');
    expect(all.filter(({ text }) => text.includes('has begun'))).to.deep.equal([]);
  });

  it('tells of the result whoever says so to an agent, in their name', async () => {
    const { task } = await room.act<{ task: { number: number } }>('create_task', { title: 'Pack', assignee: 'chiara' });
    const thread = await room.team.say('ben', 'launch', `@pilot only tell me when #${task.number} is done`);
    const answer = await room.team.answer('launch', thread, 'Pilot');
    expect(answer.text).to.contain(`You hear of #${task.number} when it is done.`);
    await room.act('start_task', { task: `#${task.number}` });
    await room.team.quiet();
    await days(600);
    await room.act('complete_task', { task: `#${task.number}` });
    const done = await notice('“Pack”');
    expect(done.text).to.match(/^Done: .*“Pack” in launch, by \*\*?Ada Lindqvist/);
    const all = await room.team.messages('app', undefined, 'ben');
    expect(all.filter(({ text }) => text.includes('has begun'))).to.deep.equal([]);
  });

  it('is put off with a button, and comes again with a word about that', async () => {
    await room.act('create_task', { title: 'Order boxes', assignee: 'ben' });
    const told = await notice('Order boxes');
    await click(told, 'item.snooze');
    const off = await until(({ text }) => text.includes('Put off until'));
    expect(off.ts).to.equal(told.ts);
    expect(labels(off)).to.deep.equal(['Start', 'Done', 'Give to…', 'Not me…']);
    expect(await room.team.command('ben', 'launch', '/skein waiting')).to.match(
      /“Order boxes” in launch, from Ada Lindqvist, put off until/,
    );
    await days();
    const again = await until(({ text, ts }) => ts !== told.ts && text.includes('You put this off until now.'));
    expect(labels(again)).to.deep.equal(['Start', 'Done', 'Tomorrow', 'Give to…', 'Not me…']);
    await room.team.quiet();
    await click(again, 'item.done');
    for (const ts of [told.ts, again.ts])
      await until((one) => one.ts === ts && /by you, \w{3} \d+ \w{3}, \d\d:\d\d\./.test(one.text));
  });

  it('is put off from its menu, by a form and by words, each to the time that they name', async () => {
    await room.act('create_task', { title: 'Order boxes', assignee: 'ben' });
    const told = await notice('Order boxes');
    const [menu] = told.blocks.flatMap(({ elements = [] }) =>
      (elements as { type: string; options?: { value: string; text: { text: string } }[] }[]).filter(
        ({ type }) => type === 'overflow',
      ),
    );
    const choice = (label: string) => menu?.options?.find(({ text }) => text.text === label)?.value;
    const shows = (words: string) => until(({ text, ts }) => ts === told.ts && text.includes(words));
    await click(told, 'item.later', choice('Later: on Monday'));
    await shows(`Put off until ${dayAfterStart(7)}, 08:00`);
    await click(told, 'item.later', choice('Later: another time…'));
    const form = async () => {
      const views = await room.team.get<{ id: string; type: string }[]>('/practice/views?as=ben');
      return views.filter(({ type }) => type === 'modal').at(-1);
    };
    const first = await form();
    expect(JSON.stringify(first)).to.contain('Skein tells you of it again then.');
    await room.team.post('/practice/submit', { as: 'ben', viewId: first?.id, values: { until: 'blue' } });
    await room.team.quiet();
    const second = await form();
    expect(JSON.stringify(second)).to.contain('“blue” is no time that Skein can read.');
    await room.team.post('/practice/submit', { as: 'ben', viewId: second?.id, values: { until: 'Friday 9:15' } });
    await shows(`Put off until ${dayAfterStart(11)}, 09:15`);
    await room.team.say('ben', 'app', 'later in an hour', told.ts);
    await shows(`Put off until ${dayAfterStart(4)}, 1`);
    await days(3_700);
    await until(({ text, ts }) => ts !== told.ts && text.includes('You put this off until now.'));
  });
});
