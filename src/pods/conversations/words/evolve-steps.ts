// How the calls of runs that need a yes change. Pure.
import type { AtWork } from './at-work.ts';
import { allowedIn, type StepChange } from './steps.ts';

/** More are not remembered. A call whose yes is forgotten is asked about once more. */
const MOST_EARLIER = 40;

export function evolveSteps(list: readonly AtWork[] = [], change: StepChange): AtWork[] {
  return list.map((one) => {
    if (one.agent !== change.agent) return one;
    if (change.type === 'steps_listed') {
      const { question, calls, checkpoint } = change;
      const earlier = allowedIn(one.steps).slice(-MOST_EARLIER);
      const at = checkpoint ? { checkpoint } : {};
      return { ...one, steps: { question, asks: calls, ...at, ...(earlier.length ? { earlier } : {}) } };
    }
    const { steps } = one;
    if (steps?.question !== change.question) return one;
    const asks = steps.asks.map(({ key, hash }, n) =>
      change.allowed.includes(n) ? { key, hash, yes: true as const } : { key, hash },
    );
    return { ...one, steps: { ...steps, asks } };
  });
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
