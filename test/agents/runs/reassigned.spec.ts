// A task is given to another agent while one works on it: that one changes it no more, says how far it came, and the other
// begins once.
import { expect } from 'chai';
import type { AgentId } from '../../../src/log/participant.ts';
import type { Delivery } from '../../../src/pods/deliveries.ts';
import { QUESTIONS, type QuestionDoc } from '../../../src/pods/questions/question.ts';
import type { World } from '../../pods/build.ts';
import { anOffice, calls, says } from '../office.ts';

async function newAgent(world: World): Promise<AgentId> {
  const facts = {
    handle: 'scout',
    name: 'Scout',
    purpose: 'Looks ahead.',
    instructions: 'Be brief.',
    tools: ['read_pod'],
  };
  const origin = { kind: 'manifest' as const, hash: 'scout-1' };
  const { agent } = await world.does('skein', 'import_agent', facts, { origin });
  await world.does(world.ada, 'add_member', { who: 'scout' });
  return agent.id;
}

describe('a task that is given on in the midst of the work', () => {
  for (const by of ['a person', 'an agent'])
    it(`by ${by} is refused to its old holder, whose note lands, and its new holder begins once`, async () => {
      const office = await anOffice();
      const { world } = office;
      const { ada, scribe } = world;
      await world.does(ada, 'update_agent', { agent: 'scribe', tools: ['update_task', 'list_tasks'] });
      const scout = await newAgent(world);
      const task = { title: 'Price list', assignee: 'scribe', conversation: office.conversation };
      await world.does(ada, 'create_task', task);
      const given = world.delivered.filter(({ kind }) => kind === 'wake');
      const after: Delivery[] = [];
      const change = calls(['update_task', { task: '#1', title: 'Mine' }]);
      office.script.push(async () => {
        world.delivered.length = 0;
        const who = by === 'a person' ? world.ben : world.pilot;
        await world.does(who, 'assign_task', { task: '#1', assignee: 'scout' });
        after.push(...world.delivered.filter(({ kind }) => kind === 'wake'));
        return change;
      }, says('The list is half done: rows A to M stand in the file.'));
      await office.carry(given);
      expect(office.asked.at(-1)?.messages.at(-1)).to.include(
        '#1 is with Scout now: it was given on while you worked.',
      );
      expect((await world.does(ada, 'list_tasks')).tasks[0]).to.deep.include({ title: 'Price list' });
      expect((await office.thread()).at(-1)).to.equal('Scribe: The list is half done: rows A to M stand in the file.');
      expect(after.map((one) => one.kind === 'wake' && one.agent)).to.deep.equal([scout]);
      await office.carry([...after, ...after]);
      const runs = await office.runs();
      expect(runs.filter(({ agent }) => agent === scout)).to.have.length(1);
      expect(runs.filter(({ agent }) => agent === scribe)).to.have.length(1);
    });

  const NAMED = { level: 'checkpoints', task: '#1', named: ['Outline'] };
  const STOP = calls(['checkpoint', { task: '#1', name: 'Outline', result: 'Three parts' }]);
  /** Scribe has come to the checkpoint of its task. */
  async function atTheCheckpoint() {
    const office = await anOffice();
    const { world, conversation } = office;
    const { ada, scribe } = world;
    await world.does(ada, 'update_agent', { agent: 'scribe', tools: ['put_file', 'list_tasks'] });
    const scout = await newAgent(world);
    await world.does(ada, 'update_agent', { agent: 'scout', tools: ['put_file', 'complete_task'] });
    await world.does(ada, 'create_task', { title: 'Price list', conversation });
    await world.does(ada, 'set_involvement', NAMED);
    const wakesOf = async (does: () => Promise<unknown>) => {
      world.delivered.length = 0;
      await does();
      return world.delivered.filter(({ kind }) => kind === 'wake');
    };
    office.script.push(STOP);
    await office.carry(await wakesOf(() => world.does(ada, 'assign_task', { task: '#1', assignee: 'scribe' })));
    const question = async () => (await world.store.collection<QuestionDoc>(QUESTIONS.name).find({ where: {} }))[0];
    const state = async () => (await question())?.state;
    const runsOf = async (agent: AgentId) =>
      (await office.runs()).flatMap((run) => (run.agent === agent ? [run.state] : []));
    const files = async () => (await world.does(ada, 'list_files')).files.map(({ name }: { name: string }) => name);
    return { office, world, ada, scribe, scout, wakesOf, state, runsOf, files };
  }

  it('while its agent waits at a checkpoint takes the question along: the other agent waits there, and goes on with the yes', async () => {
    const { office, world, ada, scribe, scout, wakesOf, state, runsOf, files } = await atTheCheckpoint();
    expect(await runsOf(scribe)).to.deep.equal(['waiting']);
    const given = await wakesOf(() => world.does(world.ben, 'assign_task', { task: '#1', assignee: 'scout' }));
    const asked = office.asked.length;
    office.script.push(calls(['put_file', { name: 'prices.md', text: '# Prices' }]));
    await office.carry(given);
    expect(office.asked.length - asked, 'the model is asked for Scout alone').to.equal(1);
    expect([await runsOf(scribe), await runsOf(scout)]).to.deep.equal([['ended'], ['waiting']]);
    expect([await state(), await files()]).to.deep.equal(['open', []]);
    const woken = await wakesOf(() => world.does(ada, 'answer_question', { question: 'q1', choice: 'Go on' }));
    expect(woken.map((one) => one.kind === 'wake' && one.agent)).to.deep.equal([scout]);
    office.script.push(calls(['put_file', { name: 'prices.md', text: '# Prices' }], ['complete_task', { task: '#1' }]));
    await office.carry(woken);
    expect(office.asked.at(-2)?.messages.at(-1) ?? '').to.include('Go on');
    expect(await files()).to.deep.equal(['prices.md']);
    const { tasks } = await world.does(ada, 'list_tasks', { state: 'done' });
    expect(tasks).to.have.length(1);
    expect(JSON.stringify(await world.does(ada, 'pod_history', {}))).to.include(
      'passed the checkpoint “Outline” of #1',
    );
  });

  it('to a person while its agent waits at a checkpoint withdraws the question, and the agent waits for nothing', async () => {
    const { office, world, ada, scribe, wakesOf, state, runsOf } = await atTheCheckpoint();
    const given = await wakesOf(() => world.does(ada, 'assign_task', { task: '#1', assignee: 'ada' }));
    const asked = office.asked.length;
    await office.carry(given);
    expect(office.asked.length - asked, 'requests').to.equal(0);
    expect([await state(), await runsOf(scribe)]).to.deep.equal(['withdrawn', ['ended']]);
    const { questions } = await world.does(ada, 'list_questions', { state: 'withdrawn' });
    expect(questions[0].says).to.include('Ada Lindqvist took the task from its agent, so q1 was withdrawn');
  });
});
