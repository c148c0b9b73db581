// How the instructions of the runs of a conversation change. Pure.
import type { AgentId } from '../../../log/participant.ts';
import type { Meta } from '../../../log/view.ts';
import type { AtWork } from './at-work.ts';
import { type InstructionChange, instructionsAfter } from './instructions.ts';

export function evolveInstructions(
  list: readonly AtWork[] = [],
  change: InstructionChange,
  meta: Pick<Meta, 'seq' | 'at' | 'actor'>,
): AtWork[] {
  return list.flatMap((one) => {
    const { instructions: before = [], ...rest } = one;
    const after = instructionsAfter(before, one.agent, change, meta);
    const next = after.length ? { ...rest, instructions: [...after] } : rest;
    return isOver(next) ? [] : [next];
  });
}

/** The message that woke these agents is their first instruction. */
export function withFirstWish(
  list: readonly AtWork[],
  { agents, wish }: { agents: AgentId[]; wish?: string },
  meta: Pick<Meta, 'seq' | 'at' | 'actor'>,
): AtWork[] {
  return wish ? evolveInstructions(list, { type: 'instruction_given', message: wish, agents }, meta) : [...list];
}

/** True if nothing of it is left to keep. */
function isOver({ agent: _agent, ...rest }: AtWork): boolean {
  return Object.values(rest).every((one) => one === undefined);
}
