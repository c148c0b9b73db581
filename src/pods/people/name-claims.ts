// Decides which person a name means if several use it: a member before a guest, then the one who had it first. Pure.
import { createHash } from 'node:crypto';
import type { PersonDoc } from './person.ts';

/** The claim of an agent to its handle. It is better than any person's claim. */
export const AGENTS_CLAIM = -1;

/**
 * Returns the claim of a person to a name; a lower number is better. From best to worst: a member, a guest, a person of
 * another organisation or one who has left. Within each group, people who took the name later come last, and a handle
 * comes before other names.
 */
export function claimOn(name: string, person: PersonDoc): number {
  const wanted = name.toLowerCase();
  const weaker = person.taken?.includes(wanted) ? 2 : 0;
  return tierOf(person) * 4 + weaker + (person.handle.toLowerCase() === wanted ? 0 : 1);
}

/** Returns those with the best claim. If there are several, the name means nobody in particular. */
export function strongest<T extends { claim: number }>(all: readonly T[]): T[] {
  const best = Math.min(...all.map(({ claim }) => claim));
  return all.filter(({ claim }) => claim === best);
}

function tierOf({ state, foreign, role }: PersonDoc): number {
  if (state === 'out') return 3;
  if (foreign) return 2;
  return role === 'guest' ? 1 : 0;
}

/**
 * True if nobody in this organisation vouches for the person's name (as for a guest), or if others had the name before.
 */
export function namesThemselves(person: PersonDoc): boolean {
  return tierOf(person) > 0 || (person.taken?.includes(person.name.toLowerCase()) ?? false);
}

/** Returns the stable label that agents use for a guest, because a guest could choose a name that misleads them. */
export function guestLabel(id: string): string {
  const digest = createHash('sha256').update(id).digest('hex').slice(0, 12);
  return `guest-${BigInt(`0x${digest}`).toString(36).slice(-4).padStart(4, '0')}`;
}

export const GUEST_LABEL = /^guest-[a-z0-9]{4}$/;

/** Cyrillic and Greek letters. Each stands above the Latin letter that it looks like. */
const THEIRS = [...'авекмнорстухіјѕԁԛԝαβεηικνορτυχγω'];
const OURS = [...'abekmhopctyxijsdqwabenikvoptuxyw'];
const LOOKS_LIKE: ReadonlyMap<string, string> = new Map(THEIRS.map((letter, n) => [letter, OURS[n] ?? letter]));

/**
 * Returns a form that is equal for names that look alike. It ignores case, accents, spaces, punctuation and invisible
 * characters.
 */
export function looksOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
  return [...plain].map((letter) => LOOKS_LIKE.get(letter) ?? letter).join('');
}
