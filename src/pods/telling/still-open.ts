// Checks whether an item is still open for the person who is to be told of it.
import type { Reader } from '../../log/action.ts';
import type { PersonId } from '../../log/participant.ts';
import { MEMBERS, memberId } from '../members/member.ts';
import { isToTell, type NeedDoc } from '../needs/need.ts';
import { PODS } from '../pod/pod.ts';
import { standsInFor } from '../preferences/deputy.ts';

/**
 * Returns the item if it is open, its pod is not archived and the person is still a member; for an item of the owners,
 * the person must own the pod. Otherwise undefined. `standIn`: the person is told as the deputy of `for`. Then they need
 * not be an owner, but they must be the deputy at this time.
 */
export async function stillOpen(
  read: Reader,
  item: NeedDoc | undefined,
  person: string,
  standIn?: { for: PersonId; at: number },
): Promise<NeedDoc | undefined> {
  if (!isToTell(item)) return undefined;
  const [pod, member] = await Promise.all([
    read.get(PODS, item.pod),
    read.get(MEMBERS, memberId(item.pod, person as PersonId)),
  ]);
  const theirs = standIn
    ? await standsInFor(read, standIn.for, person, standIn.at)
    : item.who !== 'owners' || member?.role === 'owner';
  return pod && pod.state !== 'archived' && member?.state === 'in' && theirs ? item : undefined;
}
