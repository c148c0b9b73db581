// The documents that a session holds, read off its turns. Pure.
import type { Held, Shown } from '../../log/view.ts';
import type { SessionDoc, TurnDoc } from '../sessions/session.ts';

/** The most documents that a session holds. When it takes in more, it is told which ones it hears of no more. */
export const MOST_HELD = 200;

/** By `keyOf`. The document that the session saw longest ago comes first. */
export type Holdings = ReadonlyMap<string, Held>;

export function keyOf({ kind, id }: Pick<Held, 'kind' | 'id'>): string {
  return `${kind} ${id}`;
}

/** Returns the documents that the session holds after these turns of its present epoch. */
export function holdingsOf(
  { carried = [] }: Pick<SessionDoc, 'carried'>,
  turns: readonly Pick<TurnDoc, 'held'>[],
): Holdings {
  return withHeld(new Map(), [...carried, ...turns.flatMap(({ held = [] }) => held)]).holdings;
}

/**
 * Adds documents, or newer versions of them, and drops the oldest ones beyond `MOST_HELD`. A document whose `seq` is 0
 * is not held any more.
 */
export function withHeld(before: Holdings, held: readonly Held[]): { holdings: Holdings; dropped: Held[] } {
  if (!held.length) return { holdings: before, dropped: [] };
  const all = new Map(before);
  for (const one of held) {
    const key = keyOf(one);
    all.delete(key);
    if (one.seq > 0) all.set(key, one);
  }
  const dropped = [...all.values()].slice(0, Math.max(0, all.size - MOST_HELD));
  for (const one of dropped) all.delete(keyOf(one));
  return { holdings: all, dropped };
}

/**
 * Returns what a turn newly holds. A document that was shown in part only, or that the session wrote to, stays as it
 * was held before: others may have changed it in between, and the session is still to hear of that.
 */
export function gained(before: Holdings, { whole = [], part = [] }: Shown): Held[] {
  const shown = new Set(whole.map(keyOf));
  const other = part.filter((one) => !before.has(keyOf(one)) && !shown.has(keyOf(one)));
  return [...other.map((one): Held => ({ ...one, part: true })), ...whole];
}

export function joined(all: readonly Shown[]): Required<Shown> {
  return { whole: all.flatMap(({ whole = [] }) => whole), part: all.flatMap(({ part = [] }) => part) };
}
