import { expect } from 'chai';
import { RULES } from '../../../../src/agents/gate/rules.ts';
import type { CallFacts } from '../../../../src/log/call-facts.ts';
import type { AgentId } from '../../../../src/log/participant.ts';
import { aWorld, type Json, refusal, type World } from '../../../pods/build.ts';

describe('the rule “given on”', () => {
  let world: World;
  let conversation: string;
  let woken: number;
  let task: string;
  beforeEach(async () => {
    world = await aWorld();
    conversation = (await world.does(world.ada, 'start_conversation', { title: 'Plan', text: 'Hello' })).conversation
      .id;
    const given = await world.acts<Json>(world.ada, 'create_task', {
      title: 'Write it',
      assignee: 'scribe',
      conversation,
    });
    woken = given.commit?.seq ?? 0;
    task = given.result.task.id;
  });

  /** A call of the run that this commit woke. */
  const calls = (agent: AgentId, action: string, input: object, from = woken) => {
    const facts: CallFacts = {
      from: { pod: world.pod, conversation },
      woken: from,
      sources: async () => [],
      stopped: () => false,
    };
    return world.does(agent, action, input, { conversation, onBehalfOf: world.ada, facts, via: 'model' });
  };
  const others = ['start_task', 'complete_task', 'update_task', 'assign_task'];
  const inputOf = (action: string) => ({
    task,
    ...(action === 'update_task' ? { title: 'Other' } : {}),
    ...(action === 'assign_task' ? { assignee: 'scribe' } : {}),
  });

  it('stands in the list of the gate’s rules', () => {
    expect(RULES.map(({ name }) => name)).to.include('given on');
  });

  for (const by of ['a person', 'an agent'])
    it(`refuses each change to a task that ${by} gave to another agent while this one worked, and names the holder`, async () => {
      const more = by === 'a person' ? {} : { conversation, onBehalfOf: world.ada };
      const giver = by === 'a person' ? world.ben : world.pilot;
      await world.does(giver, 'assign_task', { task, assignee: 'pilot' }, more);
      for (const action of others)
        expect((await refusal(calls(world.scribe, action, inputOf(action)))).message, action).to.equal(
          '#1 is with Pilot now: it was given on while you worked. Change nothing about it. If Pilot needs to know how far you came, say it in your answer.',
        );
    });

  it('lets its hand-off note land, and lets it look', async () => {
    await world.does(world.ben, 'assign_task', { task, assignee: 'pilot' });
    const { message } = await calls(world.scribe, 'post_message', { conversation, text: 'Half of it is written.' });
    expect(message.conversation).to.equal(conversation);
    expect((await calls(world.scribe, 'list_tasks', {})).tasks).to.have.length(1);
  });

  it('holds it for that run only, and not once it has the task again', async () => {
    await world.does(world.ben, 'assign_task', { task, assignee: 'pilot' });
    const later = (await world.commits()).length;
    await calls(world.scribe, 'start_task', { task }, later);
    await world.does(world.ben, 'assign_task', { task, assignee: 'scribe' });
    await calls(world.scribe, 'complete_task', { task });
  });

  it('leaves an agent alone that gave the task on itself', async () => {
    await calls(world.scribe, 'assign_task', { task, assignee: 'pilot' });
    await calls(world.scribe, 'update_task', { task, text: 'For Pilot: the prices are in the list.' });
  });
});
