// Checks whether an item is still open for the person who is to be told of it.
import type { Reader } from '../../log/action.ts';
import type { ParticipantId, PersonId } from '../../log/participant.ts';
import { CONVERSATIONS } from '../conversations/conversation.ts';
import { MESSAGES } from '../conversations/message.ts';
import { madeThings } from '../erasing/traces/made-things.ts';
import { TRACES } from '../erasing/traces/trace.ts';
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
  if (!isToTell(item) || (await isPosted(read, item, person)) || (await isGone(read, item))) return undefined;
  const [pod, member] = await Promise.all([
    read.get(PODS, item.pod),
    read.get(MEMBERS, memberId(item.pod, person as PersonId)),
  ]);
  const theirs = standIn
    ? await standsInFor(read, standIn.for, person, standIn.at)
    : item.who !== 'owners' || member?.role === 'owner';
  return pod && pod.state !== 'archived' && member?.state === 'in' && theirs ? item : undefined;
}

/** True if all that was left of an erased text has gone since: nobody is told of nothing. */
async function isGone(read: Reader, { reason, about }: NeedDoc): Promise<boolean> {
  const trace = reason === 'made_from' ? await read.get(TRACES, about.id) : undefined;
  return trace !== undefined && (await madeThings(read, trace)).length === 0;
}

/**
 * True if the person read of a task's end where they follow its conversation: whoever ended it wrote there afterwards, or
 * Skein said it there for them.
 */
async function isPosted(read: Reader, item: NeedDoc, person: string): Promise<boolean> {
  const { step, conversation: id, by, round } = item;
  if (step !== 'finished' || !id) return false;
  const conversation = await read.get(CONVERSATIONS, id);
  const follow: readonly string[] = [...(conversation?.people ?? []), ...(conversation?.mail?.people ?? [])];
  if (!follow.includes(person)) return false;
  const newestBy = (who: ParticipantId) =>
    read.find(MESSAGES, { where: { conversation: id, by: who }, sort: [['posted', 'desc']], limit: 3 });
  // Skein says there for them what was done by mail. Its lines about tasks and its notices say something else.
  const found = await Promise.all([newestBy(by), newestBy('skein')]);
  return found.flat().some((one) => (one.posted ?? 0) > round && !one.line && !one.notice && !one.offer);
}
