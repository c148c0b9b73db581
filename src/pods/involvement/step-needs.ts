// The steps of a task of which people want to be told, as they said for the task or for its pod. Pure.
import type { InPod, Needed, Step } from '../../log/needs/need.ts';
import { isPerson, type ParticipantId, type PersonId } from '../../log/participant.ts';
import { STEPS } from '../needs/need.ts';
import type { TaskChange, TaskDoc } from '../tasks/task.ts';
import { levelOf, wants } from './level.ts';

/** `told`: the people whom the same change asks for work. They need no second word about it. */
export function stepNeeds(
  change: TaskChange,
  before: TaskDoc | undefined,
  { involved = [], involvement }: InPod,
  told: ReadonlySet<string>,
): Needed[] {
  const step = stepOf(change);
  if (!step) return [];
  const giver = before?.givenBy ?? (change.type === 'task_created' ? change.givenBy : undefined) ?? before?.createdBy;
  const people = [...(before?.involved ?? []), ...involved].map(({ who }) => who);
  const all = new Set<PersonId>([...people, ...(isPerson(giver) && involvement ? [giver] : [])]);
  const conversation = change.type === 'task_created' ? change.conversation : before?.conversation;
  return [...all].flatMap((who): Needed[] => {
    const own = levelOf(before?.involved, who) ?? levelOf(involved, who);
    const level = own ?? (who === giver && involvement ? { level: involvement } : undefined);
    if (!level || told.has(who) || !wants(level, step)) return [];
    const about = { on: STEPS, id: change.id };
    return [{ open: { who, reason: 'step', step, about, ...(conversation ? { conversation } : {}) } }];
  });
}

/** The people who said that they want to know nothing of the task. Digests leave it out for them. */
export function leavesOut({ involved = [] }: Pick<TaskDoc, 'involved'>): ParticipantId[] {
  return involved.flatMap(({ who, level }) => (level === 'none' ? [who] : []));
}

function stepOf(change: TaskChange): Step | undefined {
  switch (change.type) {
    case 'task_created':
      return 'created';
    case 'task_assigned':
      return 'assigned';
    case 'task_updated':
      return 'changed';
    case 'task_moved':
      return change.state === 'done' ? 'finished' : change.state === 'started' ? 'started' : 'reopened';
    case 'task_fell_due':
      return change.stage === 'overdue' && !change.quiet ? 'overdue' : undefined;
    case 'passage_erased':
    case 'task_erased':
    case 'task_followed':
      return undefined;
    default:
      change satisfies never;
      return undefined;
  }
}
