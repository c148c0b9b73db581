// What is on the embedded store's disk after each answer of a model: a turn stands there with its charge and its count, or not at all.
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { dayOf, totalsIn } from '../../../src/agents/budget/totals.ts';
import type { Run } from '../../../src/agents/runs/load-run.ts';
import { count, runsIn } from '../../../src/agents/runs/record.ts';
import type { TurnDoc } from '../../../src/agents/sessions/session.ts';
import { SESSION_SPECS } from '../../../src/agents/specs.ts';
import type { RunDoc } from '../../../src/pods/runs/run.ts';
import { openEmbedded } from '../../../src/store/embedded/open.ts';
import type { Store } from '../../../src/store/port.ts';
import { USAGE } from '../office.ts';

const NOW = Date.UTC(2030, 0, 7, 12);
const TOKENS = USAGE.input + USAGE.output;

const aRun = (id: string): RunDoc => ({
  ...{ id, rev: 1, pod: 'p', seq: 3, conversation: 'c', agent: 'agent:scribe', root: `${id}:root`, at: NOW },
  ...{ state: 'working', turns: 0, tokens: 0, cached: 0, steps: [] },
});
const aTurn = (run: string, n: number): TurnDoc => ({
  ...{ id: `${run}:1:${n}`, rev: 1, session: run, epoch: 1, n, role: 'assistant', content: '[]', position: 1 },
  ...{ run, at: NOW, usage: USAGE },
});

describe('what an answer of the model costs', () => {
  let dir: string;
  let store: Store;
  let copies = 0;
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'skein-charged-'));
    mkdirSync(join(dir, 'live'));
    store = await openEmbedded({ dir: join(dir, 'live'), specs: SESSION_SPECS });
  });
  afterEach(async () => {
    await store.close();
    rmSync(dir, { recursive: true, force: true });
  });

  const deps = () => ({ store, actions: new Map(), clock: () => NOW });
  const runWith = (record: RunDoc, ...turns: TurnDoc[]) =>
    ({ record, wake: { id: record.id }, turns }) as unknown as Run;
  const saved = async (turn: TurnDoc) => {
    await store.collection<TurnDoc>('turns').insert([turn]);
    return turn;
  };

  /** The files as kill -9 would leave them now. */
  function killed(): string {
    const to = join(dir, `copy-${copies++}`);
    cpSync(join(dir, 'live'), to, { recursive: true });
    return to;
  }

  async function standsIn(copy: string) {
    const left = await openEmbedded({ dir: copy, specs: SESSION_SPECS });
    try {
      const runs = await runsIn(left).find({ where: { pod: 'p' }, sort: [['at', 'asc']] });
      const turns = await left.collection<TurnDoc>('turns').find({ where: { session: { in: ['a', 'b'] } } });
      const day = await totalsIn(left).get(`day:p:${dayOf(NOW)}`);
      return { turns: turns.length, counted: runs.map(({ tokens }) => tokens), day: day?.tokens ?? 0 };
    } finally {
      await left.close();
    }
  }

  it('is on disk, with the answer, before the run does anything with it', async () => {
    await runsIn(store).insert([aRun('a')]);
    const counted = await count(deps(), runWith(aRun('a'), await saved(aTurn('a', 2))));
    expect(counted.totals?.day.tokens).to.equal(TOKENS);
    expect(counted.record).to.include({ tokens: TOKENS, rev: 2 });
    expect(await standsIn(killed())).to.deep.equal({ turns: 1, counted: [TOKENS], day: TOKENS });
  });

  it('is charged to the day whenever it is counted, also where several runs are counted at the same time', async () => {
    await runsIn(store).insert([aRun('a'), aRun('b')]);
    const known = await Promise.all(
      ['a', 'b'].map(async (id) => count(deps(), runWith(aRun(id), await saved(aTurn(id, 2))))),
    );
    const turns = await Promise.all(['a', 'b'].map((id) => saved(aTurn(id, 4))));
    const counting = Promise.all(
      known.map((run, n) => count(deps(), { ...run, turns: [...run.turns, turns[n] as TurnDoc] })),
    );
    const left: string[] = [];
    for (let over = false; !over; ) {
      over = await Promise.race([counting.then(() => true), new Promise<false>((go) => setImmediate(() => go(false)))]);
      left.push(killed());
    }
    for (const copy of left) {
      const { counted, day } = await standsIn(copy);
      expect(day).to.equal(counted.reduce((sum, tokens) => sum + tokens, 0));
    }
    expect(await standsIn(killed())).to.deep.equal({ turns: 4, counted: [2 * TOKENS, 2 * TOKENS], day: 4 * TOKENS });
  });

  it('is charged once, however often it is counted, and where the run was pruned meanwhile', async () => {
    const run = runWith(aRun('a'), await saved(aTurn('a', 2)));
    await count(deps(), run);
    expect((await count(deps(), run)).totals?.day.tokens).to.equal(TOKENS);
    expect(await runsIn(store).get('a')).to.equal(undefined);
  });
});
