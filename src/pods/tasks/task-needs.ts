// The needs of a task: it asks its assignee for work, until it is done or has another assignee. Pure.
import type { Need, Needed, Reason } from '../../log/needs/need.ts';
import { isPerson } from '../../log/participant.ts';
import type { TaskChange, TaskDoc } from './task.ts';

type Facts = Pick<Need, 'conversation' | 'due'>;

export function taskNeeds(change: TaskChange, before: TaskDoc | undefined): Needed[] {
  const about = { on: 'tasks', id: change.id };
  const ask = (who: string | undefined | null, reason: Reason, { conversation, due }: Facts): Needed[] => {
    if (!who || !isPerson(who)) return [];
    const facts = { ...(conversation ? { conversation } : {}), ...(due ? { due } : {}) };
    return [{ open: { who, reason, about, ...facts } }];
  };
  const moved = (who = before?.assignee): Needed[] => (who && isPerson(who) ? [{ moved: { who, about } }] : []);
  const settle = (withdrawn: boolean): Needed[] => {
    // If a task without an assignee falls due, its author gets the open item.
    const who = before?.assignee ?? before?.createdBy;
    return who && isPerson(who) ? [{ settle: { who, about }, ...(withdrawn ? { withdrawn } : {}) }] : [];
  };
  switch (change.type) {
    case 'task_created':
      return ask(change.assignee, 'assigned', change);
    case 'task_assigned':
      return [...settle(true), ...ask(change.assignee, 'assigned', before ?? {})];
    case 'task_moved':
      if (change.state === 'done') return settle(false);
      return change.state === 'open' ? ask(before?.assignee, 'reopened', before ?? {}) : moved();
    case 'task_updated':
      if (change.due === undefined || before?.state === 'done') return [];
      return ask(before?.assignee, 'rescheduled', { ...before, ...dueOf(change.due) });
    case 'task_fell_due': {
      const { assignee, createdBy } = before ?? {};
      return change.quiet ? [] : ask(assignee ?? createdBy, change.stage, before ?? {});
    }
    case 'task_erased':
      return settle(true);
    default:
      change satisfies never;
      return [];
  }
}

function dueOf(due: string | null): Pick<Need, 'due'> {
  return { due: due ?? undefined } as Pick<Need, 'due'>;
}
