// Makes the tasks of a workflow that is started: one of the whole, and a part of it for each step, with their order. Pure.
import { type Label, versioned } from '../../log/labels/label.ts';
import { type AgentId, isAgent, type ParticipantId, type PersonId } from '../../log/participant.ts';
import type { Ctx } from '../action.ts';
import type { DeliveryWish } from '../deliveries.ts';
import { fileId } from '../files/files.ts';
import type { Change } from '../kinds.ts';
import { addDays } from '../local-time.ts';
import type { PodDoc } from '../pod/pod.ts';
import { nextDueAt } from '../tasks/due/due-moments.ts';
import { giverIn } from '../tasks/giving/givers.ts';
import type { Added } from '../tasks/graph/edge.ts';
import { setToWork } from '../tasks/set-to-work.ts';
import { APART, FIRST_STEP, type StartFacts, stepsOf } from './start-facts.ts';
import { listIn, threadOf } from './start-thread.ts';
import { stepLines } from './start-words.ts';
import type { StartedStep } from './started.ts';
import { ABOUT, filledIn } from './step-fields.ts';
import { fileNameOf } from './step-files.ts';

export interface Start {
  /** The words for which it is started. */
  about: string;
  label?: Label | undefined;
  /** The person for whom it is started, if somebody else does. */
  givenBy?: PersonId | undefined;
  /** The people for whom the agents work. Set if Skein itself starts it. */
  wishers?: { onBehalfOf?: PersonId; heard?: ParticipantId[] } | undefined;
  /** The repeat that starts it. */
  repeat?: string | undefined;
  /** Fingerprints of what others wrote in the mail that starts it. */
  sources?: string[] | undefined;
}

export interface Tasks {
  id: string;
  whole: { id: string; number: number; title: string };
  steps: (StartedStep & { title: string; ready: boolean; assignee: ParticipantId | undefined })[];
  changes: Change[];
  deliveries: DeliveryWish[];
  /** The message that lists the steps. */
  list: string;
  notWoken: string[];
  /** The agents that are woken by the next message of the mail that did this. */
  wakesWith: AgentId[];
}

export function tasksOf(ctx: Ctx, pod: PodDoc, facts: StartFacts, start: Start): Tasks {
  const { name, version, definition, roles, owner, hours, people, callings, day, taken } = facts;
  const { about, label, givenBy, wishers, repeat, sources } = start;
  const number = pod.tasks + 1;
  const whole = { id: ctx.id('t'), number, title: `${definition.title}: ${about}` };
  const ordered = stepsOf(definition);
  const numbers = new Map(
    ordered.map(({ id }, n) => [id, { id: ctx.id('t', FIRST_STEP + n), number: number + 1 + n }]),
  );
  const values = new Map([
    ...[...numbers].map(([id, one]) => [id, `#${one.number}`] as const),
    [ABOUT, about] as const,
  ]);
  const steps = ordered.map((step) => {
    const { id, number: own } = numbers.get(step.id) ?? { id: '', number: 0 };
    const assignee = roles.get(step.who);
    const { reviewers = [], stops = [] } = people.get(step.id) ?? {};
    const file = step.file && fileNameOf(step.file, { day, taken, numbers: { run: whole.number, steps: numbers } });
    return { ...step, own, task: id, title: filledIn(step.task, values), file, assignee, reviewers, stops };
  });
  const thread = threadOf(ctx, pod, facts, { whole, label });
  const id = ctx.id('w');
  const list = listIn(ctx, thread.id, { workflow: id, definition, label, steps: stepLines(steps, numbers) });
  const given = {
    conversation: thread.id,
    ...(givenBy ? { givenBy } : {}),
  };
  const made = steps.map((step, n) => {
    const { task, own, title, assignee, after, file, reviewers, stops, checkpoint } = step;
    const words = [step.text && filledIn(step.text, values), file && `It makes the file “${file}”.`];
    const text = words.filter(Boolean).join('\n\n');
    const due = step.due === undefined ? undefined : addDays(day, step.due);
    const own_hours = assignee && hours.get(assignee.id);
    const dueAt = own_hours && nextDueAt(due, own_hours, ctx.at);
    const waits: Added[] = after.map((one) => ({
      task: numbers.get(one)?.id ?? '',
      number: numbers.get(one)?.number ?? 0,
    }));
    const calling = callings.get(step.id);
    const set =
      calling && isAgent(assignee?.id)
        ? setToWork(
            ctx,
            { ...calling, doc: thread.doc },
            {
              ...{ why: 'given', task: { id: task, number: own, title, label, due }, to: assignee.id },
              ...(wishers ? { wishers } : {}),
            },
            FIRST_STEP + APART * n,
          )
        : undefined;
    const change: Change = {
      ...versioned({ titleRef: label, body: text ? label : undefined }),
      ...{ on: 'tasks', type: 'task_created', id: task, number: own, titleRef: ctx.text(title, label) },
      ...(text ? { body: ctx.text(text, label) } : {}),
      ...(assignee ? { assignee: assignee.id } : {}),
      ...(due ? { due } : {}),
      ...(dueAt === undefined ? {} : { dueAt }),
      ...{ parent: whole.id, parentNumber: number },
      ...(waits.length ? { waits } : {}),
      ...(file ? { files: [fileId(ctx.pod, file)] } : {}),
      ...(reviewers.length ? { reviewers: reviewers.map(({ id }) => id), binding: true } : {}),
      ...(checkpoint && stops.length
        ? { checkpoint: { name: ctx.text(checkpoint.name), who: stops.map(({ id }) => id) } }
        : {}),
      ...giverIn(ctx, assignee?.id),
      ...given,
      ...(set?.told.line ? { line: set.told.line } : {}),
    };
    return { change, set };
  });
  const told = steps.map(
    ({ task }): Change => ({ v: 1, on: 'tasks', id: task, type: 'task_updated', reports: [list.line] }),
  );
  const begun: Change = {
    ...{ v: 1, on: 'startedWorkflows', id, type: 'workflow_started', name, version, definition, task: whole.id },
    roles: Object.fromEntries([...roles].map(([role, one]) => [role, one.id])),
    steps: steps.map(({ id: step, task, own }) => ({ id: step, task, number: own })),
    list: list.line,
  };
  return {
    id,
    whole,
    steps: steps.map(({ id: step, task, own, title, assignee, after }) => ({
      ...{ id: step, task, number: own, title, ready: !after.length, assignee: assignee?.id },
    })),
    changes: [
      ...thread.changes,
      {
        ...versioned({ titleRef: label }),
        ...{
          on: 'tasks',
          type: 'task_created',
          id: whole.id,
          number,
          titleRef: ctx.text(whole.title, label),
          workflow: id,
        },
        ...(owner ? { assignee: owner.id } : {}),
        ...giverIn(ctx, owner?.id),
        ...given,
        line: thread.card,
        ...(repeat ? { repeat } : {}),
        ...(sources ? { sources } : {}),
      },
      ...list.changes,
      ...made.flatMap(({ change, set }) => [change, ...(set?.changes ?? [])]),
      ...told,
      { v: 1, on: 'pods', id: ctx.pod, type: 'task_counted', number: number + steps.length },
      begun,
    ],
    deliveries: [...thread.deliveries, ...list.deliveries, ...made.flatMap(({ set }) => set?.deliveries ?? [])],
    list: list.line.message,
    notWoken: made.flatMap(({ set }) => set?.left.notWoken ?? []),
    wakesWith: made.flatMap(({ set }) => set?.left.wakesWith ?? []),
  };
}
