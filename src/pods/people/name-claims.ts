// Whose a name is where several go by it: a member's before a guest's, theirs before who took it later. Pure.
import { createHash } from 'node:crypto';
import type { PersonDoc } from './person.ts';

/** An agent's handle is its own: no person's name takes it. */
export const AGENTS_CLAIM = -1;

/**
 * How good a claim is; the lowest counts. Somebody of another company, or who has left, takes no name from a guest, a guest
 * none from a member, and whoever renamed themselves none from who was called so before. A handle comes before other names.
 */
export function claimOn(name: string, person: PersonDoc): number {
  const wanted = name.toLowerCase();
  const weaker = person.taken?.includes(wanted) ? 2 : 0;
  return tierOf(person) * 4 + weaker + (person.handle.toLowerCase() === wanted ? 0 : 1);
}

/** Those with the best claim: of several none is meant in particular. */
export function strongest<T extends { claim: number }>(all: readonly T[]): T[] {
  const best = Math.min(...all.map(({ claim }) => claim));
  return all.filter(({ claim }) => claim === best);
}

function tierOf({ state, foreign, role }: PersonDoc): number {
  if (state === 'out') return 3;
  if (foreign) return 2;
  return role === 'guest' ? 1 : 0;
}

/** Chooses their name where nobody of this organisation answers for it, or took it after others had it. */
export function namesThemselves(person: PersonDoc): boolean {
  return tierOf(person) > 0 || (person.taken?.includes(person.name.toLowerCase()) ?? false);
}

/** What a guest is called where their own choice of a name must not speak: the same for as long as they are known. */
export function guestLabel(id: string): string {
  const digest = createHash('sha256').update(id).digest('hex').slice(0, 12);
  return `guest-${BigInt(`0x${digest}`).toString(36).slice(-4).padStart(4, '0')}`;
}

export const GUEST_LABEL = /^guest-[a-z0-9]{4}$/;

/** Letters of Cyrillic and Greek, each above the one of Latin that it looks like. */
const THEIRS = [...'авекмнорстухіјѕԁԛԝαβεηικνορτυχγω'];
const OURS = [...'abekmhopctyxijsdqwabenikvoptuxyw'];
const LOOKS_LIKE: ReadonlyMap<string, string> = new Map(THEIRS.map((letter, n) => [letter, OURS[n] ?? letter]));

/** Equal for names that look alike: without case, accents, spaces, signs and what can't be seen. */
export function looksOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
  return [...plain].map((letter) => LOOKS_LIKE.get(letter) ?? letter).join('');
}
