// The needs of a task: it asks its assignee for work, until it is done or has another assignee. Pure.
import type { BodyRef } from '../../log/body.ts';
import type { InPod, Moved, Need, Needed, Reason } from '../../log/needs/need.ts';
import { isPerson, type ParticipantId, type PersonId } from '../../log/participant.ts';
import { stepNeeds } from '../involvement/step-needs.ts';
import { edgeNeeds } from './graph/edge-needs.ts';
import { isActive } from './graph/ready.ts';
import { reviewNeeds } from './review/review-needs.ts';
import type { TaskDoc } from './task.ts';
import type { TaskChange } from './task-change.ts';

type Facts = Pick<Need, 'conversation' | 'due'>;

export function taskNeeds(change: TaskChange, before: TaskDoc | undefined, actor: ParticipantId, pod: InPod): Needed[] {
  const needs = [...workNeeds(change, before), ...edgeNeeds(change, before), ...reviewNeeds(change, before, actor)];
  const told = new Set(needs.flatMap((one) => ('open' in one ? [one.open.who] : [])));
  return [...needs, ...stepNeeds(change, before, pod, told, actor)];
}

function workNeeds(change: TaskChange, before: TaskDoc | undefined): Needed[] {
  const about = { on: 'tasks', id: change.id };
  const ask = (who: string | undefined | null, reason: Reason, { conversation, due }: Facts): Needed[] => {
    if (!who || !isPerson(who)) return [];
    const facts = { ...(conversation ? { conversation } : {}), ...(due ? { due } : {}) };
    return [{ open: { who, reason, about, ...facts } }];
  };
  const toOwners = (left: PersonId, reason: Reason): Needed[] => [
    { settle: { who: left, about }, withdrawn: true },
    ...ask(left, reason, before ?? {}).map((one) =>
      'open' in one ? { open: { ...one.open, who: 'owners' as const, left } } : one,
    ),
  ];
  const moved = (who = before?.assignee): Moved[] => (who && isPerson(who) ? [{ moved: { who, about } }] : []);
  /** An author who opens their own task again is not asked by that: they have it as before. */
  const back = (): Needed[] => moved().map(({ moved: item }) => ({ back: item }));
  /** Their notices show its title, also those that say that it is done. */
  const shownTo = (): Needed[] => {
    const { assignee, createdBy, givenBy } = before ?? {};
    return [...new Set([assignee, createdBy, givenBy])].flatMap((who) => (who ? moved(who) : []));
  };
  const settle = (withdrawn: boolean): Needed[] => {
    // If a task without an assignee falls due, its author gets the open item.
    const who = before?.assignee ?? before?.createdBy;
    if (!who || !isPerson(who)) return [];
    // If its assignee has left the pod, the owners have the open item.
    return [who, 'owners' as const].map((one) => ({
      settle: { who: one, about },
      ...(withdrawn ? { withdrawn } : {}),
    }));
  };
  const returned = ({ assignee, noteRef }: { assignee: string | null; noteRef?: BodyRef }): Needed[] => {
    const who = assignee === null ? ('owners' as const) : isPerson(assignee) ? assignee : undefined;
    const facts = {
      ...(before?.conversation ? { conversation: before.conversation } : {}),
      ...(before?.due ? { due: before.due } : {}),
    };
    return who ? [{ open: { who, reason: 'returned', about, ...facts, ...(noteRef ? { note: noteRef } : {}) } }] : [];
  };
  switch (change.type) {
    case 'task_created':
      return ask(change.assignee, change.repeat ? 'repeated' : 'assigned', change);
    case 'task_assigned':
      return [...settle(true), ...(change.back ? returned(change) : ask(change.assignee, 'assigned', before ?? {}))];
    case 'task_moved':
      if (change.state === 'done') return settle(false);
      if (change.state === 'dropped') return settle(true);
      return change.state === 'open' ? [...back(), ...ask(before?.assignee, 'reopened', before ?? {})] : moved();
    case 'task_updated':
      if (change.due === undefined || (before && !isActive(before))) return [];
      return ask(before?.assignee, 'rescheduled', { ...before, ...dueOf(change.due) });
    case 'task_fell_due': {
      const { assignee, createdBy } = before ?? {};
      if (change.quiet || change.held) return [];
      if (change.left) return toOwners(change.left, change.stage);
      return ask(assignee ?? createdBy, change.stage, before ?? {});
    }
    case 'task_repeated': {
      const { assignee, givenBy, createdBy } = before ?? {};
      if (change.left) return toOwners(change.left, 'repeated');
      return ask(assignee ?? givenBy ?? createdBy, 'repeated', before ?? {});
    }
    case 'task_erased':
      return [...settle(true), ...shownTo()];
    case 'passage_erased':
      return shownTo();
    // review-needs.ts
    case 'review_asked':
    case 'review_moved':
    case 'review_given':
    // edge-needs.ts
    case 'dependencies_changed':
    case 'dependencies_moved':
    case 'part_changed':
    case 'task_followed':
    case 'checkpoint_passed':
    case 'mail_joined':
    case 'mail_parted':
    case 'task_took_in':
    case 'task_gave_up':
    case 'task_attached':
    case 'task_detached':
      return [];
    default:
      change satisfies never;
      return [];
  }
}

function dueOf(due: string | null): Pick<Need, 'due'> {
  return { due: due ?? undefined } as Pick<Need, 'due'>;
}
