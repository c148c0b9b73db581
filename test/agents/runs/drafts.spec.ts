// An agent's change to a skill, or to an agent's instructions, is a draft: a person reads the difference and says yes or no.
import { expect } from 'chai';
import type { ModelRequest } from '../../../src/agents/model/model.ts';
import type { PersonId } from '../../../src/log/participant.ts';
import { AGENTS } from '../../../src/pods/agent-definitions/agent.ts';
import { QUESTIONS, type QuestionDoc } from '../../../src/pods/questions/question.ts';
import { SKILLS } from '../../../src/pods/skill-definitions/skill.ts';
import { anOffice, calls, type Line, says } from '../office.ts';

const PRICES = { name: 'prices', description: 'What things cost.', instructions: 'A loaf costs 4.\nRound up.' };
const NEW = { ...PRICES, instructions: 'A loaf costs 5.\nRound up.' };
const READ = ['read_skill', { name: 'prices' }] as const;
const goes: Line = (request: ModelRequest) => {
  const names = request.messages.join('\n').matchAll(/Held \((\d+\.\d+)\)/g);
  return calls(['go_ahead', { calls: [...new Set([...names].map(([, name]) => name))] }]);
};

/** `own`: the skill did not come with Skein, so that every member may change it. */
async function aDraftingOffice(own = false) {
  const office = await anOffice();
  const { world } = office;
  const { ada, ben } = world;
  await world.does(ada, 'update_agent', {
    agent: 'scribe',
    tools: ['read_skill', 'update_skill', 'update_agent', 'list_agents', 'create_task'],
  });
  if (own) await world.does(ada, 'update_skill', PRICES);
  else await world.does('skein', 'import_skill', PRICES, { origin: { kind: 'manifest', hash: '1' } });
  const skill = async () => {
    const { version = 0, instructions = '', by } = (await world.doc(SKILLS, 'skill:prices')) ?? {};
    return { version, text: instructions.split('\n')[0], by };
  };
  const questions = (): Promise<QuestionDoc[]> =>
    world.store.collection<QuestionDoc>(QUESTIONS.name).find({ where: { pod: world.pod }, sort: [['number', 'asc']] });
  const answers = async (who: PersonId, input: object, question = 'q1') => {
    world.delivered.length = 0;
    await world.does(who, 'answer_question', { question, ...input });
    await office.carry(world.delivered.filter(({ kind }) => kind === 'wake'));
  };
  const drafts = async () => {
    office.script.push(calls(READ), calls(['update_skill', NEW]));
    await office.hears(ada, '@scribe a loaf costs 5 now');
  };
  const told = async () => JSON.stringify((await office.turns()).map(({ content }) => JSON.parse(content)));
  return { office, world, ada, ben, skill, questions, answers, drafts, told };
}

