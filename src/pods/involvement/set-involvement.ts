// set_involvement: a person says how closely they stay with a task, or with the whole pod.
import { z } from 'zod';
import { Conflict, InvalidInput, NotAllowed } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import type { Level, Step } from '../../log/needs/need.ts';
import type { PersonId } from '../../log/participant.ts';
import { action, type Ctx, type Decision } from '../action.ts';
import { askersOf, atLeast } from '../members/rights.ts';
import { requirePod, taskNamed } from '../require.ts';
import type { TaskDoc } from '../tasks/task.ts';
import { taskInput } from '../tasks/task-words.ts';
import { type Involved, LEVELS, MOST_INVOLVED, STEPS, withLevel } from './level.ts';

interface Result {
  level: Level;
  /** The pod's name. */
  pod: string;
  task?: string;
  at?: Step[];
  everybody?: true;
}

export const setInvolvement = action({
  name: 'set_involvement',
  title: 'Set how close you stay',
  description:
    'Sets how closely a person stays with a task, or with the whole pod when no task is given: told of every step, at checkpoints, of the result only, in the digest only, or not at all. What waits for them reaches them always.',
  input: z.strictObject({
    level: z.enum(LEVELS),
    task: taskInput.optional(),
    at: z.array(z.enum(STEPS)).min(1).optional().describe('The checkpoints, for that level'),
    everybody: z.literal(true).optional().describe('Sets the default of the pod; owners only'),
  }),
  effect: 'write',
  allow: 'guest',
  async load(read: Reader, { task }, ctx): Promise<{ task: TaskDoc | undefined }> {
    return { task: task === undefined ? undefined : await taskNamed(read, ctx.pod, task) };
  },
  decide({ task }, { level, at, everybody }, ctx): Decision<Result> {
    const pod = requirePod(ctx);
    if ((level === 'checkpoints') !== (at !== undefined))
      throw new InvalidInput(
        level === 'checkpoints'
          ? `Say at which steps, with at: ${STEPS.join(', ')}.`
          : 'Leave at away: only the level checkpoints has it.',
      );
    if (everybody) {
      if (task)
        throw new InvalidInput('The default is one of the whole pod. Leave the task away, or set it for yourself.');
      if (level === 'checkpoints') throw new InvalidInput('Checkpoints are one person’s own. Choose another default.');
      if (!atLeast(ctx.role, 'owner')) throw new NotAllowed('Only an owner sets the default of a pod. Ask an owner.');
      return {
        changes: [{ v: 1, on: 'pods', id: ctx.pod, type: 'involvement_set', level }],
        result: { level, pod: pod.name, everybody },
      };
    }
    const chosen: Involved = { who: whose(ctx), level, ...(at ? { at } : {}) };
    const list = withLevel(task ? task.involved : pod.involved, chosen);
    if (list.length > MOST_INVOLVED)
      throw new Conflict(`${MOST_INVOLVED} people have said this already, and no more can. Read the digest.`);
    return {
      changes: [
        task
          ? { v: 1, on: 'tasks', id: task.id, type: 'task_followed', ...chosen }
          : { v: 1, on: 'pods', id: ctx.pod, type: 'pod_followed', ...chosen },
      ],
      result: { level, pod: pod.name, ...(at ? { at } : {}), ...(task ? { task: `#${task.number}` } : {}) },
    };
  },
});

function whose(ctx: Ctx): PersonId {
  const [person, other] = askersOf(ctx);
  if (other)
    throw new NotAllowed(
      'How close somebody stays is their own, and you act on the words of several. Ask who wants it, and do it for them.',
    );
  if (person) return person;
  throw new InvalidInput('Only people are told of things. Say for whom this is done.');
}
