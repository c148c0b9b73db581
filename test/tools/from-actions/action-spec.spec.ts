// Actions as a model sees them.
import { expect } from 'chai';
import { ACTIONS } from '../../../src/pods/actions.ts';
import { takesPod } from '../../../src/pods/pod/pod-named.ts';
import { toolsFor } from '../../../src/tools/from-actions/action-spec.ts';

describe('the tools of an agent', () => {
  const all = [...ACTIONS.keys()];
  const channel = { direct: false, others: false };
  type Schema = { type: string; properties: object; $schema?: string };

  it('are the actions its manifest names, none that only Skein uses, none there are not', () => {
    const names = toolsFor(ACTIONS, ['list_tasks', 'record_sent', 'mcp:crm', 'nonsense', 'use_tool'], channel);
    expect(names.map(({ name }) => name)).to.deep.equal(['list_tasks']);
  });

  it('have use_tool last, where there is something to reach by it', () => {
    const names = toolsFor(ACTIONS, ['list_tasks', 'use_tool'], { direct: false, others: true });
    expect(names.map(({ name }) => name)).to.deep.equal(['list_tasks', 'use_tool']);
  });

  it('each have an object as input, in the plain dialect of the API', () => {
    for (const { name, input_schema, description } of toolsFor(ACTIONS, all, { direct: true, others: true })) {
      expect((input_schema as Schema).type, name).to.equal('object');
      expect(input_schema, name).not.to.have.property('$schema');
      expect(description, name).not.to.equal('');
    }
  });

  it('take a pod only in a DM, where they are about a pod and not about the run itself', () => {
    expect(
      toolsFor(ACTIONS, all, channel).filter(({ input_schema }) => 'pod' in (input_schema as Schema).properties),
    ).to.deep.equal([]);
    const open = toolsFor(ACTIONS, all, { direct: true, others: false })
      .filter(({ input_schema }) => 'pod' in (input_schema as Schema).properties)
      .map(({ name }) => name);
    // list_pods is about no pod: it takes none. A question belongs to the run that asks it.
    const ofRun = ['ask', 'withdraw_question', 'wait_for', 'checkpoint'];
    const about = [...ACTIONS.values()].filter((one) => !one.internal && takesPod(one) && !ofRun.includes(one.name));
    expect(open).to.deep.equal(about.map(({ name }) => name));
    expect(open).to.include.members(['list_tasks', 'create_task', 'put_file', 'start_conversation']);
  });
});
