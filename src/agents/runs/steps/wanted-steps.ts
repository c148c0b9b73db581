// The calls of a turn that wait for the yes of people who go with every step.
import type { DraftOf } from '../../../errors.ts';
import type { Reader } from '../../../log/action.ts';
import type { ParticipantId } from '../../../log/participant.ts';
import { called, namesOfAll } from '../../../pods/people/directory.ts';
import { checkpoint } from '../../../pods/runs/steps/checkpoint.ts';
import { inLine } from '../../sessions/fence.ts';
import { draftHeldText, type HeldCall, stepHeldText } from '../ears/ears.ts';

export interface WantedStep {
  /** The key and the hash by which the gate knows the call. */
  key: string;
  hash: string;
  call: HeldCall;
  /** Set if the call replaces a text that agents work by. */
  draft?: DraftOf;
}

export async function stepText(
  read: Reader,
  call: HeldCall,
  { who, checkpoint, draft }: { who: readonly string[]; checkpoint?: true; draft?: DraftOf },
): Promise<string> {
  const names = await namesOfAll(read, who as ParticipantId[]);
  const whose = who.map((id) => inLine(called(names, id as ParticipantId).name)).join(' and ');
  return draft ? draftHeldText(call, whose) : stepHeldText(call, whose, checkpoint);
}

/** The checkpoint to which a call has come. */
export function pointOf({ name, input }: HeldCall): { task: string; name: string } | undefined {
  if (name !== checkpoint.name) return undefined;
  const parsed = checkpoint.input.safeParse(input);
  return parsed.success ? { task: parsed.data.task, name: parsed.data.name } : undefined;
}
