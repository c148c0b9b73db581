// Checks whether an item is still open for the person who is to be told of it.
import type { Reader } from '../../log/action.ts';
import type { PersonId } from '../../log/participant.ts';
import { MEMBERS, memberId } from '../members/member.ts';
import type { NeedDoc } from '../needs/need.ts';
import { PODS } from '../pod/pod.ts';

/**
 * Returns the item if it is open, its pod is not archived and the person is still a member; for an item of the owners,
 * the person must own the pod. Otherwise undefined. `absent`: the person whose deputy is told; then the deputy need not
 * be an owner.
 */
export async function stillOpen(
  read: Reader,
  item: NeedDoc | undefined,
  person: string,
  absent?: PersonId,
): Promise<NeedDoc | undefined> {
  if (item?.state !== 'open') return undefined;
  const [pod, member] = await Promise.all([
    read.get(PODS, item.pod),
    read.get(MEMBERS, memberId(item.pod, person as PersonId)),
  ]);
  const theirs = item.who !== 'owners' || absent !== undefined || member?.role === 'owner';
  return pod && pod.state !== 'archived' && member?.state === 'in' && theirs ? item : undefined;
}
