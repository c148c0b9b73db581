// Refuses people to end a step of a workflow that is not theirs to end: one with a point that its agent has not shown, or one that its
// reviewers have approved for whoever has it. Pure.
import { Conflict } from '../../../errors.ts';
import type { Reader } from '../../../log/action.ts';
import { isPerson, type Named, type ParticipantId } from '../../../log/participant.ts';
import type { Ctx } from '../../action.ts';
import { readStops, type Stop } from '../../involvement/checkpoints.ts';
import { called } from '../../people/directory.ts';
import { listed } from '../graph/waits-words.ts';
import { TASKS, type TaskDoc } from '../task.ts';
import { deciderOf, reviewersOf } from './review-state.ts';

/** Reads the points that lie ahead of a step of a workflow. Undefined for any other task. */
export async function stopsOfStep(read: Reader, task: TaskDoc): Promise<Stop[] | undefined> {
  const whole = task.parent ? await read.get(TASKS, task.parent) : undefined;
  return whole?.workflow ? readStops(read, task) : undefined;
}

/** @throws Conflict that says who ends it */
export function refuseUnpassed(
  task: TaskDoc,
  stops: readonly Stop[] | undefined,
  { actor, role }: Pick<Ctx, 'actor' | 'role'>,
  names: ReadonlyMap<ParticipantId, Named>,
): void {
  // The gate holds an agent at its points.
  if (!stops || !isPerson(actor) || role === 'owner') return;
  if (actor === task.assignee || actor === deciderOf(task)) return;
  const others = stops.filter(({ who }) => who !== actor);
  const name = (who: ParticipantId) => called(names, who).name;
  if (others.length)
    throw new Conflict(
      `#${task.number} is not done before ${listed(others.map((one) => `“${one.name}” (${name(one.who)})`))}. ${WHO_ENDS}`,
    );
  if (task.review?.binding && !stops.length && !reviewersOf(task).includes(actor))
    throw new Conflict(
      `#${task.number} is a step of a workflow${task.assignee ? `, and ${name(task.assignee)} has it` : ''}. Whoever has it, its reviewers, whoever started the workflow, or an owner, can finish it.`,
    );
}

const WHO_ENDS = 'Whoever started the workflow, or an owner, can finish it without.';
