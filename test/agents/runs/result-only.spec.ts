// Somebody wants the result only: the agent asks and posts nothing before it, and the result says what it assumed.
import { expect } from 'chai';
import type { PersonId } from '../../../src/log/participant.ts';
import { QUESTIONS, type QuestionDoc } from '../../../src/pods/questions/question.ts';
import { anOffice, calls, newestIn, says } from '../office.ts';

const TOOLS = ['ask', 'create_task', 'complete_task', 'post_message', 'put_file', 'add_member', 'start_conversation'];
const ASKS = ['ask', { to: ['ada'], question: 'Rye or wheat?', options: ['Rye', 'Wheat'] }] as const;

async function anOfficeWith(level = 'result') {
  const office = await anOffice();
  const { world, conversation } = office;
  const { ada, ben } = world;
  await world.does(ada, 'update_agent', { agent: 'scribe', tools: TOOLS });
  await world.does(ada, 'create_task', { title: 'Choose the flour', conversation });
  const turns = (who: PersonId, to: string) => world.does(who, 'set_involvement', { level: to, task: '#1' });
  await turns(ada, level);
  const questions = (): Promise<QuestionDoc[]> =>
    world.store.collection<QuestionDoc>(QUESTIONS.name).find({ where: { pod: world.pod } });
  const told = () => office.asked.map(newestIn).join('\n');
  const starts = () => office.hears(ada, '@scribe choose the flour');
  return { office, world, ada, ben, turns, questions, told, starts };
}

