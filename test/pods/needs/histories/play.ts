// Runs histories one after another until one fails, and counts what happened in them.

import { commitsOf } from '../../../protocol/stage.ts';
import { faultsAt } from './checks/calm.ts';
import { faultsOf } from './checks/check.ts';
import { beginning, runHistory } from './history.ts';
import type { Variant } from './variants.ts';

export interface Played {
  counts: {
    histories: number;
    commits: number;
    acts: number;
    refused: number;
    cuts: number;
    notices: number;
    mentions: number;
  };
  wrong?: { seed: number; faults: string[] };
}

export async function play(variant: Variant, first: number, count: number): Promise<Played> {
  const begun = await beginning();
  const counts = { histories: 0, commits: 0, acts: 0, refused: 0, cuts: 0, notices: 0, mentions: 0 };
  for (let seed = first; seed < first + count; seed++) {
    const history = await runHistory(seed, variant, begun, faultsAt);
    const { data, cast, outside } = history;
    const faults = faultsOf(history);
    counts.histories += 1;
    counts.commits += commitsOf(data, cast.pod).length;
    counts.acts += history.counts.acts;
    counts.refused += history.counts.refused;
    counts.cuts += history.counts.cuts;
    counts.notices += outside.arrived.filter(({ to }) => to !== 'C1').length;
    counts.mentions += outside.arrived.filter(({ to, text }) => to === 'C1' && text.includes('<@U0')).length;
    if (faults.length) return { counts, wrong: { seed, faults } };
  }
  return { counts };
}

/** Runs a history again and returns its steps. */
export async function scheduleOf(variant: Variant, seed: number): Promise<string[]> {
  const trace: string[] = [];
  await runHistory(seed, variant, await beginning(), faultsAt, trace);
  return trace;
}
