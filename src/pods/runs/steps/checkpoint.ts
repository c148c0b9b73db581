// checkpoint: an agent has come to a point of its task that people named. The gate lets the call pass only with their yes, which is
// asked as for any step (put-steps.ts). Until then the run waits.
import { z } from 'zod';
import { InvalidInput } from '../../../errors.ts';
import { isAgent } from '../../../log/participant.ts';
import { action, type Decision } from '../../action.ts';
import { isNamed, readStops, type Stop } from '../../involvement/checkpoints.ts';
import { LONGEST_NAME } from '../../involvement/level.ts';
import { requirePod, taskNamed } from '../../require.ts';
import type { TaskDoc } from '../../tasks/task.ts';
import { taskInput } from '../../tasks/task-words.ts';

export const LONGEST_RESULT = 3000;

/** The facts of the call for the gate: the task, and the points of it that lie ahead. */
export interface CheckpointView {
  task: TaskDoc;
  stops: Stop[];
}

export const checkpoint = action({
  name: 'checkpoint',
  title: 'Stop at a checkpoint',
  description:
    'Stops where people named a checkpoint of your task, and shows them what you have. You go on with their yes.',
  input: z.strictObject({
    task: taskInput,
    name: z.string().trim().min(1).max(LONGEST_NAME),
    result: z.string().trim().min(1).max(LONGEST_RESULT).describe('What you have by now, Markdown'),
  }),
  effect: 'write',
  ofRun: true,
  async load(read, { task }, ctx): Promise<CheckpointView> {
    const doc = await taskNamed(read, ctx.pod, task);
    return { task: doc, stops: await readStops(read, doc) };
  },
  allow: (_view, _input, { actor }) =>
    isAgent(actor) || 'Only an agent stops at checkpoints. You are asked when it has come to one.',
  decide({ task, stops }, { name }, ctx): Decision<{ passed?: string; ahead: string[] }> {
    requirePod(ctx);
    const here = stops.filter((one) => isNamed(one, name));
    const ahead = [...new Set(stops.filter((one) => !here.includes(one)).map((one) => one.name))];
    if (!here.length && ahead.length)
      throw new InvalidInput(
        `#${task.number} has no checkpoint “${name}” ahead. Ahead are: ${ahead.map((one) => `“${one}”`).join(', ')}.`,
      );
    // Nobody waits there any more.
    if (!here.length) return { changes: [], result: { ahead } };
    return {
      changes: [{ v: 1, on: 'tasks', id: task.id, type: 'checkpoint_passed', names: here.map(({ ref }) => ref) }],
      result: { passed: name, ahead },
    };
  },
});
