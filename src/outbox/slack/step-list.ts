// Renders the message that lists the steps of a workflow: each step as its task is now.
import type { Reader } from '../../log/action.ts';
import type { Named, ParticipantId } from '../../log/participant.ts';
import type { MessageDoc } from '../../pods/conversations/message.ts';
import { called, namesOfAll } from '../../pods/people/directory.ts';
import { isActive, lost, waits } from '../../pods/tasks/graph/ready.ts';
import { waitsWords } from '../../pods/tasks/graph/waits-words.ts';
import { reviewersOf, reviewState } from '../../pods/tasks/review/review-state.ts';
import { namedIn, reviewWords } from '../../pods/tasks/review/review-words.ts';
import { TASKS, type TaskDoc, type TaskState } from '../../pods/tasks/task.ts';
import { withTitles } from '../../pods/tasks/task-words.ts';
import { listWords } from '../../pods/workflows/start-thread.ts';
import { stepLines } from '../../pods/workflows/start-words.ts';
import { STARTED_WORKFLOWS } from '../../pods/workflows/started.ts';
import { peopleOfSteps } from '../../pods/workflows/step-people.ts';
import type { Texts } from '../../texts/texts.ts';

/** Returns its words as they are now, Markdown. Undefined if the message lists no steps, or is erased. */
export async function stepList(
  { read, texts }: { read: Reader; texts: Texts },
  { pod, workflow, body }: Pick<MessageDoc, 'pod' | 'workflow' | 'body'>,
): Promise<string | undefined> {
  const started = workflow && body ? await read.get(STARTED_WORKFLOWS, workflow) : undefined;
  if (!started) return undefined;
  const { definition, roles, steps } = started;
  const docs = await read.find(TASKS, { where: { id: { in: steps.map(({ task }) => task) } } });
  const [titled, names] = await Promise.all([
    withTitles(read, docs),
    namesOfAll(read, [...Object.values(roles), ...docs.flatMap((task) => [task.assignee, ...namedIn(task)])]),
  ]);
  const filled = new Map(Object.entries(roles).map(([role, who]) => [role, called(names, who)] as const));
  const people = await peopleOfSteps(read, pod, definition, filled);
  const tasks = new Map(titled.map((task) => [task.id, task]));
  const shown = steps.flatMap(({ id, task: made, number }) => {
    const [step, task] = [definition.steps.find((one) => one.id === id), tasks.get(made)];
    if (!step || !task || task.state === 'erased') return [];
    const stands = standsOf(texts, { ...task, state: task.state }, names);
    return [
      {
        ...{ own: number, title: task.title, after: step.after, stops: people.get(id)?.stops ?? [] },
        assignee: task.assignee && called(names, task.assignee),
        // Once they are asked, the words of the review name them.
        reviewers: reviewState(task) === 'to_ask' ? reviewersOf(task).map((who) => called(names, who)) : [],
        ...(step.checkpoint ? { checkpoint: step.checkpoint } : {}),
        ...(stands ? { stands } : {}),
      },
    ];
  });
  return listWords(definition, stepLines(shown, new Map(steps.map((one) => [one.id, one]))));
}

/** Empty for a step that waits its turn, because the line says which come before. */
function standsOf(
  { fill }: Texts,
  task: TaskDoc & { state: TaskState },
  names: ReadonlyMap<ParticipantId, Named>,
): string {
  if (!isActive(task)) return fill('task-card', task.state);
  if (lost(task).length) return fill('task-card', 'waits', { tasks: waitsWords(waits(task), names) });
  if (waits(task).length) return '';
  const review = reviewState(task) === 'to_ask' ? undefined : reviewWords(task, names);
  return review ?? fill('task-card', task.state);
}
