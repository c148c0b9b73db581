// The shipped workflows, walked in the practice workspace with its stand-in model, as whoever tries them first does.
import { expect } from 'chai';
import { aMailRoom, type MailRoom } from './mailroom.ts';
import type { Seen } from './team.ts';

interface Task {
  number: number;
  title: string;
  state: string;
  review?: string;
}

describe('a workflow with the stand-in model', function () {
  this.timeout(180_000);
  let room: MailRoom;
  before(async () => {
    room = await aMailRoom();
    for (const as of ['ada', 'ben']) await room.team.command(as, 'launch', '/skein digest stop');
  });
  after(() => room.stop());

  const part = async (words: string): Promise<Task | undefined> =>
    (await room.act<{ tasks: Task[] }>('list_tasks', { state: 'all' })).tasks.find(({ title }) =>
      title.startsWith(words),
    );
  const is = async (words: string, wanted: Partial<Task>): Promise<string> => {
    for (let n = 0; n < 60; n += 1) {
      await room.team.quiet();
      const found = await part(words);
      if (found && Object.entries(wanted).every(([name, value]) => found[name as keyof Task] === value))
        return `${found.number}`;
    }
    throw new Error(`${words} is ${JSON.stringify(await part(words))}`);
  };
  const starts = async (words: string) =>
    expect(await room.team.command('ada', 'launch', `/skein workflow ${words}`)).to.include('is started');

  it('brings a customer’s question to its answer, which Ada approves and sends', async () => {
    await starts('customer-question: Is the rye vegan? (expert: ada, sender: ada)');
    const answer = await is('Write the answer to: Is the rye', { review: 'in review by Ada Lindqvist, round 1 of 3' });
    await is('Find what we know about: Is the rye', { state: 'done' });
    await room.act('send_back', { task: answer, comments: 'The label is missing' });
    await is('Write the answer to: Is the rye', { review: 'in review by Ada Lindqvist, round 2 of 3' });
    await room.act('approve', { task: answer });
    await is('Write the answer to: Is the rye', { state: 'done' });
    await room.act('complete_task', {
      task: await is('Send the answer to the customer: Is the rye', { state: 'open' }),
    });
  });

  it('brings the slides of the week from what happened to the presenter', async () => {
    await starts('weekly-slides: week 49 (contributor: ada, presenter: ada)');
    await room.act('complete_task', { task: await is('Add your part to the slides', { state: 'open' }) });
    await is('Draft the slides', { state: 'done' });
    const final = await is('Put the slides together', { review: 'in review by Ada Lindqvist, round 1 of 3' });
    await room.act('approve', { task: final });
    await is('Put the slides together', { state: 'done' });
    await is('Show the slides', { state: 'open' });
  });

  it('brings a change past its checkpoint and an agent that reviews it to the release, and reopens nothing by itself', async () => {
    await starts('change-to-release: pause a subscription (developer: pilot, security: scout, qa: ada, owner: ada)');
    const asked = ({ text }: Seen) => text.includes('has come to the checkpoint “plan”');
    const isRoot = ({ text }: Seen) => text.includes(': pause a subscription');
    const root = (await room.team.until('launch', '', (all) => all.some(isRoot))).find(isRoot)?.ts ?? '';
    const stop = (await room.team.until('launch', root, (all) => all.some(asked))).find(asked) as Seen;
    const [go] = stop.blocks.flatMap(({ elements }) => (elements ?? []) as { action_id: string; value: string }[]);
    const press = { channel: 'launch', ts: stop.ts, actionId: go?.action_id, value: go?.value };
    await room.team.post('/practice/click', { as: 'ada', ...press });
    const tried = await is('Bring through QA', { review: 'in review by Ada Lindqvist, round 1 of 3' });
    await is('Build: pause', { state: 'done', review: 'approved by Scout' });
    await room.act('approve', { task: tried });
    await is('Bring through QA', { state: 'done' });
    await is('Decide on the release', { state: 'open' });
  });
});
