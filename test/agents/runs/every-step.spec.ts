// Somebody goes with every step of a task: each effect of the agent on it waits for their yes, one list for each turn.
import { expect } from 'chai';
import type { ModelRequest } from '../../../src/agents/model/model.ts';
import type { PersonId } from '../../../src/log/participant.ts';
import { CONVERSATIONS } from '../../../src/pods/conversations/conversation.ts';
import { QUESTIONS, type QuestionDoc } from '../../../src/pods/questions/question.ts';
import { anOffice, calls, type Line, newestIn, type Office, says } from '../office.ts';

const titles = async ({ world }: Office): Promise<string[]> => {
  const { tasks } = await world.does(world.ada, 'list_tasks');
  return tasks
    .map(({ title }: { title: string }) => title)
    .filter((title: string) => title !== 'Positioning')
    .sort();
};

/** Every call that was held goes ahead. */
const goes: Line = (request: ModelRequest) => {
  const names = request.messages.join('\n').matchAll(/Held \((\d+\.\d+)\)/g);
  return calls(['go_ahead', { calls: [...new Set([...names].map(([, name]) => name))] }]);
};

const TWO = calls(
  ['create_task', { title: 'Write the claim', due: '2027-03-01' }],
  ['create_task', { title: 'Draw the logo' }],
);

async function aFollowedOffice(level = 'every_step') {
  const office = await anOffice();
  const { world, conversation } = office;
  const { ada, ben } = world;
  await world.does(ada, 'create_task', { title: 'Positioning', conversation });
  const turns = (who: PersonId, to: string, more: object = {}) =>
    world.does(who, 'set_involvement', { level: to, task: '#1', ...more });
  await turns(ada, level);
  const questions = (): Promise<QuestionDoc[]> =>
    world.store.collection<QuestionDoc>(QUESTIONS.name).find({ where: { pod: world.pod }, sort: [['number', 'asc']] });
  const wakesOf = async (does: () => Promise<unknown>) => {
    world.delivered.length = 0;
    await does();
    return world.delivered.filter(({ kind }) => kind === 'wake');
  };
  const answers = (who: PersonId, input: object, question = 'q1') =>
    wakesOf(() => world.does(who, 'answer_question', { question, ...input }));
  const told = async () => (await office.turns()).findLast(({ role }) => role === 'user')?.content ?? '';
  const starts = () => office.hears(ada, '@scribe prepare the positioning');
  return { office, world, ada, ben, turns, questions, wakesOf, answers, told, starts };
}

