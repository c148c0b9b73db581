// A memory that begins anew knows what is done, what was replaced and what is open, and asks for no yes that it has.
import { expect } from 'chai';
import type { ModelRequest } from '../../../src/agents/model/model.ts';
import { QUESTIONS, type QuestionDoc } from '../../../src/pods/questions/question.ts';
import { TASKS, type TaskDoc } from '../../../src/pods/tasks/task.ts';
import { anOffice, calls, type Line, newestIn, type Office, says } from '../office.ts';
import { aSteeredOffice } from './steered-office.ts';

const EPOCHS = 20;
const TOOLS = ['create_task', 'ask', 'wait_for', 'list_tasks'];

const edits = ({ world }: Pick<Office, 'world'>, n: number) =>
  world.does(world.ada, 'update_agent', { agent: 'scribe', instructions: `Be brief, as of ${n}.` });
const titles = async ({ world }: Office): Promise<string[]> => {
  const tasks = await world.store.collection<TaskDoc>(TASKS.name).find({ where: { pod: world.pod } });
  const texts = await world.store.bodies.get(tasks.flatMap(({ titleRef }) => titleRef || []));
  return [...texts.values()].map(({ text }) => text).filter((title) => title.startsWith('Task '));
};

/** Does everything that it is not told to be done or replaced, as a model does that knows nothing else. */
const obeys: Line = (request: ModelRequest) => {
  const heard = newestIn(request);
  if (/"tool_result"/.test(request.messages.at(-1) ?? '')) return says('It is made.');
  const messages = [...heard.matchAll(/<message ([^>]*)>@scribe add (Task \d+)<\/message>/g)];
  const open = messages.filter(([, attributes = '']) => !/state="(?:done|replaced|taken)/.test(attributes));
  return open.length ? calls(...open.map(([, , title = '']) => ['create_task', { title }] as const)) : says('Nothing.');
};

describe('a new epoch', () => {
  it(`does no instruction of before again, over ${EPOCHS} of them`, async () => {
    const office = await anOffice();
    const { world } = office;
    await world.does(world.ada, 'update_agent', { agent: 'scribe', tools: TOOLS });
    for (let n = 1; n <= EPOCHS; n++) {
      await edits(office, n);
      office.script.push(obeys, obeys);
      await office.hears(n % 2 ? world.ada : world.ben, `@scribe add Task ${n}`);
      office.script.length = 0;
    }
    expect((await office.session()).epoch).to.equal(EPOCHS);
    expect((await titles(office)).sort()).to.deep.equal(
      Array.from({ length: EPOCHS }, (_, n) => `Task ${n + 1}`).sort(),
    );
    const opening = newestIn(office.asked.find((one) => newestIn(one).includes(`Task ${EPOCHS}<`)) as ModelRequest);
    expect(opening.match(/as="i\d+" state="done"[^>]*>@scribe add Task \d+</g)).to.have.length(EPOCHS - 1);
    expect(opening).to.match(/as="i\d+" state="open"[^>]*>@scribe add Task 20</);
    expect(opening, 'what was said before it was called').to.match(/<message [^>]*"[^>]*>Let us begin\.</);
    expect(opening).not.to.match(/state="done"[^>]*>Let us begin/);
    if (process.env.SKEIN_TELL) console.log(opening);
  });

  it('says which was replaced by which, in the same run and after it', async () => {
    const { office, world, ada, interrupted, told } = await aSteeredOffice();
    await world.does(ada, 'update_agent', { agent: 'scribe', tools: TOOLS });
    const asks = calls(['ask', { to: ['ada'], question: 'Which green?' }], ['wait_for', { questions: ['q1'] }]);
    office.script.push(
      interrupted('no, green'),
      (request: ModelRequest) => {
        const [due, other] = ['due', 'stands'].map(
          (what) => new RegExp(`${what}: (i\\d+)`).exec(newestIn(request))?.[1],
        );
        return calls(['go_ahead', { calls: [], verdicts: { [`${due}`]: `replaces ${other}` } }]);
      },
      asks,
    );
    await office.carry(await office.says(ada, '@scribe add a task: paint the sign brown'));
    await edits(office, 1);
    await office.hears(ada, 'moss');
    const opening = office.asked.map(newestIn).findLast((text) => text.includes('<context')) ?? '';
    expect(opening).to.match(/as="i\d+" state="replaced by i\d+"[^>]*>@scribe add a task: paint the sign brown</);
    if (process.env.SKEIN_TELL) console.log(opening);
    expect(opening).to.match(/as="i\d+" state="open"[^>]*>no, green</);
    await edits(office, 2);
    await office.hears(ada, '@scribe how far are you?');
    const later = office.asked.map(newestIn).findLast((text) => text.includes('<context')) ?? '';
    expect(later, await told()).to.match(/state="replaced by i\d+"[^>]*>@scribe add a task: paint the sign brown</);
    expect(later).to.match(/state="done"[^>]*>no, green</);
  });

  it('goes ahead with what people have allowed, and asks them nothing again, over 20 of them', async () => {
    const office = await anOffice();
    const { world, conversation } = office;
    const { ada } = world;
    await world.does(ada, 'update_agent', { agent: 'scribe', tools: TOOLS });
    await world.does(ada, 'create_task', { title: 'Positioning', conversation });
    await world.does(ada, 'set_involvement', { level: 'every_step', task: '#1' });
    const questions = (): Promise<QuestionDoc[]> =>
      world.store.collection<QuestionDoc>(QUESTIONS.name).find({ where: { pod: world.pod } });
    for (let n = 1; n <= EPOCHS; n++) {
      office.script.push(calls(['create_task', { title: `Task ${n}` }]));
      await office.hears(ada, `@scribe add Task ${n}`);
      world.delivered.length = 0;
      await world.does(ada, 'answer_question', { question: `q${n}`, choice: 'Yes' });
      const wakes = world.delivered.filter(({ kind }) => kind === 'wake');
      await edits(office, n);
      office.script.push((request: ModelRequest) => {
        const allowed = [...newestIn(request).matchAll(/^- "(\d+:\d+\.\d+)": Create a task: title “Task (\d+)”/gm)];
        expect(allowed.map(([, , task]) => task)).to.deep.equal([`${n}`]);
        return calls(['go_ahead', { calls: allowed.map(([, name]) => name) }]);
      });
      await office.carry(wakes);
      expect(await titles(office)).to.have.length(n);
    }
    expect(await questions()).to.have.length(EPOCHS);
    expect((await office.session()).epoch).to.be.at.least(EPOCHS);
  });
});
