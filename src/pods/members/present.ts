// Tells who of these people is in a pod.
import type { Reader } from '../../log/action.ts';
import type { PersonId } from '../../log/participant.ts';
import { MEMBERS, memberId } from './member.ts';

/** Somebody who has left the pod is asked nothing, and holds nothing. */
export async function present(read: Reader, pod: string, who: readonly PersonId[]): Promise<PersonId[]> {
  const members = await Promise.all(who.map((one) => read.get(MEMBERS, memberId(pod, one))));
  return who.filter((_, n) => members[n]?.state === 'in');
}
