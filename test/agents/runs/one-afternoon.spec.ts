// One agent in one afternoon: every step of a positioning text, and of fifty research notes the result only.
import { expect } from 'chai';
import type { ModelRequest, ModelTurn } from '../../../src/agents/model/model.ts';
import { MESSAGES, type MessageDoc } from '../../../src/pods/conversations/message.ts';
import type { Delivery } from '../../../src/pods/deliveries.ts';
import { changesOf } from '../../../src/pods/kinds.ts';
import { QUESTIONS, type QuestionDoc } from '../../../src/pods/questions/question.ts';
import { TASKS, type TaskDoc } from '../../../src/pods/tasks/task.ts';
import { anOffice, calls, newestIn, says, USAGE } from '../office.ts';

const FIFTY = 50;

/** Wants to know something, says how far it is, writes, and finishes: for each task of which the turn tells. */
type Use = readonly [name: string, input: object];

function works(request: ModelRequest): Partial<ModelTurn> {
  const heard = newestIn(request);
  const held = [...heard.matchAll(/Held \((\d+\.\d+)\)/g)].map(([, name]) => name);
  if (heard.includes('choice="Yes to all"')) {
    const all = [...request.messages.join('\n').matchAll(/Held \((\d+\.\d+)\)/g)].map(([, name]) => name);
    return calls(['go_ahead', { calls: [...new Set(all)] }]);
  }
  if (held.length || /"tool_result"/.test(request.messages.at(-1) ?? '')) return says('It is in the files.');
  const tasks = [...heard.matchAll(/<assignment [^>]*task="(#\d+)"[^>]*to="you"[^>]*>([^<]*)/g)];
  return calls(
    ...tasks.flatMap(([, task = '', title = '']): Use[] =>
      title.includes('Positioning')
        ? [
            ['put_file', { name: 'positioning.md', text: '# For bakers' }],
            ['complete_task', { task }],
          ]
        : [
            ['ask', { to: ['ada'], question: `How long should ${task} be?`, options: ['Short', 'Long'] }],
            ['post_message', { text: `@ada I am at ${task} now.` }],
            ['put_file', { name: `note-${task.slice(1)}.md`, text: `# ${title}` }],
            ['complete_task', { task, assumptions: ['a page is enough'] }],
          ],
    ),
  );
}

describe('one agent in one afternoon', () => {
  it('puts every step of the positioning text to Ada, and of fifty research notes brings neither a question nor a post before they are done', async () => {
    const office = await anOffice();
    const { world } = office;
    const { ada, scribe } = world;
    const tools = ['ask', 'post_message', 'put_file', 'complete_task'];
    await world.does(ada, 'update_agent', { agent: 'scribe', tools });
    const model = {
      async turn(request: ModelRequest): Promise<ModelTurn> {
        return { content: '[]', stopReason: 'end_turn', usage: USAGE, ...works(request) };
      },
    };
    const process = office.process({ model });
    const carriesAll = async () => {
      for (let wakes = taken(world.delivered); wakes.length; wakes = taken(world.delivered))
        await office.carry(wakes, process);
    };
    await world.does(ada, 'set_involvement', { level: 'result' });
    const { task } = await world.does(ada, 'create_task', { title: 'Positioning' });
    await world.does(ada, 'set_involvement', { level: 'every_step', task: `#${task.number}` });
    await world.does(ada, 'assign_task', { task: task.id, assignee: 'scribe' });
    await carriesAll();
    for (let n = 1; n <= FIFTY; n++) {
      await world.does(ada, 'create_task', { title: `Research note ${n}`, assignee: 'scribe' });
      // Most are begun as they are given, some come while others wait.
      if (n % 7 === 0) await carriesAll();
    }
    await carriesAll();

    const tasks = await world.store.collection<TaskDoc>(TASKS.name).find({ where: { pod: world.pod } });
    const notes = tasks.filter(({ id }) => id !== task.id);
    expect(notes.map(({ state }) => state)).to.deep.equal(Array(FIFTY).fill('done'));
    expect(notes.every(({ assumed }) => assumed)).to.equal(true);
    expect(tasks.find(({ id }) => id === task.id)?.state).to.equal('open');
    const questions = await world.store.collection<QuestionDoc>(QUESTIONS.name).find({ where: { pod: world.pod } });
    expect(questions.map(({ steps, state }) => [steps, state])).to.deep.equal([[2, 'open']]);

    const done = new Map(
      (await world.commits()).flatMap(({ seq, ...commit }) =>
        changesOf(commit as Parameters<typeof changesOf>[0]).flatMap((change) =>
          change.type === 'task_moved' && change.state === 'done' ? [[change.id, seq] as const] : [],
        ),
      ),
    );
    const said = await world.store.collection<MessageDoc>(MESSAGES.name).find({ where: { pod: world.pod } });
    const lastOf = (conversation: string) =>
      Math.max(...notes.filter((one) => one.conversation === conversation).map(({ id }) => done.get(id) ?? Infinity));
    const ofNotes = said.filter(
      ({ by, conversation }) => by === scribe && notes.some((one) => one.conversation === conversation),
    );
    expect(ofNotes.filter(({ posted, conversation }) => posted < lastOf(conversation))).to.deep.equal([]);
    expect(ofNotes.length, 'the results are told').to.be.greaterThan(0);

    await world.does(ada, 'answer_question', { question: 'q1', choice: 'Yes to all' });
    await carriesAll();
    expect((await world.doc(TASKS, task.id))?.state).to.equal('done');
    expect(
      await world.store.collection<QuestionDoc>(QUESTIONS.name).find({ where: { pod: world.pod } }),
    ).to.have.length(1);
  });
});

function taken(delivered: Delivery[]): Delivery[] {
  return delivered.splice(0).filter(({ kind }) => kind === 'wake');
}
