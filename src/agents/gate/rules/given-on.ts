// The rule for a task that was passed on to somebody else while its agent worked on it: the same run may not change the
// task any more.
import { isAgent } from '../../../log/participant.ts';
import { called, namesOfAll } from '../../../pods/people/directory.ts';
import type { TaskDoc } from '../../../pods/tasks/task.ts';
import { refuse, rule } from '../verdict.ts';

export const givenOn = rule<{ number: number; holder: string }>({
  name: 'given on',
  async load(read, { request: { actor, facts, pod }, definition: { effect }, loaded }) {
    const { woken, from: home } = facts ?? {};
    if (!isAgent(actor) || woken === undefined || effect === 'read' || pod !== home?.pod) return undefined;
    const { task } = (loaded?.view ?? {}) as { task?: Partial<TaskDoc> };
    // A later wake is a new request, which may be about somebody else's task. The rule does not apply to its run.
    const taken = task?.taken?.some(({ from, seq }) => from === actor && seq > woken);
    if (!taken || task?.number === undefined) return undefined;
    const names = await namesOfAll(read, [task.assignee]);
    return { number: task.number, holder: task.assignee ? called(names, task.assignee).name : 'nobody' };
  },
  judge: ({ number, holder }) =>
    refuse(
      `#${number} is with ${holder} now: it was given on while you worked.`,
      `Change nothing about it. If ${holder} needs to know how far you came, say it in your answer.`,
    ),
});
