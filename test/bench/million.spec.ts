// A small share of the bench of a million: what it fills a store with is whole, and acts and looks at the clock go on in it.
import { expect } from 'chai';
import { placeOf, sizeOf } from '../../bench/million.ts';
import { say } from '../../bench/stage.ts';
import { DUE } from '../../src/due/list.ts';
import { QUESTIONS } from '../../src/pods/questions/question.ts';
import { RUNS } from '../../src/pods/runs/run.ts';

describe('the bench of a million', () => {
  it('fills a store with commits, sessions and parked runs that wait for a time', async () => {
    const size = sizeOf(0.0004);
    const { stage, benchPod } = await placeOf(size);
    try {
      const { core, ada } = stage;
      const { pod } = benchPod;
      expect(size).to.deep.equal({ commits: 400, sessions: 40, parked: 400 });
      const before = await core.read.head(pod);
      expect(before).to.be.at.least(size.commits);
      expect((await core.store.collection('sessions').find({ where: { pod } as never })).length).to.equal(41);
      expect(await core.read.count(RUNS, { pod, state: 'waiting' }, 1000)).to.equal(size.parked);
      expect(await core.read.count(QUESTIONS, { dueAt: { gt: core.clock() } }, 1000)).to.be.at.least(size.parked);
      await say(stage, benchPod, 'The small ones.', 9_000_001, 1);
      expect(await core.read.head(pod)).to.equal(before + 1);
      const looks = await Promise.all(DUE.map((kind) => kind.look(core.read, core.clock())));
      expect(looks.flatMap(({ due }) => due).filter(({ action }) => action === 'question_due')).to.deep.equal([]);
      const found = await core.act<{ found: unknown[] }>({
        ...{ pod, actor: ada, via: 'cli', action: 'search_pod', input: { query: 'box' }, key: 'search' },
      });
      expect(found.result.found).to.have.length(10);
    } finally {
      await stage.stop();
    }
  });
});
