// start_task, complete_task, reopen_task: change the state of a task.
import { z } from 'zod';
import { Conflict } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import { ERASED } from '../../log/body.ts';
import { type AgentId, isAgent, type Named, type ParticipantId } from '../../log/participant.ts';
import { type Action, action } from '../action.ts';
import { CONVERSATIONS, type ConversationDoc } from '../conversations/conversation.ts';
import type { Stop } from '../involvement/checkpoints.ts';
import { called, namesOfAll } from '../people/directory.ts';
import { questionsOfTask, withdrawAll } from '../questions/settling/follow-work.ts';
import type { Put } from '../questions/settling/hearing.ts';
import { requirePod, taskNamed } from '../require.ts';
import { assumedWords, assumptionsInput } from './assumptions.ts';
import { hoursAmong, nextDueAt, rearmed } from './due/due-moments.ts';
import { type GiverCalling, givingAgents, tellGivers } from './giving/tell-givers.ts';
import { passedBack } from './graph/merged-edges.ts';
import { ready } from './graph/ready.ts';
import { refuseUnfinished, refuseWaiting } from './graph/refuse-waiting.ts';
import { listed } from './graph/waits-words.ts';
import { takenOut } from './merging/taken-along.ts';
import { fallenParts } from './parts/parts-below.ts';
import { type Rising, reopenedSaid, rise, risingOf } from './parts/rise.ts';
import { refuseUnpassed, stopsOfStep } from './review/refuse-unpassed.ts';
import { refuseUnreviewed } from './review/refuse-unreviewed.ts';
import { unheard } from './review/review-state.ts';
import { type Calling, callingOf, setToWork } from './set-to-work.ts';
import { ACTIVE, TASKS, type TaskDoc, type TaskState } from './task.ts';
import { type ShownTask, shownTask, taskInput, withNames } from './task-words.ts';

interface Move {
  name: string;
  title: string;
  description: string;
  from: readonly TaskDoc['state'][];
  to: TaskState;
  /** `by`: “, by Ben Okafor”, of a task that is done or dropped. */
  refusal: (task: TaskDoc, by: string) => string;
}

interface MoveInput {
  task: string;
  note?: string | undefined;
  assumptions?: string[] | undefined;
}

const moved = {
  task: taskInput,
  note: z.string().trim().min(1).max(500).optional().describe('What came of it, for whoever gave it'),
};
const moveInput: z.ZodType<MoveInput> = z.strictObject(moved);
const doneInput: z.ZodType<MoveInput> = z.strictObject({ ...moved, assumptions: assumptionsInput });

type MoveView = {
  task: TaskDoc;
  names: Map<ParticipantId, Named>;
  calling?: Calling | undefined;
  dueAt?: number | undefined;
  /** Its open questions. */
  asked?: readonly Put[];
  /** Its parts that are not over. */
  parts?: readonly TaskDoc[];
  /** The agents that gave it. */
  givers?: readonly GiverCalling[];
  titles?: ReadonlyMap<string, string>;
  /** The task that it had joined, and the conversation of that one. */
  into?: TaskDoc | undefined;
  talk?: ConversationDoc | undefined;
  /** The tasks that waited for it before it joined that one. */
  dependents?: readonly TaskDoc[];
  /** The points ahead of it, if it is a step of a workflow. */
  stops?: readonly Stop[] | undefined;
  /** The parts that were dropped with it. */
  rising?: Rising | undefined;
};

function move({
  name,
  title,
  description,
  from,
  to,
  refusal,
}: Move): Action<
  MoveInput,
  MoveView,
  { task: ShownTask; reopened_parts?: string[]; notWoken?: string[]; wakesWith?: AgentId[] }