describe('an agent’s change to a skill', () => {
  it('is a draft with its difference, and is done by the yes of whoever asked for it', async () => {
    const { office, ada, skill, questions, answers, drafts, told } = await aDraftingOffice();
    await drafts();
    expect(await skill()).to.deep.equal({ version: 1, text: 'A loaf costs 4.', by: 'skein' });
    const [asked, ...more] = await questions();
    expect(more).to.deep.equal([]);
    expect([asked?.asked, asked?.steps, asked?.awaited]).to.deep.equal([[ada], 1, true]);
    expect((await office.thread()).at(-1)).to.equal(
      [
        'Scribe: @ada Scribe wants to:',
        '1. Write a skill: name “prices”',
        ...['```', '@ line 1', '  What things cost.', '  ', '- A loaf costs 4.', '+ A loaf costs 5.', '  Round up.'],
        ...['```', '', 'Agents work by that text, so nothing changes without your yes: may I? Say yes or no.'],
      ].join('\n'),
    );
    expect(await told()).to.include('Held (4.0): a draft so far, because agents work by that text. Ada Lindqvist sees');
    office.script.push(goes);
    await answers(ada, { choice: 'Yes' });
    expect(await skill()).to.deep.equal({ version: 2, text: 'A loaf costs 5.', by: 'agent:scribe' });
    expect((await office.runs()).map(({ state }) => state)).to.deep.equal(['ended']);
  });

  it('is done by a yes in words, and dropped by a no, which the agent hears', async () => {
    const { office, ada, skill, drafts, told } = await aDraftingOffice();
    await drafts();
    office.script.push(says('I leave it.'));
    await office.hears(ada, 'no, it stays at 4');
    expect(await skill()).to.include({ version: 1 });
    expect(await told()).to.match(/choice=[\\"]+No[\s\S]*it stays at 4/);
    office.script.push(calls(['update_skill', NEW]));
    await office.hears(ada, '@scribe now it is 5 after all');
    office.script.push(goes);
    await office.hears(ada, 'yes');
    expect(await skill()).to.include({ version: 2, text: 'A loaf costs 5.' });
  });

  it('is done by a yes that comes by mail', async () => {
    const { office, world, ada, skill, drafts } = await aDraftingOffice();
    await drafts();
    office.script.push(goes);
    world.delivered.length = 0;
    const origin = { kind: 'email' as const, messageId: '<yes@example.org>', references: [] };
    const said = { conversation: office.conversation, text: 'Yes, please.' };
    await world.does(ada, 'post_message', said, { via: 'email', origin });
    await office.carry(world.delivered.filter(({ kind }) => kind === 'wake'));
    expect(await skill()).to.deep.equal({ version: 2, text: 'A loaf costs 5.', by: 'agent:scribe' });
  });

  it('is a draft against the text that stands: after another edit the yes counts no more, and the new difference is shown', async () => {
    const { office, world, ada, skill, questions, answers, drafts } = await aDraftingOffice();
    await drafts();
    await world.does(ada, 'update_skill', { ...PRICES, instructions: 'A loaf costs 4.\nRound down.' });
    office.script.push(goes);
    await answers(ada, { choice: 'Yes' });
    expect(await skill()).to.include({ version: 2, text: 'A loaf costs 4.' });
    expect((await questions()).map(({ state }) => state)).to.deep.equal(['answered', 'open']);
    expect((await office.thread()).at(-1)).to.include('- Round down.\n+ A loaf costs 5.\n+ Round up.');
  });

  it('is not overridden by the import at the next start, nor is a draft done by it', async () => {
    const { office, world, ada, skill, questions, answers, drafts } = await aDraftingOffice();
    const starts = (hash: string, instructions: string) =>
      world.does('skein', 'import_skill', { ...PRICES, instructions }, { origin: { kind: 'manifest', hash } });
    await drafts();
    await starts('1', PRICES.instructions);
    expect(
      (await questions()).map(({ state }) => state),
      'the draft waits',
    ).to.deep.equal(['open']);
    office.script.push(goes);
    await answers(ada, { choice: 'Yes' });
    expect((await starts('2', 'A loaf costs 6.')).skill).to.deep.equal({ name: 'prices', imported: false });
    expect(await skill()).to.include({ version: 2, text: 'A loaf costs 5.' });
  });

  it('waits for its yes although nobody follows every step, and with those who do it is one question', async () => {
    const { office, world, ada, ben, skill, questions, answers, drafts } = await aDraftingOffice(true);
    await world.does(ben, 'create_task', { title: 'Prices', conversation: office.conversation });
    const follows = (level: string) => world.does(ben, 'set_involvement', { level, task: '#1' });
    await follows('every_step');
    await drafts();
    expect((await questions()).map(({ asked }) => asked)).to.deep.equal([[ada, ben]]);
    await follows('result');
    expect((await questions()).map(({ state }) => state)).to.deep.equal(['open']);
    office.script.push(goes);
    await answers(ada, { choice: 'Yes' });
    expect(await skill()).to.include({ version: 1 });
    await answers(ben, { choice: 'Yes' });
    expect(await skill()).to.include({ version: 2 });
    expect(await questions(), 'nobody is asked twice').to.have.length(1);
  });

  it('asks nobody where it would be refused anyway: who asked may not change it', async () => {
    const { office, ben, skill, questions, told } = await aDraftingOffice();
    office.script.push(calls(READ), calls(['update_skill', NEW]), says('I may not.'));
    await office.hears(ben, '@scribe a loaf costs 5 now');
    expect(await questions()).to.deep.equal([]);
    expect(await told()).to.include('came with Skein: only owners');
    expect(await skill()).to.include({ version: 1 });
  });

  it('is the same for an agent’s instructions, and nothing for a new skill or another field', async () => {
    const { office, world, ada, questions, answers } = await aDraftingOffice();
    await world.does(ada, 'create_agent', { handle: 'cook', name: 'Cook', purpose: 'Cooks.', instructions: 'Stir.' });
    const fries = ['update_agent', { agent: 'cook', instructions: 'Fry.' }] as const;
    office.script.push(
      calls(fries, ['update_agent', { agent: 'cook', purpose: 'Fries.' }], ['update_skill', { ...NEW, name: 'oil' }]),
      calls(fries),
    );
    await office.hears(ada, '@scribe let cook fry');
    const cook = async () => {
      const { purpose, instructions } = (await world.doc(AGENTS, 'agent:cook')) ?? {};
      return { purpose, instructions };
    };
    expect(await cook()).to.deep.equal({ purpose: 'Fries.', instructions: 'Stir.' });
    expect((await world.doc(SKILLS, 'skill:oil'))?.version).to.equal(1);
    expect((await office.thread()).at(-1)).to.include(
      '1. Update an agent: agent “cook”\n```\n@ line 1\n- Stir.\n+ Fry.',
    );
    expect(await questions()).to.have.length(1);
    office.script.push(goes);
    await answers(ada, { text: 'yes please' });
    expect(await cook()).to.deep.equal({ purpose: 'Fries.', instructions: 'Fry.' });
  });
});
