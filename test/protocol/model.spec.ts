// The act protocol under every kind of interleaving, kill and lost reply that a seed can think of, and the proof that this notices faults.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { programAt } from '../program.ts';
import { type Played, play, scheduleOf } from './play.ts';
import { firstSeed } from './random.ts';
import type { Variant } from './stage.ts';
import { BROKEN, PRODUCTS, type StoreKind } from './variants.ts';

/** Each run draws others, so a share of them is enough before a push; .ci/run plays 20,000. */
const HISTORIES = Number(process.env.SKEIN_HISTORIES ?? 1_500);

/** In as many processes as there are processors: the histories have nothing to do with each other. */
async function playAll(store: StoreKind, first: number, count: number): Promise<Played[]> {
  const shares = Math.min(4, availableParallelism(), count);
  const each = Math.ceil(count / shares);
  const program = await programAt(join(import.meta.dirname, 'play-child.ts'));
  const children = Array.from({ length: shares }, (_, n) => {
    const given = [store, first + n * each, Math.min(each, count - n * each)].map(String);
    return fork(program, given, { execArgv: [] });
  });
  try {
    return await Promise.all(children.map(playedBy));
  } finally {
    for (const child of children) child.kill('SIGKILL');
  }
}

async function playedBy(child: ChildProcess): Promise<Played> {
  const exit = once(child, 'exit');
  const [played] = await Promise.race([once(child, 'message'), exit.then(([code]) => [`It ended with ${code}.`])]);
  if (typeof played === 'string') throw new Error(played);
  await exit;
  return played as Played;
}

async function told(variant: Variant, { seed, faults }: { seed: number; faults: string[] }): Promise<string> {
  const schedule = await scheduleOf(variant, seed);
  return [`SKEIN_SEED=${seed} SKEIN_HISTORIES=1 makes it again:`, ...faults, 'The schedule:', ...schedule].join('\n  ');
}

const sum = (all: readonly Played[], of: (played: Played) => number) => all.reduce((so, each) => so + of(each), 0);

/** Body ids are random, and no part of the schedule. */
const named = (schedule: readonly string[]) => schedule.map((line) => line.replace(/ b_\w+/, ' b'));

describe('the act protocol', () => {
  const seed = firstSeed();

  for (const [store, variant] of Object.entries(PRODUCTS) as [StoreKind, Variant][])
    it(`holds in ${HISTORIES} histories of three processes, ${store} (SKEIN_SEED=${seed})`, async function () {
      this.timeout(600_000);
      const all = await playAll(store, seed, HISTORIES);
      const wrong = all.find((played) => played.wrong)?.wrong;
      if (wrong) throw new Error(await told(variant, wrong));
      expect(sum(all, (played) => played.histories)).to.equal(HISTORIES);
      if (HISTORIES < 1000) return;
      for (const [what, least] of [
        ['commits', 3],
        ['cuts', 0.3],
        ['repeated', 0.3],
        ['refused', 0.3],
      ] as const)
        expect(
          sum(all, (played) => played[what]),
          what,
        ).to.be.above(least * HISTORIES);
    });

  it('makes the same history of the same seed', async () => {
    const first = named(await scheduleOf(PRODUCTS.stepwise, seed));
    expect(first.length).to.be.above(20);
    expect(named(await scheduleOf(PRODUCTS.stepwise, seed))).to.deep.equal(first);
    expect(named(await scheduleOf(PRODUCTS.stepwise, seed + 1))).not.to.deep.equal(first);
  });

  describe('would be noticed to be wrong if', () => {
    for (const [variant, within] of BROKEN)
      it(`${variant.name} (within ${within} histories)`, async () => {
        const { wrong, histories } = await play(variant, seed, within);
        expect(wrong?.faults, `none of ${histories}`).not.to.equal(undefined);
        if (process.env.SKEIN_TELL) console.log(`      after ${histories}: ${wrong?.faults[0]}`);
      });
  });
});
