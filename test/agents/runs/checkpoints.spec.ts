// A person names points of a task: its agent stops there, shows what it has, and goes on with their yes.
import { expect } from 'chai';
import type { ModelRequest } from '../../../src/agents/model/model.ts';
import type { PersonId } from '../../../src/log/participant.ts';
import { CONVERSATIONS } from '../../../src/pods/conversations/conversation.ts';
import { QUESTIONS, type QuestionDoc } from '../../../src/pods/questions/question.ts';
import { TASKS, type TaskDoc } from '../../../src/pods/tasks/task.ts';
import { refusal } from '../../pods/build.ts';
import { anOffice, calls, type Line, says, verdicts } from '../office.ts';

const goes: Line = (request: ModelRequest) => {
  const names = request.messages.join('\n').matchAll(/Held \((\d+\.\d+)\)/g);
  return calls(['go_ahead', { calls: [...new Set([...names].map(([, name]) => name))] }]);
};
const STOP = ['checkpoint', { task: '#1', name: 'outline', result: '# Outline\n@ben, three parts' }] as const;
const WRITE = ['put_file', { name: 'plan.md', text: '# Plan' }] as const;
const DONE = ['complete_task', { task: '#1' }] as const;

async function anOfficeWithStops() {
  const office = await anOffice();
  const { world, conversation } = office;
  const { ada, ben } = world;
  await world.does(ada, 'update_agent', { agent: 'scribe', tools: ['put_file', 'complete_task', 'list_tasks', 'ask'] });
  await world.does(ada, 'create_task', { title: 'Positioning', conversation });
  const names = (who: PersonId, ...named: string[]) =>
    world.does(who, 'set_involvement', { level: 'checkpoints', task: '#1', named });
  await names(ada, 'Outline');
  const questions = (): Promise<QuestionDoc[]> =>
    world.store.collection<QuestionDoc>(QUESTIONS.name).find({ where: { pod: world.pod }, sort: [['number', 'asc']] });
  const task = async () => (await world.store.collection<TaskDoc>(TASKS.name).find({ where: {} }))[0];
  const files = async () => (await world.does(ada, 'list_files')).files.map(({ name }: { name: string }) => name);
  const wakesOf = async (does: () => Promise<unknown>) => {
    world.delivered.length = 0;
    await does();
    return world.delivered.filter(({ kind }) => kind === 'wake');
  };
  const told = async () => JSON.stringify((await office.turns()).map(({ content }) => JSON.parse(content)));
  const starts = () => office.hears(ada, '@scribe prepare the positioning');
  return { office, world, ada, ben, names, questions, task, files, wakesOf, told, starts };
}