describe('somebody who wants the result only', () => {
  it('is asked nothing: the agent decides, and the task says at its end what it assumed, wherever that is told', async () => {
    const { office, world, ada, questions, told, starts } = await anOfficeWith();
    office.script.push(
      calls(ASKS),
      calls(['complete_task', { task: '#1', note: 'Rye it is.' }]),
      calls(['complete_task', { task: '#1', note: 'Rye it is.', assumptions: ['the shop has rye.', ' 20 kilos do '] }]),
      says('Rye, 20 kilos.'),
    );
    await starts();
    expect(await questions()).to.deep.equal([]);
    expect(told())
      .to.contain('Not asked: Ada Lindqvist wants only the result. Decide it yourself')
      .and.contain('complete_task with assumptions, an empty list if there are none');
    const { tasks } = await world.does(ada, 'list_tasks', { state: 'done' });
    expect(tasks[0]).to.include({ state: 'done', assumed: 'Assumed: the shop has rye; 20 kilos do.' });
    expect(JSON.stringify(await world.does(ada, 'pod_history', {}))).to.contain(
      'Rye it is. Assumed: the shop has rye; 20 kilos do.',
    );
    expect((await office.thread()).filter((line) => line.startsWith('Scribe'))).to.deep.equal([
      'Scribe: Rye, 20 kilos.',
    ]);
    await world.does(ada, 'reopen_task', { task: '#1' });
    const again = await world.does(ada, 'list_tasks');
    expect(again.tasks[0]).to.not.have.property('assumed');
  });

  it('is not interrupted by a post or a new thread before it is done', async () => {
    const { office, told, starts } = await anOfficeWith();
    office.script.push(
      calls(['post_message', { text: '@ada I have begun.' }], ['start_conversation', { title: 'Flour', text: 'Hm.' }]),
      says('Rye.'),
    );
    await starts();
    expect(told().match(/Not posted: Ada Lindqvist wants only the result/g)).to.have.length(2);
    expect((await office.thread()).filter((line) => line.startsWith('Scribe'))).to.deep.equal(['Scribe: Rye.']);
  });

  it('is given no task and named in no edit before it is done; others and agents may get one', async () => {
    const { office, world, told, starts } = await anOfficeWith();
    const { conversation } = office;
    await world.does(world.ada, 'update_agent', { agent: 'scribe', tools: [...TOOLS, 'edit_message', 'assign_task'] });
    const { message } = await world.does(world.scribe, 'post_message', { conversation, text: 'I look at flour.' });
    office.script.push(
      calls(
        ['create_task', { title: 'Say which flour', assignee: 'ada' }],
        ['assign_task', { task: '#1', assignee: 'ada' }],
        ['edit_message', { message: message.id, text: '@ada which flour?' }],
        ['edit_message', { message: message.id, text: 'I look at rye.' }],
        ['create_task', { title: 'Weigh the flour', assignee: 'pilot' }],
        ['create_task', { title: 'Fetch the flour', assignee: 'ben' }],
      ),
      says('Rye. Ada, please tell the shop.'),
    );
    await starts();
    expect(told().match(/Not given: Ada Lindqvist wants only the result/g)).to.have.length(2);
    expect(told().match(/Not posted: Ada Lindqvist wants only the result/g)).to.have.length(1);
    const { tasks } = await world.does(world.ada, 'list_tasks');
    expect(tasks.map(({ title }: { title: string }) => title)).to.have.members([
      'Choose the flour',
      'Weigh the flour',
      'Fetch the flour',
    ]);
    expect(await office.thread())
      .to.include('Scribe: I look at rye.')
      .and.not.include('Scribe: @ada which flour?');
  });

  for (const [who, words] of [
    ['ada', '@scribe choose the flour, and add a task for me: tell the shop'],
    ['ben', '@scribe give Ada a task: tell the shop'],
  ] as const)
    it(`gets a task that ${who} asks for: the wish is no question`, async () => {
      const { office, world, told } = await anOfficeWith();
      office.script.push(calls(['create_task', { title: 'Tell the shop', assignee: 'ada' }]), says('You have it.'));
      await office.hears(world[who], words);
      expect(told()).to.not.contain('Not given');
      const { tasks } = await world.does(world.ada, 'list_tasks');
      expect(tasks[1]).to.deep.include({ title: 'Tell the shop', assignee: world.ada });
    });

  it('gets no task for what somebody asked for before the agent was called', async () => {
    const { office, world, told } = await anOfficeWith();
    const { conversation } = office;
    await world.does(world.ada, 'post_message', { conversation, text: 'Ben, add a task for me: tell the shop.' });
    office.script.push(calls(['create_task', { title: 'Tell the shop', assignee: 'ada' }]), says('Rye.'));
    await office.hears(world.ada, '@scribe choose the flour');
    expect(told()).to.contain('Not given: Ada Lindqvist wants only the result');
  });

  it('is asked about what the agent may not do itself', async () => {
    const { office, world, ada, questions, starts } = await anOfficeWith();
    await world.does(ada, 'change_role', { who: 'scribe', role: 'guest' });
    office.script.push(calls(['create_task', { title: 'Buy it' }]), calls(ASKS));
    await starts();
    expect((await questions()).map(({ state }) => state)).to.deep.equal(['open']);
  });

  it('does not stop the agent from asking somebody who stays closer', async () => {
    const { office, turns, ben, questions, told, starts } = await anOfficeWith();
    await turns(ben, 'every_step');
    office.script.push(calls(ASKS), calls(['ask', { ...ASKS[1], to: ['ben'] }]));
    await starts();
    expect((await questions()).map(({ asked }) => asked)).to.deep.equal([[ben]]);
    expect(told()).to.contain('Or ask Ben Okafor, who stays closer.');
  });

  it('turns the dial in the middle of the run: the next question is asked, or is not', async () => {
    const { office, ada, turns, questions, starts } = await anOfficeWith('digest');
    office.script.push(calls(ASKS), async () => {
      await turns(ada, 'result');
      return calls(['ask', { ...ASKS[1], question: 'From the mill?' }]);
    });
    await starts();
    expect(await questions()).to.have.length(1);
  });

  it('is told to the agent with the task', async () => {
    const { office, world, ada } = await anOfficeWith();
    await world.does(ada, 'assign_task', { task: '#1', assignee: 'scribe' });
    await office.carry(world.delivered.filter(({ kind }) => kind === 'wake'));
    expect(told(office)).to.contain(
      'wants="the result only: ask and post nothing before it, list your assumptions with it"',
    );
  });
});

const told = ({ asked }: { asked: Parameters<typeof newestIn>[0][] }) => asked.map(newestIn).join('\n');
