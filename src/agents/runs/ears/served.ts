// For whom a run acts: everybody whose wish it serves. An owner who has decided about the wish of somebody who left stands for it.
import type { Reader } from '../../../log/action.ts';
import type { PersonId } from '../../../log/participant.ts';
import type { Instruction } from '../../../pods/conversations/words/instructions.ts';
import { present } from '../../../pods/members/present.ts';
import type { Run } from '../load-run.ts';
import { heardIn } from '../write.ts';

/** Returns them with the newest last. Reads who is still there only where an owner has decided something. */
export async function served(
  read: Reader,
  { session, turns, conversation }: Pick<Run, 'session' | 'turns' | 'conversation'>,
): Promise<PersonId[]> {
  const heard = heardIn(session, turns);
  const wishes = conversation?.atWork?.find(({ agent }) => agent === session.agent)?.instructions ?? [];
  if (!wishes.some(({ decidedBy }) => decidedBy)) return heard;
  return servedBy(heard, wishes, new Set(await present(read, session.pod, heard)));
}

/**
 * Pure. The wishes of somebody who has left can't be asked about any more: where an owner has decided about all of them, they are
 * the owner's. `here`: who is still in the pod.
 */
export function servedBy(
  heard: readonly PersonId[],
  wishes: readonly Instruction[],
  here: ReadonlySet<PersonId>,
): PersonId[] {
  const all = heard.map((who) => {
    const theirs = wishes.filter(({ by, state }) => by === who && state !== 'withdrawn' && state !== 'no_instruction');
    const owner = theirs.at(-1)?.decidedBy;
    return here.has(who) || !theirs.every(({ decidedBy }) => decidedBy) ? who : (owner ?? who);
  });
  return [...new Set(all.reverse())].reverse();
}
