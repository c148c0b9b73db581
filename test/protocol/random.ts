// A seeded source of chance: the same seed makes the same history again.

export interface Random {
  /** From 0 up to, and never, 1. */
  next(): number;
  /** A whole number from 0 up to, and never, `below`. */
  below(below: number): number;
  chance(of: number): boolean;
  pick<T>(from: readonly [T, ...T[]]): T;
}

/** Mulberry32: 32 bits of state are plenty for a history, and one multiplication is cheap. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const below = (end: number) => Math.floor(next() * end);
  return { next, below, chance: (of) => next() < of, pick: (from) => from[below(from.length)] ?? from[0] };
}

/**
 * Returns SKEIN_SEED where it is given, so that a failure can be run again. Otherwise `usual`; without it, or with
 * SKEIN_SEED=random, a new one each time.
 */
export function firstSeed(usual?: number): number {
  const given = process.env.SKEIN_SEED || (usual ?? 'random');
  if (given === 'random') return Math.floor(Math.random() * 0x7fff_ffff);
  if (!/^\d{1,10}$/.test(String(given)))
    throw new Error(`SKEIN_SEED is “${given}”; it is a whole number of up to ten digits, or “random”.`);
  return Number(given);
}
