// The instructions of a run: what people want of it, and what the agent has said each does to the others. Pure.
import { type AgentId, isPerson, type PersonId } from '../../../log/participant.ts';
import type { Meta } from '../../../log/view.ts';

export interface Instruction {
  /** The number of the commit that gave it. Models write it as `i41`. */
  n: number;
  message: string;
  by: PersonId;
  at: number;
  /** The newest commit that said it. An edit says it again. */
  seq: number;
  state: InstructionState;
  /** The instruction that replaced it. */
  replacedBy?: number;
  /** The question about the conflict that it is part of, or waits for. */
  question?: string;
  /** The owner who has decided whether it counts. */
  decidedBy?: PersonId;
}

/**
 * `open`: nobody else wanted anything then. `unjudged`: somebody else did, and the agent has not said yet whether both fit.
 * `kept`: they fit.
 */
export type InstructionState = 'open' | 'unjudged' | 'kept' | 'replaced' | 'withdrawn' | 'no_instruction' | 'conflict';

/** The agent's verdict on an instruction. `of`: the one that it replaces, or that it does not fit together with. */
export type Verdict = { n: number } & (
  | { is: 'fits' | 'none' }
  | { is: 'replaces'; of: number }
  | { is: 'conflicts'; of: number; question: string }
);

/** More than these are not listed. What still needs a verdict or an answer stays, once for each person. */
export const MOST_INSTRUCTIONS = 20;

const STANDING: readonly InstructionState[] = ['open', 'unjudged', 'kept', 'conflict'];

export function isStanding({ state }: Pick<Instruction, 'state'>): boolean {
  return STANDING.includes(state);
}

/** True if somebody else wants something that stands, so that the agent has to say whether both fit. */
function besideOthers(list: readonly Instruction[], { n, by }: Pick<Instruction, 'n' | 'by'>): boolean {
  return list.some((one) => one.n !== n && one.by !== by && isStanding(one));
}

/** A wish of a person from before the run was opened. */
export type FirstWish = Pick<Instruction, 'n' | 'message' | 'by' | 'at' | 'seq'>;

/** `seq`: absent where the commit that gave it is the newest that said it. */
export function given(
  list: readonly Instruction[] = [],
  { seq, ...said }: Omit<FirstWish, 'seq'> & { seq?: number },
): Instruction[] {
  const state = besideOthers(list, said) ? 'unjudged' : 'open';
  return bounded([...list, { ...said, seq: seq ?? said.n, state }]);
}

/** Its author has changed the words, so a verdict on the earlier ones no longer counts. */
export function reworded(list: readonly Instruction[], message: string, seq: number): Instruction[] {
  const one = list.find((each) => each.message === message && each.state !== 'withdrawn');
  if (!one) return [...list];
  const others = released(list, one);
  const { replacedBy: _by, question: _question, decidedBy: _decided, ...rest } = one;
  const state = besideOthers(others, one) ? 'unjudged' : 'open';
  return others.map((each) => (each.n === one.n ? { ...rest, seq, state } : each));
}

/** Its words were erased. */
export function withdrawn(list: readonly Instruction[], message: string): Instruction[] {
  const one = list.find((each) => each.message === message);
  if (!one) return [...list];
  const { question: _question, ...rest } = one;
  return released(list, one).map((each) => (each.n === one.n ? { ...rest, state: 'withdrawn' } : each));
}

/** Ends the conflict that the instruction was part of: the oldest of the others stands, and the rest are judged again. */
function released(list: readonly Instruction[], { n, question }: Instruction): Instruction[] {
  if (!question) return [...list];
  return conflictOver(
    list.map((one) => (one.n === n ? without(one) : one)),
    question,
  );
}

function without({ question: _question, ...rest }: Instruction): Instruction {
  return rest;
}

/** The question ended without an answer that counts. */
export function conflictOver(list: readonly Instruction[], question: string): Instruction[] {
  const oldest = list.find((one) => one.question === question);
  return list.map((one) => {
    if (one.question !== question) return one;
    return { ...without(one), state: one === oldest ? 'kept' : 'unjudged' };
  });
}

/** People have decided, or with `by` an owner: `stays` counts, or both do. Whatever waited for the decision is judged after it. */
export function decided(
  list: readonly Instruction[],
  { question, between, stays, by }: { question: string; between: readonly number[]; stays?: number; by?: PersonId },
): Instruction[] {
  return list.map((one): Instruction => {
    if (one.question !== question) return one;
    const rest = { ...without(one), ...(by ? { decidedBy: by } : {}) };
    if (!between.includes(one.n)) return { ...without(one), state: 'unjudged' };
    if (stays === undefined || stays === one.n) return { ...rest, state: 'kept' };
    return { ...rest, state: 'replaced', replacedBy: stays };
  });
}

