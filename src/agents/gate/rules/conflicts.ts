// The rule that no effect runs while different people want things of the run, and it is not clear whether both fit: the agent
// has to say so first, and where they do not fit, people decide.
import type { Ears } from '../../../log/ears.ts';
import { CONVERSATIONS } from '../../../pods/conversations/conversation.ts';
import { dueIn, type Instruction, inConflict } from '../../../pods/conversations/words/instructions.ts';
import { type Locked, rule } from '../verdict.ts';

interface Facts {
  instructions: readonly Instruction[] | undefined;
  ears: Pick<Ears, 'upTo'>;
}

/** Acts of a run that nobody's wish can speak against: its verdict, its wait for an answer, and its end. */
const FREE: readonly string[] = ['judge_words', 'wait_for', 'end_run'];

/** Reads are free, and so is the agent's own answer. */
export const conflicts = rule<Facts, Locked>({
  name: 'conflicts',
  load(read, { definition, request: { actor, answer, ears } }) {
    if (!ears || answer || definition.effect === 'read' || FREE.includes(definition.name)) return undefined;
    return read
      .get(CONVERSATIONS, ears.conversation)
      .then((doc) => ({ ears, instructions: doc?.atWork?.find(({ agent }) => agent === actor)?.instructions }));
  },
  judge({ instructions, ears }) {
    const asked = inConflict(instructions)[0]?.question;
    if (asked) return { kind: 'locked', question: asked };
    const due = dueIn(instructions, ears.upTo);
    return due.length ? { kind: 'locked', due: due.map(({ n }) => n) } : undefined;
  },
});
