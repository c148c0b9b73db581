// An agent has a task and is not at work on it: a person takes the task over in its thread, and hands it back.
import { expect } from 'chai';
import { CONVERSATIONS } from '../../../src/pods/conversations/conversation.ts';
import { MESSAGES } from '../../../src/pods/conversations/message.ts';
import { withheldIn } from '../../../src/pods/conversations/words/withheld.ts';
import { TASKS } from '../../../src/pods/tasks/task.ts';
import { aWorld, type Json, type World } from '../build.ts';

describe('a task of an agent that is not at work', () => {
  let world: World;
  let task: Json;
  let conversation: string;
  beforeEach(async () => {
    world = await aWorld();
    const made = await world.does(world.ada, 'create_task', { title: 'Count the boxes', assignee: 'scribe' });
    task = made.task;
    conversation = (await doc())?.conversation ?? '';
  });

  const doc = () => world.doc(TASKS, task.id);
  const says = (who: 'ada' | 'ben' | 'gil', text: string): Promise<Json> =>
    world.does(world[who], 'post_message', { conversation, text });
  const place = () => world.doc(CONVERSATIONS, conversation);
  const lines = async (): Promise<string[]> => {
    const { messages } = await world.does(world.ada, 'read_conversation', { conversation, limit: 50 });
    return messages.flatMap(({ from, text }: Json) => (from === 'Skein' ? [text] : []));
  };
  const wakes = () => world.delivered.filter(({ kind }) => kind === 'wake');
  const ends = () =>
    world.act({
      ...{ pod: world.pod, actor: world.scribe, via: 'model', action: 'end_run', input: { conversation }, key: 'end' },
      ears: { conversation, upTo: 1_000, ends: true },
    });

  it('goes to whoever takes it over after the answer, wakes nobody, and comes back with the words', async () => {
    await ends();
    world.delivered.length = 0;
    await says('ben', 'I take over');
    expect(await doc()).to.deep.include({ assignee: world.ben, state: 'open' });
    expect(wakes()).to.deep.equal([]);
    expect((await lines()).at(-1)).to.equal(
      `Ben Okafor has #${task.number} now. Scribe does nothing here until it is handed back: write “over to you again”, and what is to be done. Scribe will see what has changed.`,
    );
    await says('ben', 'it was the wrong shelf');
    expect(wakes()).to.deep.equal([]);
    await says('ben', 'over to you again: count the left shelf');
    expect((await doc())?.assignee).to.equal(world.scribe);
    expect(wakes()).to.have.length(1);
    expect(withheldIn((await place())?.atWork, world.scribe)).to.equal(undefined);
  });

  it('goes to them by the action too, also if the agent has not begun, and stays where only a guest wants it', async () => {
    await ends();
    await says('gil', '@scribe I take over');
    expect((await doc())?.assignee).to.equal(world.scribe);
    expect((await lines()).at(-1)).to.equal('Only members of the pod can take work over from an agent.');
    await world.does(world.ada, 'take_over', { conversation, agent: 'scribe' });
    expect((await doc())?.assignee).to.equal(world.ada);
    await world.does(world.ada, 'hand_back', { conversation });
    expect((await doc())?.assignee).to.equal(world.scribe);
  });

  it('stays with the agent while it is at work, as before: only the work is taken over', async () => {
    await says('ben', 'I take over');
    expect((await doc())?.assignee).to.equal(world.scribe);
    expect((await lines()).at(-1)).to.match(/^Ben Okafor has taken this over from Scribe/);
  });

  for (const [how, stop] of [
    ['a word', () => says('ben', 'stop')],
    ['the action', () => world.does(world.ben, 'stop_run', { conversation })],
  ] as const)
    it(`says after a stop by ${how} by whom, offers to take it over or to let it go on, and goes to whoever takes it`, async () => {
      await stop();
      expect((await lines()).at(-1)).to.equal(
        `Stopped by Ben Okafor. Scribe still has #${task.number}: write “I take over” to have it, or “scribe, go on” to let the agent work on it.`,
      );
      const at = (await place())?.atWork?.find(({ agent }) => agent === world.scribe);
      expect(at).to.deep.include({ personOnly: true });
      expect(await world.doc(MESSAGES, at?.line ?? '')).to.deep.include({ controls: [world.scribe] });
      world.delivered.length = 0;
      await says('ada', 'I take over');
      expect((await doc())?.assignee).to.equal(world.ada);
      expect(wakes()).to.deep.equal([]);
      expect(
        world.delivered.some(({ kind, ...more }) => kind === 'update' && (more as Json).message === at?.line),
      ).to.equal(true);
    });

  it('is worked on again where a person lets the stopped agent go on, and the line loses its buttons', async () => {
    await says('ben', 'stop');
    const line = (await place())?.atWork?.find(({ agent }) => agent === world.scribe)?.line;
    world.delivered.length = 0;
    await says('ada', 'scribe, go on');
    expect(wakes()).to.have.length(1);
    expect(world.delivered.some(({ kind, ...more }) => kind === 'update' && (more as Json).message === line)).to.equal(
      true,
    );
    expect((await doc())?.assignee).to.equal(world.scribe);
  });
});
