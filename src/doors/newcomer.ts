// Somebody may be added to a pod by a mail address that nobody is known by: then they are invited first (invite_person).
import type { Act, ActRequest } from '../log/act.ts';
import type { Reader } from '../log/action.ts';
import type { PersonId } from '../log/participant.ts';
import { NotYetKnown } from '../pods/members/add-member.ts';
import { ORG } from '../pods/members/rights.ts';
import { addressIn, personByAddress } from '../pods/people/by-address.ts';
import { nameOf } from '../pods/people/names.ts';

/**
 * Performs add_member with the id of the person whose address the input holds; any other input unchanged. Inviting them is an act
 * of the caller, which follows only once add_member lacks nothing but the person: whoever may add nobody here invites nobody.
 */
export async function withNewcomer<R>(
  { act, read }: { act: Act; read: Reader },
  input: unknown,
  caller: Pick<ActRequest, 'actor' | 'via' | 'key' | 'onBehalfOf'>,
  perform: (input: unknown) => Promise<R>,
): Promise<R> {
  const { who } = (input ?? {}) as { who?: unknown };
  const wanted = typeof who === 'string' ? addressIn(who) : undefined;
  if (!wanted) return perform(input);
  const { address: email, name = nameFrom(email) } = wanted;
  const as = (id: string) => perform({ ...(input as object), who: id });
  const known = await personByAddress(read, email);
  if (known) return as(known.id);
  try {
    return await perform(input);
  } catch (error) {
    if (!(error instanceof NotYetKnown)) throw error;
  }
  const asked = { ...caller, pod: ORG, action: 'invite_person', input: { email, name }, key: `${caller.key}:invite` };
  const { result } = await act<{ person: { id: PersonId } }>(asked);
  return as(result.person.id);
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
