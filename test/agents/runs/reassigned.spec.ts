// A task is given to another agent while one works on it: that one changes it no more, says how far it came, and the other
// begins once.
import { expect } from 'chai';
import type { AgentId } from '../../../src/log/participant.ts';
import type { Delivery } from '../../../src/pods/deliveries.ts';
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
});