describe('somebody who goes with every step', () => {
  it('is asked about the calls of a turn as one list, each with its input, and nothing runs before the yes', async () => {
    const { office, world, ada, questions, answers, told, starts } = await aFollowedOffice();
    office.script.push(TWO);
    await starts();
    expect(await titles(office)).to.deep.equal([]);
    const [asked, ...more] = await questions();
    expect(more).to.deep.equal([]);
    expect([asked?.asked, asked?.steps, asked?.needed, asked?.awaited]).to.deep.equal([[ada], 2, 1, true]);
    expect((await office.thread()).at(-1)).to.equal(
      [
        'Scribe: @ada Scribe wants to:',
        '1. Create a task: title “Write the claim”, due “2027-03-01”',
        '2. Create a task: title “Draw the logo”',
        '',
        'You go with every step of this: may I? Say yes, no, or the numbers that I may do.',
      ].join('\n'),
    );
    const options = await world.store.bodies.get(asked?.options ?? []);
    expect(asked?.options.map((ref) => options.get(ref)?.text)).to.deep.equal(['Yes to all', 'Only 1', 'Only 2', 'No']);
    expect(await told())
      .to.include('Held (2.0): not done yet, because Ada Lindqvist goes with every step of this.')
      .and.include('Ada Lindqvist is asked in q1 about \\"2.0\\", \\"2.1\\".');
    expect((await office.runs()).map(({ state, waits }) => [state, waits?.for])).to.deep.equal([
      ['waiting', 'questions'],
    ]);
    office.script.push(goes);
    await office.carry(await answers(ada, { choice: 'Yes to all' }));
    expect(await titles(office)).to.deep.equal(['Draw the logo', 'Write the claim']);
    expect((await office.runs()).map(({ state }) => state)).to.deep.equal(['ended']);
    const [left, ...others] = (await world.doc(CONVERSATIONS, office.conversation))?.atWork ?? [];
    expect([left, ...others]).to.deep.equal([{ agent: world.scribe, ended: left?.ended }]);
    if (process.env.SKEIN_TELL) console.log(office.asked.map(newestIn).join('\n-----\n'), await office.thread());
  });

  it('allows one call alone: the other stays held, whatever the agent says', async () => {
    const { office, ada, answers, questions, starts } = await aFollowedOffice();
    office.script.push(TWO);
    await starts();
    office.script.push(goes);
    await office.carry(await answers(ada, { choice: 'Only 2' }));
    expect(await titles(office)).to.deep.equal(['Draw the logo']);
    expect((await questions()).map(({ state, steps }) => [state, steps])).to.deep.equal([
      ['answered', 2],
      ['open', 1],
    ]);
  });

  it('says no in words: the agent reads them, and none of it is done', async () => {
    const { office, ada, told, starts } = await aFollowedOffice();
    office.script.push(TWO);
    await starts();
    office.script.push(says('Then I leave it.'));
    await office.hears(ada, 'no, wait for the price list first');
    expect(await titles(office)).to.deep.equal([]);
    expect(office.asked.map(newestIn).at(-1)).to.match(
      /state="answered"[\s\S]*choice="No"[\s\S]*wait for the price list/,
    );
    expect(await told()).to.include('no, wait for the price list first');
  });

  it('allows by numbers in words what they name', async () => {
    const { office, ada, starts } = await aFollowedOffice();
    office.script.push(TWO);
    await starts();
    office.script.push(goes);
    await office.hears(ada, '@scribe only 1 please');
    expect(await titles(office)).to.deep.equal(['Write the claim']);
  });

  it('permits exactly these calls: the same words in a new call need a yes of their own', async () => {
    const { office, ada, answers, questions, starts } = await aFollowedOffice();
    office.script.push(TWO);
    await starts();
    office.script.push(calls(['create_task', { title: 'Draw the logo' }]));
    await office.carry(await answers(ada, { choice: 'Yes to all' }));
    expect(await titles(office)).to.deep.equal([]);
    expect((await questions()).map(({ state }) => state)).to.deep.equal(['answered', 'open']);
  });

  it('has one list: words that are no decision are heard, and what the agent wants then takes its place', async () => {
    const { office, ada, questions, starts } = await aFollowedOffice();
    office.script.push(TWO);
    await starts();
    office.script.push(calls(['create_task', { title: 'Write a short claim' }]));
    await office.hears(ada, '@scribe make the claim short');
    expect((await questions()).map(({ state, steps }) => [state, steps])).to.deep.equal([
      ['withdrawn', 2],
      ['open', 1],
    ]);
    expect(await titles(office)).to.deep.equal([]);
  });

  for (const [how, turnsDown] of [
    ['turns the dial down', ({ turns, ada }) => turns(ada, 'result')],
    ['is done with the task', ({ world, ada }) => world.does(ada, 'complete_task', { task: '#1' })],
  ] as const satisfies readonly (readonly [
    string,
    (at: Awaited<ReturnType<typeof aFollowedOffice>>) => Promise<unknown>,
  ])[])
    it(`who ${how} frees what waits: the list is withdrawn, and the agent goes ahead`, async () => {
      const at = await aFollowedOffice();
      const { office, questions, wakesOf, starts } = at;
      office.script.push(TWO);
      await starts();
      const wakes = await wakesOf(() => turnsDown(at));
      expect(wakes).to.have.length(1);
      expect((await questions()).map(({ state, withdrawn }) => [state, withdrawn?.why])).to.deep.equal([
        ['withdrawn', 'freed'],
      ]);
      office.script.push(goes);
      await office.carry(wakes);
      expect(await titles(office)).to.deep.equal(['Draw the logo', 'Write the claim']);
      expect(office.asked.map(newestIn).join('\n')).to.include('need no yes any more');
      expect((await office.runs()).map(({ state }) => state)).to.deep.equal(['ended']);
    });

  it('turns it up in the middle of a run: the next effect waits', async () => {
    const { office, ada, turns, questions, starts } = await aFollowedOffice('result');
    office.script.push(calls(['create_task', { title: 'Write the claim' }]), async () => {
      await turns(ada, 'every_step');
      return calls(['create_task', { title: 'Draw the logo' }]);
    });
    await starts();
    expect(await titles(office)).to.deep.equal(['Write the claim']);
    expect(await questions()).to.have.length(1);
  });

  it('is two people: both are asked, and only what both allow is done', async () => {
    const { office, ada, ben, turns, answers, questions, starts } = await aFollowedOffice();
    await turns(ben, 'every_step');
    office.script.push(TWO);
    await starts();
    expect((await questions())[0]?.asked).to.have.members([ada, ben]);
    expect(await answers(ada, { choice: 'Yes to all' })).to.deep.equal([]);
    office.script.push(goes, goes);
    await office.carry(await answers(ben, { choice: 'Only 1' }));
    expect(await titles(office)).to.deep.equal(['Write the claim']);
  });

  it('is not asked by the agent to let go: turning the dial down for them needs their yes too', async () => {
    const { office, world, ada, questions, starts } = await aFollowedOffice();
    await world.does(ada, 'update_agent', { agent: 'scribe', tools: ['set_involvement', 'create_task'] });
    office.script.push(calls(['set_involvement', { level: 'none', task: '#1' }]));
    await starts();
    expect((await questions()).map(({ state }) => state)).to.deep.equal(['open']);
  });

  it('takes a yes back by other words: what was not done yet is asked about anew', async () => {
    const { office, world, ada, questions, answers, starts } = await aFollowedOffice();
    office.script.push(TWO);
    await starts();
    const wakes = await answers(ada, { text: 'yes' });
    const [asked] = await questions();
    await world.does(ada, 'change_answer', { question: asked?.id, text: 'no, not yet' });
    office.script.push(goes);
    await office.carry(wakes);
    expect(await titles(office)).to.deep.equal([]);
  });

  it('takes a yes back by deleting its words: none of it is allowed any more', async () => {
    const { office, world, ada, starts } = await aFollowedOffice();
    office.script.push(TWO);
    await starts();
    world.delivered.length = 0;
    const { conversation } = office;
    const { message } = await world.does(ada, 'post_message', { conversation, text: 'yes to all' });
    const wakes = world.delivered.filter(({ kind }) => kind === 'wake');
    expect(wakes).to.have.length(1);
    await world.does(ada, 'delete_message', { message: message.id });
    office.script.push(goes);
    await office.carry(wakes);
    expect(await titles(office)).to.deep.equal([]);
  });

  it('who only follows the whole pod holds nothing of what others gave', async () => {
    const { office, world, ada, ben, turns, questions, starts } = await aFollowedOffice('result');
    await turns(ada, 'result');
    await world.does(ben, 'set_involvement', { level: 'every_step' });
    office.script.push(TWO);
    await starts();
    expect(await titles(office)).to.have.length(2);
    expect(await questions()).to.deep.equal([]);
  });
});
