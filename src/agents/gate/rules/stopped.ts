// The rule for runs that people control: the calls of a stopped run are refused, those of a paused one, or of one whose
// work a person has taken over, wait until it goes on.
import { CONVERSATIONS } from '../../../pods/conversations/conversation.ts';
import { type Withheld, withheldIn } from '../../../pods/conversations/words/withheld.ts';
import { type Hold, type Refusal, refuse, rule } from '../verdict.ts';

interface Facts {
  stopped: boolean;
  withheld?: Withheld | undefined;
}

/** The agent's own answer waits too: people who pause it want nothing more of it for now. */
export const stopped = rule<Facts, Hold | Refusal>({
  name: 'stopped',
  load(read, { definition, request: { actor, ears, facts } }) {
    const stopped = facts?.stopped() ?? false;
    if (stopped || !ears || definition.effect === 'read') return facts && { stopped };
    return read
      .get(CONVERSATIONS, ears.conversation)
      .then((doc) => ({ stopped, withheld: withheldIn(doc?.atWork, actor) }));
  },
  judge({ stopped, withheld }) {
    if (stopped) return refuse('Not run: a person stopped you.');
    return withheld && { kind: 'held', word: withheld.seq };
  },
});
