// A person of the organisation, with their accounts.
import { type Meta, type Own, ref, type ViewDoc } from '../../log/view.ts';

/** `slack:<team>:<user>` or `mail:<address>`. */
export type Account = string;

export interface PersonDoc extends ViewDoc {
  name: string;
  handle: string;
  alias?: string;
  email?: string;
  /** The job of the person, in their own words, from their Slack profile. Absent for people of other organisations. */
  title?: string;
  /** The IANA name of the zone that Slack reports. */
  timeZone?: string;
  role: 'owner' | 'member' | 'guest';
  state: 'in' | 'out';
  /**
   * Set if the person belongs to another organisation and shares a channel with ours. Such a person is a guest at most,
   * and their texts are from outside.
   */
  foreign?: true;
  accounts: Account[];
  /** When Skein first learned of the person, in milliseconds since 1970. */
  since: number;
  /** The person's handle, full name, first name and display name, in lower case. */
  names: string[];
  /** The names that the person took later. Others who had such a name before have the better claim to it. */
  taken?: string[];
}

export const PEOPLE = ref<PersonDoc>('people');

export interface PersonFacts {
  name: string;
  handle: string;
  /** Slack's display name. */
  alias?: string;
  email?: string;
  title?: string;
  timeZone?: string;
  role: PersonDoc['role'];
  state: PersonDoc['state'];
  foreign?: true;
}

export type PersonChange = { v: 1; on: 'people'; id: string } & (
  | { type: 'person_registered'; facts: PersonFacts; accounts: Account[] }
  | { type: 'person_updated'; facts: PersonFacts; accounts: Account[] }
);

/** Returns every name of a person, in lower case. */
export function namesOf(name: string, handle: string, alias = ''): string[] {
  const lower = name.toLowerCase();
  const first = lower.split(/\s+/)[0] ?? '';
  return [...new Set([handle.toLowerCase(), lower, first, alias.toLowerCase()])].filter(Boolean);
}

/**
 * Returns the person after a change. A change contains the whole person, so a field that the account no longer has is
 * removed.
 */
export function evolvePerson(doc: PersonDoc | undefined, change: PersonChange, meta: Meta): Own<PersonDoc> | undefined {
  const { facts, accounts } = change;
  const names = namesOf(facts.name, facts.handle, facts.alias);
  const taken = doc ? names.filter((name) => !doc.names.includes(name) || doc.taken?.includes(name)) : [];
  return { ...facts, accounts, since: doc?.since ?? meta.at, names, ...(taken.length ? { taken } : {}) };
}
