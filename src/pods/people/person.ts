// A person of the organisation, with their accounts.
import { type Meta, type Own, ref, type ViewDoc } from '../../log/view.ts';

/** `slack:<team>:<user>` or `mail:<address>`. */
export type Account = string;

export interface PersonDoc extends ViewDoc {
  name: string;
  handle: string;
  alias?: string;
  email?: string;
  /** The IANA name that Slack reports. */
  timeZone?: string;
  role: 'owner' | 'member' | 'guest';
  state: 'in' | 'out';
  /** Belongs to another organisation and shares a channel with ours. A guest at most, whose texts are from outside. */
  foreign?: true;
  accounts: Account[];
  /** When Skein first saw them, in milliseconds since 1970. */
  since: number;
  /** Handle, full name and first name, in lower case. */
  names: string[];
  /** Names that they took later. Somebody who had one of them before has the better claim. */
  taken?: string[];
}

export const PEOPLE = ref<PersonDoc>('people');

export interface PersonFacts {
  name: string;
  handle: string;
  /** Slack's display name. */
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

/** Every name of a person, in lower case. */
export function namesOf(name: string, handle: string, alias = ''): string[] {
  const lower = name.toLowerCase();
  const first = lower.split(/\s+/)[0] ?? '';
  return [...new Set([handle.toLowerCase(), lower, first, alias.toLowerCase()])].filter(Boolean);
}

/** A change contains the whole person: a field that the account no longer has is removed. */
export function evolvePerson(doc: PersonDoc | undefined, change: PersonChange, meta: Meta): Own<PersonDoc> | undefined {
  const { facts, accounts } = change;
  const names = namesOf(facts.name, facts.handle, facts.alias);
  const taken = doc ? names.filter((name) => !doc.names.includes(name) || doc.taken?.includes(name)) : [];
  return { ...facts, accounts, since: doc?.since ?? meta.at, names, ...(taken.length ? { taken } : {}) };
}
