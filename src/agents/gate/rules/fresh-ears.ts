// The rule that no effect runs before the run has heard what people said and did earlier in the same log.
import type { Ears } from '../../../log/ears.ts';
import { CONVERSATIONS } from '../../../pods/conversations/conversation.ts';
import { type AtWork, unheard } from '../../../pods/conversations/words/at-work.ts';
import { type Hold, type Refusal, refuse, rule } from '../verdict.ts';

interface Facts {
  ears: Ears;
  at: AtWork | undefined;
}

/** Reads are not held, and neither is the agent's own answer: nobody else is bound by them. */
export const freshEars = rule<Facts, Hold | Refusal>({
  name: 'fresh ears',
  load(read, { definition, request: { actor, answer, ears } }) {
    if (!ears || answer || definition.effect === 'read') return undefined;
    return read
      .get(CONVERSATIONS, ears.conversation)
      .then((doc) => ({ ears, at: doc?.atWork?.find(({ agent }) => agent === actor) }));
  },
  judge({ ears, at }) {
    if (at?.stopped !== undefined && ears.woken !== undefined && at.stopped > ears.woken)
      return refuse('Not run: a person stopped you.');
    const word = unheard(at, ears);
    return word === undefined ? undefined : { kind: 'held', word };
  },
});
