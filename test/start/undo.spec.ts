// Undoing: in reverse, whatever fails on the way.
import { expect } from 'chai';
import { makeUndo } from '../../src/start/undo.ts';
import { heardBy } from '../logs.ts';
import { refusal } from '../pods/build.ts';

describe('undoing what was started', () => {
  let done: string[];
  let said: string[];
  const undoing = (...failing: string[]) => {
    [done, said] = [[], []];
    const undo = makeUndo(heardBy((phrase, fields) => said.push(`${phrase}: ${fields?.reason}`)));
    for (const step of ['store', 'slack', 'inbox'])
      undo.add(async () => {
        done.push(step);
        if (failing.includes(step)) throw new Error(`The ${step} hangs.`);
      });
    return undo;
  };

  it('goes in reverse, once', async () => {
    const undo = undoing();
    await undo.run();
    await undo.run();
    expect(done).to.deep.equal(['inbox', 'slack', 'store']);
  });

  it('gives every step its turn, and then says what failed', async () => {
    expect((await refusal(undoing('inbox').run())).message).to.equal('The inbox hangs.');
    expect(done).to.deep.equal(['inbox', 'slack', 'store']);
    const both = await refusal(undoing('inbox', 'store').run());
    expect(both).to.be.instanceOf(AggregateError).with.property('message', 'The inbox hangs. The store hangs.');
  });

  it('keeps why the start failed, whatever fails after that', async () => {
    const why = new Error('The port is taken.');
    expect(await refusal(undoing('slack').afterFailure(why))).to.equal(why);
    expect({ done, said }).to.deep.equal({
      done: ['inbox', 'slack', 'store'],
      said: ['not all was stopped: The slack hangs.'],
    });
  });
});
