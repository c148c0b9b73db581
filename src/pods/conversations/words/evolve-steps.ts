// How the calls of runs that need a yes change. Pure.
import type { AtWork } from './at-work.ts';
import { allowedIn, type StepChange, type Steps } from './steps.ts';

/** More are not remembered. A call whose yes is forgotten is asked about once more. */
const MOST_EARLIER = 40;

export function evolveSteps(list: readonly AtWork[] = [], change: StepChange): AtWork[] {
  if (change.type === 'steps_handed_on') return passedOn(list, change);
  return list.map((one) => {
    if (one.agent !== change.agent) return one;
    if (change.type === 'steps_listed') {
      const { question, calls, checkpoint } = change;
      const earlier = allowedIn(one.steps).slice(-MOST_EARLIER);
      const at = checkpoint ? { checkpoint } : {};
      return { ...one, steps: { question, asks: calls, ...at, ...(earlier.length ? { earlier } : {}) } };
    }
    const { steps } = one;
    return steps ? { ...one, steps: answered(steps, change) } : one;
  });
}

/** The answer to an earlier list may only be taken back: then none of its calls may be made. */
function answered(
  steps: Steps,
  { question, allowed }: Pick<Extract<StepChange, { type: 'steps_answered' }>, 'question' | 'allowed'>,
): Steps {
  if (steps.question !== question) {
    const { earlier = [], ...rest } = steps;
    const left = earlier.filter((one) => one.question !== question);
    return left.length ? { ...rest, earlier: left } : rest;
  }
  const asks = steps.asks.map(({ key, hash }, n) =>
    allowed.includes(n) ? { key, hash, yes: true as const } : { key, hash },
  );
  return { ...steps, asks };
}

/** The calls go along. They are those of the first agent: the other can't make them. */
function passedOn(
  list: readonly AtWork[],
  { agent, question, to }: Extract<StepChange, { type: 'steps_handed_on' }>,
): AtWork[] {
  const moved = list.find((one) => one.agent === agent)?.steps;
  if (moved?.question !== question) return [...list];
  const left = list.flatMap((one) => {
    if (one.agent !== agent) return [one];
    const { steps: _steps, ...rest } = one;
    return Object.keys(rest).length > 1 ? [rest] : [];
  });
  if (!to) return left;
  const before = left.find((one) => one.agent === to) ?? { agent: to };
  return [...left.filter((one) => one.agent !== to), { ...before, steps: moved }];
}

/** The question is open, perhaps again, because its answer was taken back. */
export function stepsOpen(list: readonly AtWork[], question: string): AtWork[] {
  return list.map((one) => {
    if (one.steps?.question !== question) return one;
    const { over: _over, ...steps } = one.steps;
    return { ...one, steps };
  });
}

/** The question is over, by an answer or without one. */
export function stepsOver(list: readonly AtWork[] = [], question: string): AtWork[] {
  return list.map((one) => (one.steps?.question === question ? { ...one, steps: { ...one.steps, over: true } } : one));
}
