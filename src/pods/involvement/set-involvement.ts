// set_involvement: a person says how closely they stay with a task, or with the whole pod.
import { z } from 'zod';
import { Conflict, InvalidInput, NotAllowed } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import { type BodyRef, type Said, said } from '../../log/body.ts';
import type { Level, Step } from '../../log/needs/need.ts';
import type { PersonId } from '../../log/participant.ts';
import { action, type Ctx, type Decision } from '../action.ts';
import { askersOf, atLeast } from '../members/rights.ts';
import { requirePod, taskNamed } from '../require.ts';
import type { TaskDoc } from '../tasks/task.ts';
import { taskInput } from '../tasks/task-words.ts';
import { isNamed } from './checkpoints.ts';
import {
  type Checkpoint,
  type Said as Chosen,
  LEVELS,
  LONGEST_NAME,
  levelOf,
  MOST_INVOLVED,
  MOST_NAMED,
  STEPS,
  withSaid,
} from './level.ts';

interface Result {
  level: Level;
  /** The pod's name. */
  pod: string;
  task?: string;
  at?: Step[];
  /** The names of the points at which agents wait. */
  named?: Said[];
  everybody?: true;
}

export const setInvolvement = action({
  name: 'set_involvement',
  title: 'Set how close you stay',
  description:
    'Sets how closely a person stays with a task, or with the pod when no task is given: told of every step, at checkpoints (at those that they name, agents wait for their yes), of the result only, in the digest only, or not at all. What waits for them always reaches them.',
  input: z.strictObject({
    level: z.enum(LEVELS),
    task: taskInput.optional(),
    at: z.array(z.enum(STEPS)).min(1).optional().describe('The checkpoints, for that level'),
    named: z
      .array(z.string().trim().min(1).max(LONGEST_NAME))
      .min(1)
      .max(MOST_NAMED)
      .optional()
      .describe('Points at which its agent waits, in their words: outline'),
    everybody: z.literal(true).optional().describe('Sets the default of the pod; owners only'),
  }),
  effect: 'write',
  allow: 'guest',
  async load(read: Reader, { task, named }, ctx): Promise<View> {
    const doc = task === undefined ? undefined : await taskNamed(read, ctx.pod, task);
    const before = named && doc?.involved?.flatMap((one) => one.named ?? []).map(({ name }) => name);
    return { task: doc, texts: before?.length ? await read.texts(before) : new Map() };
  },
  decide({ task, texts }, { level, at, named, everybody }, ctx): Decision<Result> {
    const pod = requirePod(ctx);
    if ((level === 'checkpoints') !== (at !== undefined || named !== undefined))
      throw new InvalidInput(
        level === 'checkpoints'
          ? `Say at which steps, with at: ${STEPS.join(', ')}. Or name the points at which agents wait, with named.`
          : `Leave ${at ? 'at' : 'named'} away: only the level checkpoints has it.`,
      );
    if (named && !task) throw new InvalidInput('Points at which an agent waits are those of one task. Say which task.');
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
    const who = whose(ctx);
    const names = named && namesOf(named, levelOf(task?.involved, who)?.named, texts, ctx);
    const chosen: Chosen = { who, level, ...(at ? { at } : {}), ...(names ? { names } : {}) };
    const list = withSaid(task ? task.involved : pod.involved, chosen);
    if (list.length > MOST_INVOLVED)
      throw new Conflict(`${MOST_INVOLVED} people have said this already, and no more can. Read the digest.`);
    return {
      changes: [
        task
          ? { v: 1, on: 'tasks', id: task.id, type: 'task_followed', ...chosen }
          : { v: 1, on: 'pods', id: ctx.pod, type: 'pod_followed', ...chosen },
      ],
      result: {
        level,
        pod: pod.name,
        ...(at ? { at } : {}),
        ...(names ? { named: names.map((name) => said(name)) } : {}),
        ...(task ? { task: `#${task.number}` } : {}),
      },
    };
  },
});

interface View {
  task: TaskDoc | undefined;
  /** The names of the points that the task has already. */
  texts: ReadonlyMap<string, string>;
}

/** A point that the person named before stays as it is, passed or not. */
function namesOf(
  named: readonly string[],
  before: readonly Checkpoint[] = [],
  texts: ReadonlyMap<string, string>,
  ctx: Ctx,
): BodyRef[] {
  const once = named.filter((one, n) => named.findIndex((other) => isNamed({ name: other }, one)) === n);
  return once.map(
    (name) => before.find((one) => isNamed({ name: texts.get(one.name) ?? '' }, name))?.name ?? ctx.text(name),
  );
}

function whose(ctx: Ctx): PersonId {
  const [person, other] = askersOf(ctx);
  if (other)
    throw new NotAllowed(
      'How close somebody stays is their own, and you act on the words of several. Ask who wants it, and do it for them.',
    );
  if (person) return person;
  throw new InvalidInput('Only people are told of things. Say for whom this is done.');
}
