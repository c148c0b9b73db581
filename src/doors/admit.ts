// The command `admit ADDRESS`: lets somebody whom nobody knows yet into the pod, by their mail address.
import type { PersonId } from '../log/participant.ts';
import { nameOf } from '../pods/people/names.ts';
import { PEOPLE, type PersonDoc } from '../pods/people/person.ts';
import { type EnterDeps, type Entry, enter } from './enter.ts';

/** Invites the person unless they are known, and adds them to the pod. Both are acts of whoever says it. */
export async function admit(
  deps: EnterDeps,
  pod: { id: string },
  { address, name }: { address: string; name?: string },
  entry: Pick<Entry, 'as' | 'via'> & { key: string },
): Promise<{ name: string }> {
  const who = (await knownBy(deps, address))?.id ?? (await invited(deps, { email: address, name }, entry));
  const asked = { ...entry, pod, action: 'add_member', input: { who } };
  return (await enter<{ member: { name: string } }>(deps, asked)).result.member;
}

async function invited(
  deps: EnterDeps,
  { email, name = nameFrom(email) }: { email: string; name: string | undefined },
  entry: Pick<Entry, 'as' | 'via'> & { key: string },
): Promise<PersonId> {
  const asked = { ...entry, key: `${entry.key}:invite`, action: 'invite_person', input: { email, name } };
  return (await enter<{ person: { id: PersonId } }>(deps, asked)).result.person.id;
}

async function knownBy({ read }: EnterDeps, address: string): Promise<PersonDoc | undefined> {
  const people = await read.find(PEOPLE, { where: { accounts: `mail:${address}` }, limit: 2 });
  return people.find(({ state }) => state === 'in');
}

/** Returns a name made of an address, as “Maja Holm” of `maja.holm@…`. */
function nameFrom(address: string): string {
  const words = address
    .slice(0, address.lastIndexOf('@'))
    .split(/[._+-]+/)
    .filter(Boolean);
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
  return nameOf(200).safeParse(name).data ?? address;
}
