// Budgets that agents share: whole runs with a model that says what it used.

import { expect } from 'chai';
import { DAY_TOKENS, ROOT_TOKENS } from '../../../src/agents/budget/spending.ts';
import { charge } from '../../../src/agents/budget/totals.ts';
import { CONVERSATIONS } from '../../../src/pods/conversations/conversation.ts';
import { anOffice, calls, never, type Office, says, USAGE, wakeOf } from '../office.ts';

const using = (input: number) => ({ usage: { ...USAGE, input } });
const DAY_MS = 86_400_000;

describe('a budget that agents share', () => {
  let office: Office;
  beforeEach(async () => {
    office = await anOffice();
  });

  const paused = async () => (await office.thread()).filter((line) => line.includes('I paused'));
  const last = async () => (await office.thread()).at(-1);
  /** Runs whatever agents were woken meanwhile. */
  const carryOn = () => office.carry(office.world.delivered.splice(0).filter(({ kind }) => kind === 'wake'));
  const hears = async (who: 'ada' | 'ben', text: string) => {
    await office.hears(office.world[who], text);
    await carryOn();
  };

  it('is one for all who were set off by the same, and begins anew with a person’s word', async () => {
    office.script.push({ ...says('A part is done.\n@pilot the rest is yours'), ...using(ROOT_TOKENS) });
    await hears('ada', '@scribe work');
    expect(office.asked).to.have.length(1);
    const endings = (await office.runs()).map(({ ending }) => ending);
    expect(endings).to.deep.equal([{ as: 'answered' }, { as: 'paused', budget: 'root' }]);
    expect(await last()).to.match(/^Pilot: I paused: all agents .* 2 million tokens together.* Write “go on”/);
    await hears('ben', '@pilot go on');
    expect(await last()).to.equal('Pilot: Done.');
  });

  it('ends the run in the log as well: nobody is at work, and the next word begins another', async () => {
    await office.world.does(office.world.ada, 'update_agent', { agent: 'scribe', budget: { turns: 1, tokens: 1e6 } });
    // Ben writes while the last turn is made.
    office.script.push(async () => {
      await office.says(office.world.ben, 'The price is 9.50');
      return calls(['list_tasks']);
    });
    await hears('ada', '@scribe work');
    expect(await last()).to.match(/^Scribe: I paused: this took 1 turns/);
    const atWork = async () =>
      (await office.world.doc(CONVERSATIONS, office.conversation))?.atWork?.filter(({ since }) => since !== undefined);
    expect(await atWork()).to.deep.equal([]);
    await hears('ada', '@scribe go on');
    expect(office.asked.at(-1)?.messages.join('\n')).to.include('The price is 9.50');
    expect(await last()).to.equal('Scribe: Done.');
    expect(await atWork()).to.deep.equal([]);
  });

  it('is told to an agent near its end', async () => {
    office.script.push({ ...calls(['list_tasks']), ...using(390_000) });
    await office.world.does(office.world.ada, 'update_agent', { agent: 'scribe', budget: { turns: 9, tokens: 3e6 } });
    await hears('ada', '@scribe work');
    expect(office.asked[1]?.messages.at(-1)).not.to.include('<budget>');
    office.script.push({ ...calls(['list_tasks']), ...using(DAY_TOKENS * 0.8) });
    await office.world.does(office.world.ada, 'update_agent', { agent: 'scribe', budget: { turns: 9, tokens: 1e7 } });
    await hears('ada', '@scribe work');
    expect(office.asked[3]?.messages.at(-1)).to.include('may today. Finish, and say what is open.</budget>');
  });

  describe('of a day', () => {
    beforeEach(async () => {
      office.script.push({ ...says('That was much.'), ...using(DAY_TOKENS) });
      await hears('ada', '@scribe work');
    });

    it('is said once to be used up, and when there is a new one', async () => {
      await hears('ada', '@scribe more');
      await hears('ben', '@scribe more');
      expect(await paused()).to.deep.equal([
        'Scribe: I paused: the agents of this pod have used their 10 million tokens of today. There are new ones from midnight (UTC): ask me again then. An owner of the pod who writes “go on” here lets me continue now.',
      ]);
      expect(office.asked).to.have.length(1);
      office.world.clock.now += DAY_MS;
      await hears('ben', '@scribe more');
      expect(await last()).to.equal('Scribe: Done.');
    });

    it('is no end for what an owner lets go on, with all whom it wakes; a member’s word is not enough', async () => {
      await hears('ben', '@scribe go on');
      expect(office.asked).to.have.length(1);
      office.script.push(says('@pilot the rest is yours'));
      await hears('ada', '@scribe please go on!');
      expect(await last()).to.equal('Pilot: Done.');
      await hears('ada', '@scribe and now something else');
      expect(office.asked).to.have.length(3);
    });
  });

  it('of a day counts what others use meanwhile, at once', async () => {
    const { world } = office;
    const others = async () => {
      const another = { root: 'another', pod: world.pod };
      await charge({ store: world.store, clock: () => world.clock.now }, another, [{ id: 'x', tokens: DAY_TOKENS }]);
      return calls(['list_tasks']);
    };
    office.script.push(others);
    await hears('ada', '@scribe work');
    expect(office.asked).to.have.length(1);
    expect(await last()).to.match(/^Scribe: I paused: the agents of this pod have used/);
  });

  it('counts a run once, however often and by whomever it is run again', async () => {
    const [wake] = await office.says(office.world.ada, '@scribe work');
    office.script.push(calls(['list_tasks']));
    const run = async () => office.process().runner.wake(wakeOf(wake), never);
    await run();
    await Promise.all([run(), run()]);
    const root = (await office.world.doc(CONVERSATIONS, office.conversation))?.root;
    const [one, ...others] = await office.runs();
    expect(others).to.deep.equal([]);
    expect(one).to.include({ id: wake?.id, tokens: 2 * (USAGE.input + USAGE.output), pod: office.world.pod, root });
  });
});