> {
  return action({
    name,
    title,
    description,
    input: to === 'done' ? doneInput : moveInput,
    effect: 'write',
    async load(read, { task: named }, ctx): Promise<MoveView> {
      const task = await taskNamed(read, ctx.pod, named);
      const known = await withNames(read, task);
      if (to === 'done') {
        const [asked, givers] = await Promise.all([questionsOfTask(read, task.id), givingAgents(read, ctx, task)]);
        const titles = givers.length ? await read.texts([task.titleRef]) : undefined;
        const [parts, stops] = await Promise.all([openParts(read, task.id), stopsOfStep(read, task)]);
        const points = await namesOfAll(read, stops?.map(({ who }) => who) ?? []);
        const names = new Map([...known.names, ...points]);
        return { ...known, names, asked, givers, parts, stops, ...(titles ? { titles } : {}) };
      }
      if (to !== 'open') return known;
      const into = task.merged && (await read.get(TASKS, task.merged.into));
      const waited = task.merged?.dependents ?? [];
      const [dependents, calling, titles, talk] = await Promise.all([
        waited.length ? read.find(TASKS, { where: { id: { in: waited } } }) : [],
        ready({ ...task, state: 'open' }) ? callingOf(read, ctx, task) : undefined,
        read.texts([task.titleRef]),
        into?.conversation ? read.get(CONVERSATIONS, into.conversation) : undefined,
      ]);
      const rising = task.state === 'dropped' ? await risingOf(read, ctx, await fallenParts(read, task)) : undefined;
      if (!task.due) return { ...known, calling, titles, into, talk, dependents, rising };
      const hours = await hoursAmong(read, [task.assignee, ctx.actor, ctx.onBehalfOf]);
      return { ...known, calling, titles, into, talk, dependents, rising, dueAt: nextDueAt(task.due, hours, ctx.at) };
    },
    decide(
      {
        task,
        names,
        calling,
        titles,
        dueAt,
        into,
        talk,
        rising,
        stops,
        asked = [],
        givers = [],
        parts = [],
        dependents = [],
      },
      { note: said, assumptions },
      ctx,
    ) {
      requirePod(ctx);
      if (!from.includes(task.state)) throw new Conflict(refusal(task, endedBy(task, names)));
      if (to !== 'open') refuseWaiting(task, names);
      refuseUnfinished(task, parts.slice(0, MOST_NAMED), parts.length > MOST_NAMED);
      if (to === 'done') refuseUnreviewed(task, ctx, names);
      if (to === 'done') refuseUnpassed(task, stops, ctx, names);
      const assumed = assumedWords(assumptions);
      const note = [said, assumed].filter(Boolean).join(' ') || undefined;
      const noteRef = note ? ctx.text(note) : undefined;
      const assumedRef = assumed ? ctx.text(assumed) : undefined;
      const title = titles?.get(task.titleRef) ?? ERASED;
      const about = { ...task, title, label: task.labels?.titleRef };
      const withNote = noteRef ? { note, noteRef } : {};
      const set = isAgent(task.assignee)
        ? setToWork(ctx, calling, { why: 'reopened', task: about, to: task.assignee, ...withNote })
        : undefined;
      const over = withdrawAll(asked, 'done', ctx.actor);
      const rose = rising && rise(ctx, task, rising);
      const without = listed(unheard(task).map((who) => called(names, who).name));
      const heard = tellGivers(ctx, givers, { why: 'done', task: about, ...withNote, unreviewed: without });
      return {
        changes: [
          {
            v: 1,
            on: 'tasks',
            id: task.id,
            type: 'task_moved',
            state: to,
            ...(noteRef ? { noteRef } : {}),
            ...(assumedRef ? { assumedRef } : {}),
            ...(to === 'open' ? rearmed(task.dueAt, dueAt) : {}),
            ...set?.told,
            ...heard.told,
          },
          ...(to === 'open' ? [...takenOut(task, into, talk), ...passedBack(task, dependents)] : []),
          ...(set?.changes ?? []),
          ...heard.changes,
          ...over.changes,
          ...(rose?.changes ?? []),
        ],
        deliveries: [...(set?.deliveries ?? []), ...heard.deliveries, ...over.deliveries, ...(rose?.deliveries ?? [])],
        result: {
          task: shownTask({ ...task, assumed: assumedRef, state: to }, names),
          ...(rising ? { reopened_parts: reopenedSaid(rising) } : {}),
          ...set?.left,
          ...heard.left,
        },
      };
    },
  });
}

/** More parts are not named in a refusal. */
const MOST_NAMED = 10;

function openParts(read: Reader, task: string): Promise<TaskDoc[]> {
  return read.find(TASKS, {
    where: { parent: task, state: { in: ACTIVE } },
    sort: [['number', 'asc']],
    limit: MOST_NAMED + 1,
  });
}

function endedBy({ doneBy, dropped }: TaskDoc, names: ReadonlyMap<ParticipantId, Named>): string {
  const by = dropped?.by ?? doneBy;
  return by ? `, by ${called(names, by).name}` : '';
}

export const startTask = move({
  name: 'start_task',
  title: 'Start a task',
  description: 'Says that work on a task has begun, as all see on its card.',
  from: ['open'],
  to: 'started',
  refusal: (task, by) => `#${task.number} is ${task.state}${by}; only an open task can be started.`,
});

export const completeTask = move({
  name: 'complete_task',
  title: 'Complete a task',
  description: 'Says that a task is done, after its review: whoever gave it is told.',
  from: ['open', 'started'],
  to: 'done',
  refusal: (task, by) => `#${task.number} already is ${task.state}${by}; reopen_task opens it again.`,
});

export const reopenTask = move({
  name: 'reopen_task',
  title: 'Reopen a task',
  description: 'Opens a task again that was done, dropped or started, or has joined another: whoever has it is told.',
  from: ['done', 'dropped', 'started'],
  to: 'open',
  refusal: (task) => `#${task.number} already is open.`,
});
