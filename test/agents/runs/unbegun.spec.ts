// Two tasks that were given together share a thread: what the agent says of one leaves none unbegun without a word.
import { expect } from 'chai';
import { anOffice, calls, says } from '../office.ts';

describe('an answer of an agent that was given two tasks at once', () => {
  async function given(...titles: string[]) {
    const office = await anOffice();
    const { world, conversation } = office;
    await world.does(world.ada, 'update_agent', { agent: 'scribe', tools: ['start_task', 'complete_task'] });
    world.delivered.length = 0;
    for (const title of titles) await world.does(world.ada, 'create_task', { title, assignee: 'scribe', conversation });
    const wakes = world.delivered.filter(({ kind }) => kind === 'wake');
    const answers = async () => (await office.thread()).filter((line) => line.startsWith('Scribe: '));
    return { ...office, wakes, answers };
  }

  it('says which of them it passes over, once', async () => {
    const { script, carry, hears, wakes, answers, world } = await given('Weigh', 'Pack');
    script.push(says('I leave the weighing, as you wish.'));
    await carry(wakes);
    const said =
      'Scribe: I leave the weighing, as you wish.\n\n_Not begun yet: #1, #2. Say “start” with the number, or give it to somebody else._';
    expect(await answers()).to.deep.equal([said]);
    script.push(says('You are welcome.'));
    await hears(world.ada, '@scribe thank you');
    expect((await answers()).slice(1)).to.deep.equal(['Scribe: You are welcome.']);
  });

  for (const [what, first, answer] of [
    [
      'begins both',
      [
        ['start_task', { task: '#1' }],
        ['complete_task', { task: '#2' }],
      ],
      'Both are on their way.',
    ],
    ['names what it leaves', [['start_task', { task: '#1' }]], 'I weigh. What is #2 for?'],
  ] as const)
    it(`adds nothing where it ${what}`, async () => {
      const { script, carry, wakes, answers } = await given('Weigh', 'Pack');
      script.push(calls(...first), says(answer));
      await carry(wakes);
      expect(await answers()).to.deep.equal([`Scribe: ${answer}`]);
    });

  it('adds nothing where there is one task alone: the answer is about that', async () => {
    const { script, carry, wakes, answers } = await given('Weigh');
    script.push(says('With which scales?'));
    await carry(wakes);
    expect(await answers()).to.deep.equal(['Scribe: With which scales?']);
  });
});
