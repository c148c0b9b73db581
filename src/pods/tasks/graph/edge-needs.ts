// The needs of changes of the graph: a task of a person can begin, or waits for one that will not be done. And the news of
// its parts, for whoever has the whole. Pure.
import type { Need, Needed, NeededOf } from '../../../log/needs/need.ts';
import { isPerson } from '../../../log/participant.ts';
import type { ViewDoc } from '../../../log/view.ts';
import { LOST, PARTS } from '../../needs/need.ts';
import { peopleAmong } from '../giving/givers.ts';
import { TASKS, type TaskDoc } from '../task.ts';
import type { TaskChange } from '../task-change.ts';
import { evolveEdges } from './evolve-edges.ts';
import { blocker, isActive, lost } from './ready.ts';

/** `before`: the task as it was; the part's whole for `part_changed`. */
export function edgeNeeds(change: TaskChange, before: TaskDoc | undefined): Needed[] {
  if (!before) return [];
  switch (change.type) {
    case 'dependencies_changed':
    case 'dependencies_moved': {
      if (!isActive(before) || ('along' in change && change.along)) return [];
      // The actor and the time make no difference to what is waited for.
      const after: TaskDoc = { ...evolveEdges(before, change, NOBODY), ...idsOf(before) };
      return [...begins(before, after), ...settles(before, after), ...asks(after, lostIn(change))];
    }
    case 'task_fell_due':
      // If it waits for one that will not be done, they are asked about it already.
      return change.late && !lost(before).length ? asks(before, true) : [];
    case 'task_updated':
      return before.late && change.due !== undefined && !lost(before).length ? over(before) : [];
    case 'task_assigned': {
      const after = { ...before, assignee: change.assignee ?? undefined } as TaskDoc;
      if (!blocker(before)) return [];
      if (!lost(before).length) return over(before);
      return askedOf(before) === askedOf(after) ? [] : [...over(before), ...asks(after, true)];
    }
    case 'task_moved':
      if (change.state === 'open' && change.along)
        return asks({ ...before, state: 'open' }, change.along.stuck === true);
      if (change.state === 'open' && !isActive(before))
        return asks({ ...before, state: 'open' }, lost({ ...before, state: 'open' }).length > 0);
      return change.state === 'started' || !blocker(before) ? [] : over(before);
    case 'task_erased':
      return blocker(before) ? over(before) : [];
    case 'part_changed': {
      if (!isPerson(before.assignee)) return [];
      const facts = before.conversation ? { conversation: before.conversation } : {};
      const about = { on: PARTS, id: change.part };
      const { became } = change;
      if (became === 'reopened') return [{ settle: { who: before.assignee, about, news: true }, withdrawn: true }];
      return [{ open: { who: before.assignee, reason: 'part', about, became, ...facts } }];
    }
    default:
      return [];
  }
}

const NOBODY = { pod: '', actor: 'skein', at: 0, seq: 0 } as const;

function idsOf({ id, pod, rev, seq }: TaskDoc): ViewDoc {
  return { id, pod, rev, seq };
}

/** It waits for nothing any more. A person is told that they can begin; until then it was only theirs. */
function begins(before: TaskDoc, after: TaskDoc): Needed[] {
  if (!before.waitsFor?.length || after.waitsFor?.length || !isPerson(after.assignee)) return waitsAgain(before, after);
  return [
    { open: { who: after.assignee, reason: 'unblocked', about: { on: TASKS.name, id: after.id }, ...facts(after) } },
  ];
}

/** Notices show that it can't begin, and have no buttons for that. */
function waitsAgain(before: TaskDoc, after: TaskDoc): Needed[] {
  const same = JSON.stringify(before.waitsFor) === JSON.stringify(after.waitsFor);
  return same || !isPerson(after.assignee)
    ? []
    : [{ moved: { who: after.assignee, about: { on: TASKS.name, id: after.id } } }];
}

function settles(before: TaskDoc, after: TaskDoc): Needed[] {
  return blocker(before) && !blocker(after) ? over(before) : [];
}

function over(task: TaskDoc): Needed[] {
  const about = { on: LOST, id: task.id };
  // The owners have it if its person has left the pod.
  return [...new Set<NeededOf>([askedOf(task), 'owners'])].map((who) => ({ settle: { who, about }, withdrawn: true }));
}

function lostIn(change: TaskChange): boolean {
  return change.type === 'dependencies_moved' && change.moved.some(({ dropped, erased }) => dropped || erased);
}

function asks(task: TaskDoc, isLost: boolean): Needed[] {
  if (!isLost) return [];
  return [{ open: { who: askedOf(task), reason: 'stuck', about: { on: LOST, id: task.id }, ...facts(task) } }];
}

/** Returns who says how it goes on: its person, else whoever gave it, else the owners. */
export function askedOf({ assignee, givers, givenBy, createdBy }: TaskDoc): NeededOf {
  if (isPerson(assignee)) return assignee;
  const gave = peopleAmong(givers).at(-1) ?? givenBy;
  return gave ?? (isPerson(createdBy) ? createdBy : 'owners');
}

function facts({ conversation, due }: TaskDoc): Pick<Need, 'conversation' | 'due'> {
  return { ...(conversation ? { conversation } : {}), ...(due ? { due } : {}) };
}
