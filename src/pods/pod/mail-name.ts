// Pods and agents share the names before the @ of our addresses: whoever had one first keeps it.

import type { Reader } from '../../log/action.ts';
import type { ParticipantId } from '../../log/participant.ts';
import { MEMBERS, memberId } from '../members/member.ts';
import { ADDRESSES, addressId } from './address.ts';
import { PODS } from './pod.ts';

/**
 * The pod whose mail an agent of this handle would miss, by its name where `who` is in it. Of a pod that they are not in
 * they hear nothing: its members' mail goes to it, and everybody else's to the agent.
 */
export async function podWritten(
  read: Pick<Reader, 'get'>,
  handle: string,
  who?: ParticipantId,
  /** The pod in which an agent would tell it: its readers need not be in the other. */
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
  // Nobody in particular is whoever looks after the machine.
  const seen = who === undefined || member?.state === 'in';
  return seen && pod ? `the pod “${pod.name}”` : undefined;
}

/** What to do about a manifest whose agent would have the address of a pod. */
export function manifestFault(file: string, handle: string, pod: string): string {
  return `${file}: mail to ${handle}@… goes to ${pod}, which had the name first. Give the agent another \`handle\`, and the file the same name.`;
}
