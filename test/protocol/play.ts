// Runs histories one after another until one fails, and counts what happened in them.
import { faultsOf } from './check.ts';
import { runHistory } from './history.ts';
import { beginning, commitsOf, type Variant } from './stage.ts';
import { NEW_POD, OPEN_POD } from './wishes.ts';

export interface Played {
  histories: number;
  commits: number;
  /** Processes killed and replies lost. */
  cuts: number;
  /** Answers with the first result of a known key. */
  repeated: number;
  refused: number;
  wrong?: { seed: number; faults: string[] };
}

export async function play(variant: Variant, first: number, count: number): Promise<Played> {
  const begun = await beginning(variant);
  const played: Played = { histories: 0, commits: 0, cuts: 0, repeated: 0, refused: 0 };
  for (let seed = first; seed < first + count; seed++) {
    const history = await runHistory(seed, variant, begun);
    const faults = await faultsOf(history, variant);
    played.histories += 1;
    played.cuts += history.cuts;
    for (const pod of [OPEN_POD, NEW_POD]) played.commits += commitsOf(history.data, pod).length;
    for (const { said } of history.answers) {
      if (said.kind === 'refused') played.refused += 1;
      else if (said.outcome.repeated) played.repeated += 1;
    }
    if (faults.length) return { ...played, wrong: { seed, faults } };
  }
  return played;
}

/** Runs a history again and returns its steps. */
export async function scheduleOf(variant: Variant, seed: number): Promise<string[]> {
  const trace: string[] = [];
  await runHistory(seed, variant, await beginning(variant), trace);
  return trace;
}
