// A task repeated at an interval: never twice at once, never after a stop.
import { expect } from 'chai';
import { repeat } from '../../src/lanes/repeat.ts';
import { makeUndo } from '../../src/start/undo.ts';
import { heardBy, silent } from '../logs.ts';
import { gate, until } from './build.ts';

describe('what is repeated', () => {
  it('begins no second round while one is under way, and is waited for before what it needs is closed', async () => {
    const { opened, open } = gate();
    let [begun, atOnce, ended] = [0, 0, 0];
    const work = async () => {
      begun++;
      expect(++atOnce).to.equal(1);
      await opened;
      atOnce--;
      ended++;
    };
    const undo = makeUndo(silent);
    let endedAtClose = -1;
    undo.add(() => {
      endedAtClose = ended;
    });
    undo.add(repeat(work, { everyMs: 1, name: 'sweep', logger: silent }).stop);
    await until(() => begun === 1);
    for (let n = 0; n < 5; n++) await new Promise((resolve) => setTimeout(resolve, 1));
    const stopped = undo.run();
    open();
    await stopped;
    expect({ begun, endedAtClose }).to.deep.equal({ begun: 1, endedAtClose: 1 });
  });

  it('goes on after a round that failed, and says so', async () => {
    const said: unknown[] = [];
    const logger = heardBy((phrase, fields) => said.push([phrase, fields?.reason]));
    const sweeping = repeat(() => Promise.reject(new Error('no disk')), { everyMs: 1, name: 'sweep', logger });
    await until(() => said.length > 1);
    await sweeping.stop();
    expect(said[0]).to.deep.equal(['sweep failed', 'no disk']);
  });
});
