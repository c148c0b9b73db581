// Checks questions: they end in time, and whoever they pass to, or is reminded, gets that once.
import { QUESTIONS, type QuestionDoc } from '../../../../../src/pods/questions/question.ts';
import type { Evidence } from './check.ts';
import { deliveryOf } from './facts.ts';

const LATE_MS = 10 * 60_000;

export function questionFaults(evidence: Evidence): string[] {
  const questions = [...(evidence.data.docs.get(QUESTIONS.name)?.values() ?? [])] as QuestionDoc[];
  return [...questions.flatMap((one) => ended(evidence, one)), ...broughtOnce(evidence, questions)];
}

function ended({ now }: Evidence, { id, state, neededBy }: QuestionDoc): string[] {
  return state === 'open' && neededBy !== undefined && neededBy < now - LATE_MS ? [`${id} is over, and open.`] : [];
}

function broughtOnce({ deliveries, outside, stands }: Evidence, questions: readonly QuestionDoc[]): string[] {
  return [...deliveries.values()].flatMap((delivery) => {
    if (delivery.kind !== 'question') return [];
    const got = outside.arrived.filter(({ key }) => deliveryOf(key) === delivery.id);
    const twice = got.filter((one, n) =>
      got.slice(0, n).some(({ key, text, on }) => key === one.key && (on === 'slack' || text !== one.text)),
    );
    const open = questions.some(({ id, state }) => delivery.questions.includes(id) && state === 'open');
    const missed = delivery.to.filter(
      (who) => open && stands.alwaysReachable(who) && !got.some(({ key }) => key.endsWith(who)),
    );
    return [
      ...twice.map(({ key }) => `${key} is brought twice.`),
      ...(delivery.about === 'passed' ? missed.map((who) => `${who} is never brought ${delivery.id}.`) : []),
    ];
  });
}
