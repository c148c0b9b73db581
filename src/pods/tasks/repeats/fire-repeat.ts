// fire_repeat (Skein's own): a day of a repeat has come. Makes its next task, or joins the day to the one that is still open.
import { z } from 'zod';
import { Conflict } from '../../../errors.ts';
import type { Reader } from '../../../log/action.ts';
import { isPerson, type ParticipantId } from '../../../log/participant.ts';
import { action, type Ctx, type Decision } from '../../action.ts';
import { MEMBERS, memberId } from '../../members/member.ts';
import type { PodDoc } from '../../pod/pod.ts';
import { requirePod } from '../../require.ts';
import { type AgainFacts, againFacts, hasOpenParts, startedAgain } from '../../workflows/start-again.ts';
import { ACTIVE, TASKS, type TaskDoc } from '../task.ts';
import { type JoinFacts, joined, joinFacts } from './join-day.ts';
import { type MadeFacts, madeAgain, madeFacts } from './make-again.ts';
import { lastOccurrence, nextOccurrence } from './next-occurrence.ts';
import { MOST_JOINED, REPEATS, type RepeatChange, type RepeatDoc } from './repeat.ts';

export const fireRepeat = action({
  name: 'fire_repeat',
  title: 'Come again',
  description: 'Lets a task that repeats come again.',
  input: z.strictObject({ repeat: z.string(), dueAt: z.number() }),
  effect: 'write',
  internal: true,
  allow: (_view, _input, ctx) => ctx.role === 'skein' || 'Only Skein looks at the clock.',
  load: loaded,
  decide(view, { dueAt }, ctx): Decision<{ came?: number; joined?: number }> {
    const { repeat, task } = view;
    const pod = requirePod(ctx, { archived: true });
    if (repeat?.dueAt === undefined || repeat.dueAt !== dueAt) throw new Conflict('This repeat does not come now.');
    const about = { v: 1, on: 'repeats', id: repeat.id, task: repeat.task } as const;
    // Another process's clock may be ahead: what has come does not come again.
    const next = { dueAt: nextOccurrence(repeat.rule, Math.max(ctx.at, dueAt)).at };
    const only = (...changes: RepeatChange[]) => ({ changes, deliveries: [], result: {} });
    if (pod.state === 'archived') return only({ ...about, type: 'repeat_passed', ...next });
    if (!task) return only({ ...about, type: 'repeat_ended', why: 'erased' });
    if (view.owner === 'left')
      return only(
        repeat.asked === 'left'
          ? { ...about, type: 'repeat_passed', ...next }
          : { ...about, type: 'repeat_asked', who: 'owners', why: 'left', ...next },
      );
    if (!view.made && !view.again) return joins(ctx, view, { repeat, task, about, next });
    if (view.again) return startsAgain(ctx, pod, view.again, { repeat, task, about, next });
    if (!view.made) throw new Conflict('This repeat does not come now.');
    const made = madeAgain(ctx, pod, { repeat, before: task, day: cameOn(repeat, dueAt, ctx), facts: view.made });
    const left = view.made.here || !isPerson(repeat.assignee) ? {} : { left: repeat.assignee };
    const change = { ...about, task: made.id, type: 'repeat_came', number: made.number, ...next, ...left } as const;
    return { changes: [...made.changes, change], deliveries: made.deliveries, result: { came: made.number } };
  },
});

/** The newest task is not done: this day joins it, and after several in a row the owner of the repeat is asked. */
function joins(
  ctx: Ctx,
  view: View,
  {
    repeat,
    task,
    about,
    next,
  }: {
    repeat: RepeatDoc;
    task: TaskDoc;
    about: About;
    next: { dueAt: number };
  },
): Decision<{ joined?: number }> {
  if (repeat.state === 'asked' || !view.join)
    return { changes: [{ ...about, type: 'repeat_passed', ...next }], deliveries: [], result: {} };
  const day = joined(ctx, { repeat, task, facts: view.join });
  const asks = repeat.joined + 1 >= MOST_JOINED;
  const who = repeat.owner ?? ('owners' as const);
  return {
    changes: [
      ...day.changes,
      { ...about, type: 'repeat_joined', ...next },
      ...(asks ? [{ ...about, type: 'repeat_asked' as const, who, why: 'open' as const, ...next }] : []),
    ],
    deliveries: day.deliveries,
    result: { joined: task.number },
  };
}

/** The workflow is started anew. Its whole may be open although all of its parts are done: then it is done, too. */
function startsAgain(
  ctx: Ctx,
  pod: PodDoc,
  { facts, left }: AgainFacts,
  { repeat, task, about, next }: { repeat: RepeatDoc; task: TaskDoc; about: About; next: { dueAt: number } },
): Decision<{ came: number }> {
  const { whole, changes, deliveries } = startedAgain(ctx, pod, { repeat, facts });
  const came = { ...about, type: 'repeat_came', task: whole.id, number: whole.number, ...next } as const;
  const ends = ACTIVE.some((state) => state === task.state);
  return {
    changes: [
      ...(ends
        ? [{ v: 1 as const, on: 'tasks' as const, id: task.id, type: 'task_moved' as const, state: 'done' as const }]
        : []),
      ...changes,
      { ...came, ...(left ? { left } : {}) },
    ],
    deliveries,
    result: { came: whole.number },
  };
}

interface About {
  v: 1;
  on: 'repeats';
  id: string;
  task: string;
}

interface View {
  repeat: RepeatDoc | undefined;
  /** Absent if it was erased. */
  task: TaskDoc | undefined;
  owner: 'here' | 'left';
  /** The facts for the next task; absent while the newest one is not done. */
  made?: MadeFacts;
  join?: JoinFacts;
  /** Set if it is the whole of a workflow whose parts are done. */
  again?: AgainFacts;
}

/** Returns the local date on which it comes. After a time in which Skein was down that is the last one that was missed. */
function cameOn({ rule }: RepeatDoc, dueAt: number, ctx: Ctx): string {
  const came = lastOccurrence(rule, Math.max(ctx.at, dueAt), dueAt) ?? nextOccurrence(rule, dueAt - 1);
  return came.day;
}

async function loaded(read: Reader, { repeat: id, dueAt }: { repeat: string; dueAt: number }, ctx: Ctx): Promise<View> {
  const repeat = await read.get(REPEATS, id);
  const found = repeat && (await read.get(TASKS, repeat.task));
  const task = found?.erased ? undefined : found;
  if (!repeat || !task) return { repeat, task, owner: 'here' };
  const owner = (await isHere(read, ctx, repeat.owner)) ? 'here' : 'left';
  if (owner === 'left') return { repeat, task, owner };
  const day = cameOn(repeat, dueAt, ctx);
  const again = (await hasOpenParts(read, task))
    ? undefined
    : await againFacts(read, ctx, { repeat, before: task, day });
  if (again) return { repeat, task, owner, again };
  if (ACTIVE.some((state) => state === task.state))
    return { repeat, task, owner, join: await joinFacts(read, ctx, task) };
  const here = await isHere(read, ctx, repeat.assignee);
  return { repeat, task, owner, made: await madeFacts(read, ctx, { repeat, before: task, here }) };
}

async function isHere(read: Reader, { pod }: Ctx, who: ParticipantId | undefined): Promise<boolean> {
  if (!who || !(isPerson(who) || who.startsWith('agent:'))) return true;
  return (await read.get(MEMBERS, memberId(pod, who)))?.state === 'in';
}
