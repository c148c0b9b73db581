// A person of the organisation and the accounts that are theirs.
import { type Meta, type Own, ref, type ViewDoc } from '../../log/view.ts';

/** `slack:<team>:<user>` or `mail:<address>`. */
export type Account = string;

export interface PersonDoc extends ViewDoc {
  name: string;
  handle: string;
  alias?: string;
  email?: string;
  /** An IANA name, as Slack gives it. */
  timeZone?: string;
  role: 'owner' | 'member' | 'guest';
  state: 'in' | 'out';
  /** Of another organisation, met in a channel that it shares with ours: a guest at most, whose words come from outside. */
  foreign?: true;
  accounts: Account[];
  /** When they were first seen, in milliseconds since 1970. */
  since: number;
  /** What they can be found by: handle, full name and first name, in lower case. */
  names: string[];
  /** Those of the names that they took since they were first seen: who was called so before has the better claim. */
  taken?: string[];
}

export const PEOPLE = ref<PersonDoc>('people');

export interface PersonFacts {
  name: string;
  handle: string;
  /** Another name they go by: Slack's display name. */
  alias?: string;
  email?: string;
  timeZone?: string;
  role: PersonDoc['role'];
  state: PersonDoc['state'];
  foreign?: true;
}

export type PersonChange = { v: 1; on: 'people'; id: string } & (
  | { type: 'person_registered'; facts: PersonFacts; accounts: Account[] }
  | { type: 'person_updated'; facts: PersonFacts; accounts: Account[] }
);

/** Every lower-case name somebody may be called by. */
export function namesOf(name: string, handle: string, alias = ''): string[] {
  const lower = name.toLowerCase();
  const first = lower.split(/\s+/)[0] ?? '';
  return [...new Set([handle.toLowerCase(), lower, first, alias.toLowerCase()])].filter(Boolean);
}

/** Each change says all of a person: what an account no longer has, the person no longer has. */
export function evolvePerson(doc: PersonDoc | undefined, change: PersonChange, meta: Meta): Own<PersonDoc> | undefined {
  const { facts, accounts } = change;
  const names = namesOf(facts.name, facts.handle, facts.alias);
  const taken = doc ? names.filter((name) => !doc.names.includes(name) || doc.taken?.includes(name)) : [];
  return { ...facts, accounts, since: doc?.since ?? meta.at, names, ...(taken.length ? { taken } : {}) };
}
