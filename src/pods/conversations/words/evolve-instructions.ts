// How the instructions of the runs of a conversation change. Pure.
import type { AgentId } from '../../../log/participant.ts';
import type { Meta } from '../../../log/view.ts';
import type { AtWork } from './at-work.ts';
import { type FirstWish, given, type Instruction, type InstructionChange, instructionsAfter } from './instructions.ts';

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

/** The message that woke these agents is their first instruction. One that has opened its run itself has some from before. */
export function withFirstWishes(
  list: readonly AtWork[],
  { agents, wish, wishes = [] }: { agents: AgentId[]; wish?: string; wishes?: readonly FirstWish[] },
  meta: Pick<Meta, 'seq' | 'at' | 'actor'>,
): AtWork[] {
  const before = list.map((one) => (agents.includes(one.agent) ? withThose(one, wishes) : one));
  return wish ? evolveInstructions(before, { type: 'instruction_given', message: wish, agents }, meta) : before;
}

/** A conflict outlives its run, so that its wishes are listed already. */
function withThose(one: AtWork, wishes: readonly FirstWish[]): AtWork {
  const { instructions = [] } = one;
  const fresh = wishes.filter(({ message }) => !instructions.some((each) => each.message === message));
  return fresh.length ? { ...one, instructions: fresh.reduce<Instruction[]>(given, instructions) } : one;
}

/** True if nothing of it is left to keep. */
function isOver({ agent: _agent, ...rest }: AtWork): boolean {
  return Object.values(rest).every((one) => one === undefined);
}
