// The changes of a conversation that change only the entries of its agents at work: which there are, in three groups, and
// how each group changes the list. Pure.
import type { Meta } from '../../../log/view.ts';
import type { AtWork } from './at-work.ts';
import { evolveInstructions, withFirstWishes } from './evolve-instructions.ts';
import { evolveSteps } from './evolve-steps.ts';
import { evolveWork, type WorkChange } from './evolve-work.ts';
import type { InstructionChange } from './instructions.ts';
import type { StepChange } from './steps.ts';

export type AtWorkChange = WorkChange | InstructionChange | StepChange;

type Types<C extends AtWorkChange> = Readonly<Record<C['type'], true>>;

const WORK: Types<WorkChange> = {
  run_stopped: true,
  run_opened: true,
  run_ended: true,
  word_said: true,
  run_paused: true,
  run_resumed: true,
  work_taken: true,
  work_handed_back: true,
};

const INSTRUCTIONS: Types<InstructionChange> = {
  instruction_given: true,
  instruction_reworded: true,
  instruction_withdrawn: true,
  words_judged: true,
  words_answered: true,
  wishes_settled: true,
  wishes_passed: true,
  wishes_reopened: true,
};

const STEPS: Types<StepChange> = { steps_listed: true, steps_answered: true, steps_handed_on: true };

interface Typed {
  type: string;
}

export function isAtWorkChange(change: Typed): change is AtWorkChange {
  return isWork(change) || isInstruction(change) || isStep(change);
}

export function evolveAtWork(list: readonly AtWork[] | undefined, change: AtWorkChange, meta: Meta): AtWork[] {
  if (isInstruction(change)) return evolveInstructions(list, change, meta);
  if (isStep(change)) return evolveSteps(list, change);
  const next = evolveWork(list, change, meta);
  return change.type === 'run_opened' ? withFirstWishes(next, change, meta) : next;
}

function isWork({ type }: Typed): boolean {
  return Object.hasOwn(WORK, type);
}

function isInstruction(change: Typed): change is InstructionChange {
  return Object.hasOwn(INSTRUCTIONS, change.type);
}

function isStep(change: Typed): change is StepChange {
  return Object.hasOwn(STEPS, change.type);
}
