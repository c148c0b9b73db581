// The running totals over a real store: what is charged, by how many processes, and how often.
import { expect } from 'chai';
import { charge, dayOf, totalsIn } from '../../../src/agents/budget/totals.ts';
import { SESSION_SPECS } from '../../../src/agents/specs.ts';
import type { RunDoc } from '../../../src/pods/runs/run.ts';
import type { Store } from '../../../src/store/port.ts';
import { memoryStore } from '../../store/memory.ts';

const DAY_MS = 86_400_000;

describe('the running totals of tokens', () => {
  let store: Store;
  let now = 0;
  beforeEach(() => {
    store = memoryStore(SESSION_SPECS);
    now = Date.UTC(2030, 0, 7, 12);
  });
  const deps = () => ({ store, clock: () => now });
  const run = (root = 'root1', pod = 'pod1') => ({ root, pod });
  const turn = (n: number, tokens = 10) => ({ id: `turn${n}`, tokens });
  const sums = async (of = run()) => {
    const { root, day } = await charge(deps(), of, []);
    return [root.tokens, day.tokens];
  };

  it('are of the request and of the pod’s day', async () => {
    await charge(deps(), run(), [turn(1), turn(2)]);
    await charge(deps(), run('root2'), [turn(3)]);
    await charge(deps(), run('root1', 'pod2'), [turn(4)]);
    expect(await sums()).to.deep.equal([30, 30]);
    now += DAY_MS;
    await charge(deps(), run(), [turn(5)]);
    expect(await sums()).to.deep.equal([40, 10]);
  });

  it('count a turn once, whether or not the total is known already', async () => {
    const known = await charge(deps(), run(), [turn(1)]);
    for (const again of [known, undefined]) await charge(deps(), run(), [turn(1)], again);
    expect(await sums()).to.deep.equal([10, 10]);
  });

  it('lose nothing to runs that charge at the same time, each from what it knew before', async () => {
    const known = await charge(deps(), run(), []);
    await Promise.all(Array.from({ length: 20 }, (_, n) => charge(deps(), run(), [turn(n)], known)));
    expect(await sums()).to.deep.equal([200, 200]);
  });

  it('begin with what the runs of today have used, where no total was kept before', async () => {
    const before = { ...{ rev: 1, seq: 1, conversation: 'c', agent: 'agent:scribe', turns: 1, cached: 0, steps: [] } };
    const ended = (id: string, root: string, at: number): RunDoc =>
      ({ ...before, id, root, at, pod: 'pod1', state: 'ended', tokens: 100 }) as RunDoc;
    await store
      .collection<RunDoc>('runs')
      .insert([ended('1', 'root1', now), ended('2', 'root2', now), ended('3', 'root1', now - DAY_MS)]);
    expect(await sums()).to.deep.equal([200, 200]);
    await charge(deps(), run(), [turn(1)]);
    expect(await sums()).to.deep.equal([210, 210]);
    const day = await totalsIn(store).get(`day:pod1:${dayOf(now)}`);
    expect(day).to.include({ tokens: 210 });
  });

  it('remember few turns, however many are charged', async () => {
    for (let n = 0; n < 300; n++) await charge(deps(), run(), [turn(n, 1)]);
    const total = await totalsIn(store).get('root:root1');
    expect(total?.tokens).to.equal(300);
    expect(total?.charged).to.have.length(100);
  });
});
