import { expect } from 'chai';
import { said } from '../../src/log/body.ts';
import { isOutside, isQuoted, outside, outsideIn, versioned } from '../../src/log/labels/label.ts';
import { seen } from '../../src/log/labels/seen.ts';
import { makeReader } from '../../src/log/read.ts';
import { TASKS } from '../../src/pods/tasks/task.ts';
import { aWorld } from '../pods/build.ts';

const mail = outside({ kind: 'mail', by: 'person:ada' });
const agent = outside({ kind: 'agent', agent: 'agent:scribe' });

describe('a label', () => {
  it('ties whoever takes the text in, and has it quoted, but for a colleague’s words', () => {
    expect([mail, agent, undefined].map(isOutside)).to.deep.equal([true, true, false]);
    expect([mail, agent, undefined].map(isQuoted)).to.deep.equal([true, false, false]);
    expect(outsideIn({ labels: { body: agent } })).to.equal(agent);
    expect(outsideIn({})).to.equal(undefined);
  });

  it('makes a change one that 0.1.0 does not take for its own', () => {
    expect(versioned({ body: undefined })).to.deep.equal({ v: 1 });
    expect(versioned({ body: mail, brought: undefined })).to.deep.equal({ v: 2, labels: { body: mail } });
  });

  it('of what a tied agent writes stands with each body, in the commit, and in the document', async () => {
    const { scribe, acts, doc, store } = await aWorld();
    const { result, commit } = await acts(scribe, 'create_task', { title: 'One', text: 'Two' }, { label: agent });
    expect(commit).to.deep.include({ v: 2, label: agent });
    const task = await doc(TASKS, result.task.id);
    expect(task?.labels).to.deep.equal({ titleRef: agent, body: agent });
    const bodies = await store.bodies.get([task?.titleRef ?? '', task?.body ?? '']);
    expect([...bodies.values()]).to.deep.equal([
      { text: 'One', label: agent },
      { text: 'Two', label: agent },
    ]);
  });

  it('comes back with each text of a result, from the place or from the body', async () => {
    const { store } = await aWorld();
    await store.bodies.put([
      { id: 'b_1', pod: 'p', text: 'Pay.', label: mail },
      { id: 'b_2', pod: 'p', text: 'Old.' },
    ]);
    const value = { all: [said('b_1'), said('b_2', agent), said('b_3')], n: 1 };
    expect(await seen(makeReader(store), value)).to.deep.equal({
      result: { all: ['Pay.', 'Old.', '(erased)'], n: 1 },
      labels: [
        { at: ['all', 0], label: mail },
        { at: ['all', 1], label: agent },
      ],
    });
  });
});
