// Finds the participants whose names people write.

import { InvalidInput, NotAllowed } from '../errors.ts';
import type { Reader } from '../log/action.ts';
import { isAgent, isPerson, type Named, type PersonId } from '../log/participant.ts';
import { anyoneNamed } from '../pods/people/directory.ts';
import { PEOPLE } from '../pods/people/person.ts';

/**
 * Returns the participant with this name. @throws NotFound if nobody has it, InvalidInput if several have it,
 * NotAllowed for a person who left
 */
export async function actorNamed(read: Reader, text: string): Promise<Named> {
  const actor = await anyoneNamed(read, text);
  const person = isPerson(actor.id) ? await read.get(PEOPLE, actor.id) : undefined;
  if (person?.state === 'out')
    throw new NotAllowed(`${actor.name} has left this organisation and can do nothing in it. Act as somebody else.`);
  return actor;
}

/** Returns the person for whom an agent acts. */
export async function personNamed(read: Reader, actor: Pick<Named, 'id' | 'name'>, text: string): Promise<PersonId> {
  if (!isAgent(actor.id)) throw new InvalidInput(`Only agents act for somebody, and ${actor.name} is a person.`);
  const person = await actorNamed(read, text);
  if (isPerson(person.id)) return person.id;
  throw new InvalidInput(`Agents act for people, and ${person.name} is an agent.`);
}
