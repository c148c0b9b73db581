// Remembers which instructions others have replaced, after the run that was given them: a memory that begins anew must not do them.
// Pure.
import type { AgentId } from '../../../log/participant.ts';
import type { AtWorkChange } from './evolve-at-work.ts';

/** `n`: the instruction of this agent that counts no more. `by`: the one that counts in its place. */
export interface Replaced {
  agent: AgentId;
  n: number;
  by: number;
}

/** More are not remembered: an opening shows few messages. */
const MOST = 20;

export function withReplaced<D extends { replaced?: Replaced[] }>(doc: D, change: AtWorkChange): D {
  const now = replacedBy(change);
  if (!now.length) return doc;
  const others = (doc.replaced ?? []).filter((one) => !now.some(({ agent, n }) => one.agent === agent && one.n === n));
  return { ...doc, replaced: [...others, ...now].slice(-MOST) };
}

function replacedBy(change: AtWorkChange): Replaced[] {
  if (change.type === 'words_judged') {
    const { agent, verdicts } = change;
    return verdicts.flatMap((one) => (one.is === 'replaces' ? [{ agent, n: one.of, by: one.n }] : []));
  }
  if (change.type !== 'wishes_settled' || change.stays === undefined) return [];
  const { agent, between, stays } = change;
  return between.filter((n) => n !== stays).map((n) => ({ agent, n, by: stays }));
}
