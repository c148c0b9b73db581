// Pods and agents share the local parts of our mail addresses. A name belongs to the first that had it.

import type { Reader } from '../../log/action.ts';
import type { ParticipantId } from '../../log/participant.ts';
import { MEMBERS, memberId } from '../members/member.ts';
import { ADDRESSES, addressId } from './address.ts';
import { PODS } from './pod.ts';

/**
 * Returns the pod whose mail an agent with this handle would get. Its name is returned only if `who` is a member: other
 * people must not learn of the pod, and their mail would reach the agent anyway.
 */
export async function podWritten(
  read: Pick<Reader, 'get'>,
  handle: string,
  who?: ParticipantId,
  /** The pod in which an agent would repeat the answer. Its readers may not be members of the other pod. */
  home?: string,
): Promise<string | undefined> {
  const address = await read.get(ADDRESSES, addressId(handle));
  if (!address) return undefined;
  const [pod, member, here] = await Promise.all([
    read.get(PODS, address.of),
    who ? read.get(MEMBERS, memberId(address.of, who)) : undefined,
    home ? read.get(PODS, home) : undefined,
  ]);
  if (here && !here.direct && here.id !== address.of) return undefined;
  // Without `who`, the operator of the server asks, who may know every pod.
  const seen = who === undefined || member?.state === 'in';
  return seen && pod ? `the pod “${pod.name}”` : undefined;
}

/** Returns the fault of a manifest whose agent would have the mail name of a pod, and how to fix it. */
export function manifestFault(file: string, handle: string, pod: string): string {
  return `${file}: mail to ${handle}@… goes to ${pod}, which had the name first. Give the agent another \`handle\`, and the file the same name.`;
}
