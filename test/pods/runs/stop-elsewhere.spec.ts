// Whoever stops an agent sees what else runs for the same request, and stops that too, one by one or all at once.
import { expect } from 'chai';
import { MESSAGES, type MessageDoc } from '../../../src/pods/conversations/message.ts';
import { RUNS, type RunDoc } from '../../../src/pods/runs/run.ts';
import { aWorld, type Json, type World } from '../build.ts';

describe('a stop of one of several agents at work for one request', () => {
  let world: World;
  let here: string;
  let there: string;
  beforeEach(async () => {
    world = await aWorld();
    const start = async (title: string, text: string): Promise<string> =>
      (await world.does(world.ada, 'start_conversation', { title, text })).conversation.id;
    here = await start('Launch', '@scribe plan it');
    there = await start('Prices', '@pilot look up prices');
    for (const [agent, conversation] of [
      [world.scribe, here],
      [world.pilot, there],
    ] as const)
      await live(`r_${agent}`, { agent, conversation, root: 'r' });
    world.delivered.length = 0;
  });

  const live = (id: string, more: Pick<RunDoc, 'agent' | 'conversation' | 'root'>) =>
    world.store.collection<RunDoc>(RUNS.name).insert([
      {
        ...{ id, rev: 1, pod: world.pod, seq: 1, at: world.clock.now, state: 'working' as const },
        ...{ turns: 1, tokens: 1, cached: 0, steps: [], ...more },
      },
    ]);
  const halts = () =>
    world.delivered.flatMap((one) => (one.kind === 'halt' ? [`${one.agent} ${one.conversation}`] : []));
  const newestLine = async (): Promise<MessageDoc | undefined> => {
    const { messages } = await world.does(world.ada, 'read_conversation', { conversation: here, limit: 9 });
    const line = messages.findLast(({ from }: Json) => from === 'Skein');
    return line && { ...(await world.doc(MESSAGES, line.id)), text: line.text };
  };

  it('says in the thread what still runs, with a button for each and one for all, and in the result', async () => {
    const { stopped, still_at_work } = await world.does(world.ben, 'stop_run', { conversation: here });
    expect(stopped).to.deep.equal([world.scribe]);
    expect(still_at_work).to.deep.equal([`Pilot in “Prices” (${there})`]);
    expect(halts()).to.deep.equal([`${world.scribe} ${here}`]);
    expect(await newestLine()).to.deep.include({
      text: 'Still at work for the same request: Pilot in “Prices”. Write “stop all” here to stop that too.',
      stops: [{ conversation: there, agent: world.pilot }],
    });
  });

  it('says the same after a word in the thread, and “stop all” stops the others too', async () => {
    await world.does(world.ben, 'post_message', { conversation: here, text: '@scribe stop' });
    expect(await newestLine()).to.deep.include({ stops: [{ conversation: there, agent: world.pilot }] });
    world.delivered.length = 0;
    await world.does(world.ben, 'post_message', { conversation: here, text: 'stop all, please' });
    expect(halts().sort()).to.deep.equal([`${world.pilot} ${there}`, `${world.scribe} ${here}`]);
  });

  it('stops all by the action as well, with the questions that stood open there', async () => {
    const ask = { to: ['ben'], question: 'Which price?', conversation: there };
    const { question } = await world.does(world.pilot, 'ask', ask);
    const { also_stopped } = await world.does(world.ben, 'stop_run', { conversation: here, everywhere: true });
    expect(also_stopped).to.deep.equal([`Pilot in “Prices” (${there})`]);
    const { questions } = await world.does(world.ben, 'list_questions', {});
    expect(questions.map(({ number }: Json) => number)).not.to.include(question.number);
  });

  it('says nothing where nothing else runs, or only for another request', async () => {
    const runs = world.store.collection<RunDoc>(RUNS.name);
    const pilots = await runs.get(`r_${world.pilot}`);
    await runs.replace({ ...(pilots as RunDoc), root: 'another' }, 1);
    expect(await world.does(world.ben, 'stop_run', { conversation: here })).to.deep.equal({ stopped: [world.scribe] });
    expect(await newestLine()).to.equal(undefined);
  });
});
