import { expect } from 'chai';
import { allQuiet } from '../../src/lanes/all-quiet.ts';

describe('everything is quiet', () => {
  /** A worker that is idle in these looks. The last one counts for all after it. */
  const idle = (...looks: boolean[]) => {
    let looked = 0;
    return {
      quiet: async () => looks[Math.min(looked++, looks.length - 1)] ?? true,
      looks: () => looked,
    };
  };

  it('once all workers are idle in one look', async () => {
    const [one, other] = [idle(true, false, true), idle(false, true, true)];
    await allQuiet([one, other]);
    expect([one.looks(), other.looks()]).to.deep.equal([3, 3]);
  });

  it('not while an event is on its way', async () => {
    const onTheWay = [undefined, undefined, 1, 1];
    const worker = idle(true);
    await allQuiet([worker], () => (onTheWay.length > 1 ? onTheWay.shift() : onTheWay[0]));
    expect(onTheWay).to.have.length(1);
    expect(worker.looks()).to.equal(1);
  });

  it('not where an event arrived during the look, because the look may not have seen its work', async () => {
    let arrived = 1;
    const worker = {
      looks: 0,
      async quiet() {
        worker.looks += 1;
        if (worker.looks === 1) arrived += 1;
        return true;
      },
    };
    await allQuiet([worker], () => arrived);
    expect(worker.looks).to.equal(2);
  });
});
