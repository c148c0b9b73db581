// Checks a verdict against what is wanted of the run now. Returns a sentence for the model where it can't count. Pure.
import { type Instruction, instructionName, isStanding, type Verdict } from '../../conversations/words/instructions.ts';

export interface AskedVerdict {
  n: number;
  is: 'fits' | 'none' | 'replaces' | 'conflicts';
  of?: number | undefined;
}

export type FitVerdict = Exclude<Verdict, { is: 'conflicts' }> | { n: number; is: 'conflicts'; of: number };

/** `upTo`: the number of the log up to which the run has heard the conversation. */
export function fittingVerdict(
  list: readonly Instruction[],
  { n, is, of }: AskedVerdict,
  upTo: number,
): FitVerdict | string {
  const one = list.find((each) => each.n === n);
  const name = instructionName(n);
  if (!one) return `${name} is nothing that waits for a verdict.`;
  if (one.seq > upTo) return `${name} was changed since you read it: judge it as it stands now.`;
  if (one.state === 'conflict') return `${name}: people are asked about it. Your verdict does not change that.`;
  if (one.state === 'replaced' || one.state === 'withdrawn') return `${name} does not stand any more.`;
  if (is === 'fits' || is === 'none') return { n, is };
  const others = list.filter((each) => each.n !== n && isStanding(each));
  const target =
    of === undefined ? onlyOne(others.filter(({ by }) => by !== one.by)) : others.find((each) => each.n === of);
  if (!target) return `${name}: say which one it ${is}, as in "${is} ${exampleOf(others)}".`;
  if (is === 'conflicts')
    return target.by === one.by
      ? `${name} and ${instructionName(target.n)} are of one person: the newer counts.`
      : { n, is, of: target.n };
  if (target.state === 'conflict')
    return `${instructionName(target.n)}: people are asked about it. Nothing replaces it now.`;
  if (target.seq > one.seq)
    return `${instructionName(target.n)} is newer than ${name}: only what comes later replaces.`;
  return { n, is, of: target.n };
}

function onlyOne<T>(all: readonly T[]): T | undefined {
  return all.length === 1 ? all[0] : undefined;
}

function exampleOf(others: readonly Instruction[]): string {
  return others.map(({ n }) => instructionName(n)).join(' or ') || 'i38';
}
