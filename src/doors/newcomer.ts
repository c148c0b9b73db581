// Somebody may be added to a pod by a mail address that nobody is known by: then they are invited first (invite_person).
import type { Act, ActRequest } from '../log/act.ts';
import type { Reader } from '../log/action.ts';
import type { PersonId } from '../log/participant.ts';
import { ORG } from '../pods/members/rights.ts';
import { addressIn, personByAddress } from '../pods/people/by-address.ts';
import { nameOf } from '../pods/people/names.ts';

/**
 * Returns the input of add_member with the id of the person whose address it holds; any other input unchanged. Inviting them is
 * an act of the caller.
 */
export async function withNewcomer(
  { act, read }: { act: Act; read: Reader },
  input: unknown,
  caller: Pick<ActRequest, 'actor' | 'via' | 'key' | 'onBehalfOf'>,
): Promise<unknown> {
  const { who } = (input ?? {}) as { who?: unknown };
  const wanted = typeof who === 'string' ? addressIn(who) : undefined;
  if (!wanted) return input;
  const { address: email, name = nameFrom(email) } = wanted;
  const known = await personByAddress(read, email);
  if (known) return { ...(input as object), who: known.id };
  const asked = { ...caller, pod: ORG, action: 'invite_person', input: { email, name }, key: `${caller.key}:invite` };
  const { result } = await act<{ person: { id: PersonId } }>(asked);
  return { ...(input as object), who: result.person.id };
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
