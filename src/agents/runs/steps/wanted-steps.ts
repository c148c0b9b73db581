// The calls of a turn that wait for the yes of people who go with every step.
import type { Reader } from '../../../log/action.ts';
import type { ParticipantId } from '../../../log/participant.ts';
import { called, namesOfAll } from '../../../pods/people/directory.ts';
import { inLine } from '../../sessions/fence.ts';
import { type HeldCall, stepHeldText } from '../ears/ears.ts';

export interface WantedStep {
  /** The key and the hash by which the gate knows the call. */
  key: string;
  hash: string;
  call: HeldCall;
}

export async function stepText(read: Reader, call: HeldCall, who: readonly string[]): Promise<string> {
  const names = await namesOfAll(read, who as ParticipantId[]);
  return stepHeldText(call, who.map((id) => inLine(called(names, id as ParticipantId).name)).join(' and '));
}
