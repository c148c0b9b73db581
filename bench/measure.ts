// Measuring two sides of a comparison in the same run: they take turns, so that a busy moment of the machine hits both.

export interface Taken {
  cpuMs: number;
  wallMs: number;
}

/** CPU of this process (all its threads) and time on the clock. */
export async function taken(work: () => Promise<unknown>): Promise<Taken> {
  const cpu = process.cpuUsage();
  const begun = performance.now();
  await work();
  const wallMs = performance.now() - begun;
  const { user, system } = process.cpuUsage(cpu);
  return { cpuMs: (user + system) / 1000, wallMs };
}

export type Figures = Record<string, number>;

/** Runs the sides one after the other, `rounds` times over. What comes back holds each figure's values, a value per round. */
export async function inTurns<Name extends string>(
  rounds: number,
  sides: Record<Name, () => Promise<Figures>>,
): Promise<(side: Name, name: string) => number[]> {
  const found: { side: string; figures: Figures }[] = [];
  for (let round = 0; round < rounds; round++)
    for (const [side, run] of Object.entries<() => Promise<Figures>>(sides)) found.push({ side, figures: await run() });
  return (side, name) => found.filter((each) => each.side === side).map(({ figures }) => figures[name] ?? Number.NaN);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return sorted.length % 2 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** `12.3 (11.0-15.2)`: the median, and the least and the most. */
export function spread(values: readonly number[]): string {
  return `${figure(median(values))} (${figure(Math.min(...values))}-${figure(Math.max(...values))})`;
}

/** Each round's own ratio: what slowed one round down slowed both its sides. */
export function ratios(of: readonly number[], to: readonly number[]): number[] {
  return of.map((value, n) => value / (to[n] ?? Number.NaN));
}

function figure(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toFixed(digits);
}
