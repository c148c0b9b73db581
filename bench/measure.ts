// Measures two sides of a comparison alternately, so that load on the machine affects both.

export interface Taken {
  cpuMs: number;
  wallMs: number;
}

/** CPU time of this process (all threads) and elapsed time. */
export async function taken(work: () => Promise<unknown>): Promise<Taken> {
  const cpu = process.cpuUsage();
  const begun = performance.now();
  await work();
  const wallMs = performance.now() - begun;
  const { user, system } = process.cpuUsage(cpu);
  return { cpuMs: (user + system) / 1000, wallMs };
}

export type Figures = Record<string, number>;

/** Runs the sides so often that the programs are compiled before anything is measured. */
export async function warmUp(rounds: number, sides: Record<string, () => Promise<unknown>>): Promise<void> {
  for (let round = 0; round < rounds; round++) for (const side of Object.values(sides)) await side();
}

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

/** `12.3 (11.0-15.2)`: median, minimum, maximum. */
export function spread(values: readonly number[]): string {
  return `${figure(median(values))} (${figure(Math.min(...values))}-${figure(Math.max(...values))})`;
}

/** The ratio of each round: load slows down both sides of a round. */
export function ratios(of: readonly number[], to: readonly number[]): number[] {
  return of.map((value, n) => value / (to[n] ?? Number.NaN));
}

function figure(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toFixed(digits);
}
