// Checks that an agent's name is unique: no person and not Skein has it, in any spelling.

import type { Reader } from '../../log/action.ts';
import { ORG } from '../members/rights.ts';
import { looksOf } from '../people/name-claims.ts';
import { PEOPLE } from '../people/person.ts';

/** Names the present bearer of a name, in words for a refusal. Undefined if the name is free. */
export async function bearerOf(read: Pick<Reader, 'find'>, name: string): Promise<string | undefined> {
  const looks = looksOf(name);
  if (looks === 'skein') return 'Skein itself';
  const people = await read.find(PEOPLE, { where: { pod: ORG } });
  const bearer = people.find((person) => person.state === 'in' && person.names.some((one) => looksOf(one) === looks));
  return bearer?.name;
}

/** Says why an agent of a manifest can't have its handle or name, and what to do. Undefined if it can have both. */
export async function nameFault(read: Pick<Reader, 'find'>, handle: string, name: string): Promise<string | undefined> {
  const namesake = await bearerOf(read, handle);
  if (namesake) return `${namesake} goes by @${handle}. Give the agent another \`handle\`, and the file the same name.`;
  const bearer = await bearerOf(read, name);
  return bearer ? `“${name}” is the name of ${bearer}. Give the agent another \`name\`.` : undefined;
}
