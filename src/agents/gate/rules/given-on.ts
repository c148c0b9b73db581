// The rule for a task that was passed on to somebody else while its agent worked on it: the same run may not change the
// task any more.
import type { Reader } from '../../../log/action.ts';
import { isAgent, type ParticipantId } from '../../../log/participant.ts';
import { called, namesOfAll } from '../../../pods/people/directory.ts';
import type { TaskDoc } from '../../../pods/tasks/task.ts';
import { refuse, rule } from '../verdict.ts';

interface Facts {
  number: number;
  /** The name of whoever has the task now. */
  holder: string;
}

export const givenOn = rule<Facts>({
  name: 'given on',
  load(read, { request: { actor, facts, pod }, definition: { effect }, loaded }) {
    const { woken, from: home } = facts ?? {};
    if (!isAgent(actor) || woken === undefined || effect === 'read' || pod !== home?.pod) return undefined;
    const { task } = (loaded?.view ?? {}) as { task?: Partial<TaskDoc> };
    // A later wake is a new request, which may be about somebody else's task. The rule does not apply to its run.
    const taken = task?.taken?.some(({ from, seq }) => from === actor && seq > woken);
    if (!taken || task?.number === undefined) return undefined;
    return factsOf(read, task.number, task.assignee);
  },
  judge: ({ number, holder }) =>
    refuse(
      `#${number} is with ${holder} now: it was given on while you worked.`,
      `Change nothing about it. If ${holder} needs to know how far you came, say it in your answer.`,
    ),
});

async function factsOf(read: Reader, number: number, holder: ParticipantId | undefined): Promise<Facts> {
  const names = await namesOfAll(read, [holder]);
  return { number, holder: holder ? called(names, holder).name : 'nobody' };
}