/** The owners are asked in the place of the two people. */
export function passedOn(list: readonly Instruction[], from: string, to: string): Instruction[] {
  return list.map((one) => (one.question === from ? { ...one, question: to } : one));
}

export function judged(list: readonly Instruction[], verdicts: readonly Verdict[]): Instruction[] {
  return verdicts.reduce((all, verdict) => all.flatMap((one) => afterVerdict(one, verdict)), [...list]);
}

function afterVerdict(one: Instruction, verdict: Verdict): Instruction[] {
  if (one.n === verdict.n) {
    switch (verdict.is) {
      case 'none':
        return [{ ...one, state: 'no_instruction' }];
      case 'conflicts':
        return [{ ...one, state: 'conflict', question: verdict.question }];
      case 'fits':
      case 'replaces':
        return [{ ...one, state: 'kept' }];
      default:
        verdict satisfies never;
        return [one];
    }
  }
  if (!('of' in verdict) || verdict.of !== one.n) return [one];
  if (verdict.is === 'replaces') return [{ ...one, state: 'replaced', replacedBy: verdict.n }];
  return [{ ...one, state: 'conflict', question: verdict.question }];
}

/** The agent has answered what it heard up to `upTo`. Only a conflict goes on. */
export function answered(list: readonly Instruction[], upTo: number): Instruction[] {
  return list.filter(({ seq, state }) => seq > upTo || state === 'conflict');
}

/** The instructions that need a verdict, among those that the run has heard. */
export function dueIn(list: readonly Instruction[] = [], upTo: number): Instruction[] {
  return list.filter((one) => one.state === 'unjudged' && one.seq <= upTo && besideOthers(list, one));
}

export function inConflict(list: readonly Instruction[] = []): Instruction[] {
  return list.filter(({ state }) => state === 'conflict');
}

function bounded(list: Instruction[]): Instruction[] {
  let all = list;
  while (all.length > MOST_INSTRUCTIONS) {
    const gone = all.find((one) => !isStanding(one)) ?? all.find((one) => isRepeated(one, all));
    if (!gone) break;
    all = all.filter((one) => one !== gone);
  }
  return all;
}

/** True if a newer one of the same person asks for no less: nothing runs unjudged when this one goes. */
function isRepeated(one: Instruction, all: readonly Instruction[]): boolean {
  if (one.state === 'conflict') return false;
  const newer = all.filter(({ n, by }) => n > one.n && by === one.by);
  return newer.some((other) => isStanding(other) && (one.state !== 'unjudged' || other.state === 'unjudged'));
}

export type InstructionChange =
  /** A person wants something of these agents, which are at work. */
  | { type: 'instruction_given'; message: string; agents: AgentId[] }
  | { type: 'instruction_reworded'; message: string }
  | { type: 'instruction_withdrawn'; message: string }
  | { type: 'words_judged'; agent: AgentId; verdicts: Verdict[] }
  /** The agent has answered what it had heard up to this commit, and goes on with what came since. */
  | { type: 'words_answered'; agent: AgentId; upTo: number }
  /** People have decided which of the two counts; `stays` is absent if both do. `owner`: an owner has. */
  | {
      type: 'wishes_settled';
      agent: AgentId;
      question: string;
      between: [number, number];
      stays?: number;
      owner?: true;
    }
  | { type: 'wishes_passed'; agent: AgentId; from: string; to: string }
  /** Its question ended without an answer that counts. */
  | { type: 'wishes_reopened'; agent: AgentId; question: string };

/** Returns the instructions of this agent after the change. */
export function instructionsAfter(
  list: readonly Instruction[],
  agent: AgentId,
  change: InstructionChange,
  { seq, at, actor }: Pick<Meta, 'seq' | 'at' | 'actor'>,
): readonly Instruction[] {
  switch (change.type) {
    case 'instruction_given':
      if (!change.agents.includes(agent) || !isPerson(actor)) return list;
      return given(list, { n: seq, message: change.message, by: actor, at });
    case 'instruction_reworded':
      return reworded(list, change.message, seq);
    case 'instruction_withdrawn':
      return withdrawn(list, change.message);
    case 'words_judged':
      return change.agent === agent ? judged(list, change.verdicts) : list;
    case 'words_answered':
      return change.agent === agent ? answered(list, change.upTo) : list;
    case 'wishes_settled':
      return change.agent === agent
        ? decided(list, { ...change, ...(change.owner && isPerson(actor) ? { by: actor } : {}) })
        : list;
    case 'wishes_passed':
      return change.agent === agent ? passedOn(list, change.from, change.to) : list;
    case 'wishes_reopened':
      return change.agent === agent ? conflictOver(list, change.question) : list;
    default:
      change satisfies never;
      return list;
  }
}

export function instructionName(n: number): string {
  return `i${n}`;
}