describe('a checkpoint that a person named', () => {
  it('stops the run there: they see what it has, nothing that stands behind it is done, and their yes lets it go on', async () => {
    const { office, world, ada, questions, task, files, wakesOf, told, starts } = await anOfficeWithStops();
    office.script.push(calls(STOP, WRITE, DONE, ['list_tasks']));
    await starts();
    const [asked, ...more] = await questions();
    expect(more).to.deep.equal([]);
    expect([asked?.asked, asked?.steps, asked?.awaited]).to.deep.equal([[ada], 1, true]);
    expect((await office.thread()).at(-1)).to.equal(
      [
        'Scribe: @ada Scribe has come to the checkpoint “outline” of #1:',
        ...['> # Outline', '> @ben, three parts', '', 'May I go on? Say yes, or what should be different.'],
      ].join('\n'),
    );
    const options = await world.store.bodies.get(asked?.options ?? []);
    expect(asked?.options.map((ref) => options.get(ref)?.text)).to.deep.equal(['Go on', 'No']);
    expect(await files()).to.deep.equal([]);
    expect(await told())
      .to.contain('Held (2.0): you wait here. Ada Lindqvist named this checkpoint')
      .and.contain('Held (2.1): not done, because you wait at a checkpoint first.')
      .and.contain('Positioning');
    expect((await office.runs()).map(({ state }) => state)).to.deep.equal(['waiting']);
    office.script.push(goes);
    await office.carry(await wakesOf(() => world.does(ada, 'answer_question', { question: 'q1', choice: 'Go on' })));
    expect(await files()).to.deep.equal(['plan.md']);
    expect((await task())?.state).to.equal('done');
    expect(JSON.stringify(await world.does(ada, 'pod_history', {}))).to.contain(
      'passed the checkpoint “Outline” of #1 “Positioning”',
    );
    const [left, ...others] = (await world.doc(CONVERSATIONS, office.conversation))?.atWork ?? [];
    expect([left, ...others]).to.deep.equal([{ agent: world.scribe, ended: left?.ended }]);
    if (process.env.SKEIN_TELL) console.log(await told());
  });

  it('holds everything while it waits, also what comes with the words of others, and cannot be taken back by the agent', async () => {
    const { office, ben, questions, files, told, starts } = await anOfficeWithStops();
    office.script.push(calls(STOP));
    await starts();
    office.script.push(
      calls(WRITE, ['ask', { to: ['ben'], question: 'Now?' }], ['withdraw_question', { question: 'q1' }]),
      // Ben's wish is not Ada's, which stands while the run waits.
      (request) => calls(verdicts(request, 'fits')),
      calls(WRITE),
    );
    await office.hears(ben, '@scribe write the plan now');
    expect(await files()).to.deep.equal([]);
    expect((await questions()).map(({ state }) => state)).to.deep.equal(['open']);
    expect(await told()).to.contain('because you wait at a checkpoint: people are asked in q1 whether you go on');
    expect((await office.runs()).map(({ state }) => state)).to.deep.equal(['waiting']);
  });

  it('takes other words as a no: the agent reads them, works on, and comes there again', async () => {
    const { office, ada, questions, task, told, starts } = await anOfficeWithStops();
    office.script.push(calls(STOP));
    await starts();
    office.script.push(calls(WRITE, ['checkpoint', { ...STOP[1], result: 'Two parts' }]));
    await office.hears(ada, 'two parts are enough');
    expect(await told()).to.match(/choice=[\\"]+No[\s\S]*two parts are enough/);
    expect((await questions()).map(({ state }) => state)).to.deep.equal(['answered', 'open']);
    expect((await task())?.involved?.[0]?.named?.map(({ passed }) => passed)).to.deep.equal([undefined]);
    office.script.push(goes);
    await office.hears(ada, 'looks good');
    expect((await task())?.involved?.[0]?.named?.map(({ passed }) => passed)).to.deep.equal([true]);
  });

  it('is not passed by without stopping: the task is not done before', async () => {
    const { office, task, told, starts } = await anOfficeWithStops();
    office.script.push(calls(DONE), says('I could not.'));
    await starts();
    expect(await told()).to.contain(
      '#1 is not done before its checkpoints: “Outline” (Ada Lindqvist). Call checkpoint',
    );
    expect((await task())?.state).to.equal('open');
  });

  for (const [how, turns] of [
    ['turns the dial', { level: 'result', task: '#1' }],
    ['names others', { level: 'checkpoints', task: '#1', named: ['Final text'] }],
  ] as const)
    it(`is none any more for who ${how}: what waits goes on`, async () => {
      const { office, world, ada, questions, task, wakesOf, starts } = await anOfficeWithStops();
      office.script.push(calls(STOP));
      await starts();
      const wakes = await wakesOf(() => world.does(ada, 'set_involvement', turns));
      expect(wakes).to.have.length(1);
      expect((await questions()).map(({ withdrawn }) => withdrawn?.why)).to.deep.equal(['freed']);
      office.script.push(calls(WRITE), says('Done.'));
      await office.carry(wakes);
      expect((await task())?.state).to.equal('open');
      expect((await office.runs()).map(({ state }) => state)).to.deep.equal(['ended']);
    });

  it('stays one where it is named again with others, and one that was passed stays passed', async () => {
    const { office, world, ada, names, questions, task, wakesOf, starts } = await anOfficeWithStops();
    office.script.push(calls(STOP));
    await starts();
    expect(await wakesOf(() => names(ada, 'outline', 'Final text'))).to.deep.equal([]);
    expect((await questions()).map(({ state }) => state)).to.deep.equal(['open']);
    office.script.push(goes);
    await office.carry(await wakesOf(() => world.does(ada, 'answer_question', { question: 'q1', text: 'go on' })));
    await names(ada, 'Final text', 'Outline');
    expect((await task())?.involved?.[0]?.named?.map(({ passed }) => passed)).to.deep.equal([undefined, true]);
  });

  it('is of two people: both have to say yes', async () => {
    const { office, world, ada, ben, names, questions, task, wakesOf, starts } = await anOfficeWithStops();
    await names(ben, 'outline');
    office.script.push(calls(STOP));
    await starts();
    expect((await questions())[0]?.asked).to.have.members([ada, ben]);
    const says = (who: PersonId, choice: string) =>
      wakesOf(() => world.does(who, 'answer_question', { question: 'q1', choice }));
    expect(await says(ada, 'Go on')).to.deep.equal([]);
    office.script.push(goes);
    await office.carry(await says(ben, 'Go on'));
    expect((await task())?.involved?.every(({ named }) => named?.every(({ passed }) => passed))).to.equal(true);
  });

  it('is open again when its yes is taken back before it is passed, also once the agent has heard the yes', async () => {
    const { office, world, ada, questions, files, wakesOf, starts } = await anOfficeWithStops();
    const { conversation } = office;
    office.script.push(calls(STOP, WRITE));
    await starts();
    const yes = async (does: () => Promise<unknown> = async () => undefined) => {
      let message = '';
      const wakes = await wakesOf(async () => {
        message = (await world.does(ada, 'post_message', { conversation, text: 'yes' })).message.id;
      });
      await does();
      return { message, wakes };
    };
    const first = await yes();
    expect((await questions()).map(({ state }) => state)).to.deep.equal(['answered']);
    const { answer } = await world.does(ada, 'delete_message', { message: first.message });
    expect(answer).to.deep.equal({ question: 'q1' });
    expect((await questions()).map(({ state }) => state)).to.deep.equal(['open']);
    const requests = office.asked.length;
    await office.carry(first.wakes);
    expect(office.asked.length, 'it waits on').to.equal(requests);
    expect((await office.runs()).map(({ state }) => state)).to.deep.equal(['waiting']);
    // It has heard the second yes, and goes ahead just after that is taken back.
    const second = await yes();
    office.script.push(async (request) => {
      await world.does(ada, 'delete_message', { message: second.message });
      return (goes as (one: ModelRequest) => ReturnType<typeof calls>)(request);
    });
    await office.carry(second.wakes);
    expect((await questions()).map(({ state }) => state)).to.deep.equal(['open']);
    expect(await files()).to.deep.equal([]);
    expect((await office.runs()).map(({ state }) => state)).to.deep.equal(['waiting']);
    office.script.push(goes);
    const { wakes } = await yes();
    await office.carry(wakes);
    expect(await files()).to.deep.equal(['plan.md']);
    const last = (await questions())[0];
    expect([last?.state, await questions().then((all) => all.length)]).to.deep.equal(['answered', 1]);
  });

  it('stays passed where the yes is taken back afterwards', async () => {
    const { office, world, ada, questions, task, wakesOf, starts } = await anOfficeWithStops();
    const { conversation } = office;
    office.script.push(calls(STOP));
    await starts();
    office.script.push(goes);
    let message = '';
    const wakes = await wakesOf(async () => {
      message = (await world.does(ada, 'post_message', { conversation, text: 'go on' })).message.id;
    });
    await office.carry(wakes);
    await world.does(ada, 'delete_message', { message });
    expect((await questions()).map(({ state }) => state)).to.deep.equal(['answered']);
    expect((await task())?.involved?.[0]?.named?.map(({ passed }) => passed)).to.deep.equal([true]);
  });

  it('is heard by an agent that is at work when it is named', async () => {
    const { office, ada, names, files, told, starts } = await anOfficeWithStops();
    office.script.push(calls(['list_tasks']), async () => {
      await names(ada, 'Outline', 'Names');
      return calls(WRITE);
    });
    await starts();
    expect(await files()).to.deep.equal([]);
    expect(await told())
      .to.contain('Held (4.0)')
      .and.contain('named the checkpoints “Outline”, “Names” of #1');
  });

  it('is passed by nobody’s call but that of the run, and is told with the task', async () => {
    const { world, scribe, ada } = {
      ...(await anOfficeWithStops().then((at) => ({ ...at, scribe: at.world.scribe }))),
    };
    const said = await refusal(world.does(scribe, 'checkpoint', STOP[1]));
    expect(said.message).to.contain('A checkpoint is reached in the work on the task');
    expect((await refusal(world.does(ada, 'checkpoint', STOP[1]))).message).to.contain('Only an agent stops');
  });
});
