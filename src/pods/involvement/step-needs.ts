// The steps of a task of which people want to be told, as they said for the task or for its pod. Pure.
import type { InPod, Needed, Step, Subject } from '../../log/needs/need.ts';
import { isAgent, isPerson, type ParticipantId, type PersonId } from '../../log/participant.ts';
import { STEPS } from '../needs/need.ts';
import { peopleAmong } from '../tasks/giving/givers.ts';
import { reviewState, unheard } from '../tasks/review/review-state.ts';
import type { TaskDoc } from '../tasks/task.ts';
import type { TaskChange } from '../tasks/task-change.ts';
import { levelOf, wants } from './level.ts';

/** The steps that end what somebody gave: whoever gave it hears of them without having said so. */
const ENDS: readonly Step[] = ['finished', 'dropped', 'assigned', 'erased'];

/**
 * `told`: the people whom the same change asks for work. They need no second word about it. Whoever gave the task and
 * has another agent than its assignee change it knows that.
 */
export function stepNeeds(
  change: TaskChange,
  before: TaskDoc | undefined,
  { involved = [], involvement }: InPod,
  told: ReadonlySet<string>,
  actor: ParticipantId,
): Needed[] {
  const step = stepOf(change);
  if (!step) return [];
  const givers = giversOf(change, before, involvement !== undefined);
  const people = [...(before?.involved ?? []), ...involved].map(({ who }) => who);
  const conversation = change.type === 'task_created' ? change.conversation : before?.conversation;
  const assignee = asksAssignee(change, step) && isPerson(before?.assignee) ? before?.assignee : undefined;
  const unasked = change.type === 'task_moved' && step === 'finished' && !change.merged ? unaskedOf(before) : [];
  const along = change.type === 'task_moved' ? change.along : undefined;
  // A person with several parts that are dropped with their whole, or opened again with it, hears of that once.
  const about = { on: STEPS, id: along?.task ?? change.id };
  const note = along ? along.noteRef : 'noteRef' in change ? change.noteRef : undefined;
  const all = new Set<PersonId>([...people, ...givers, ...unasked, ...(assignee ? [assignee] : [])]);
  const news = [...all].flatMap((who): Needed[] => {
    const own = levelOf(before?.involved, who) ?? levelOf(involved, who);
    const asGiver = givers.includes(who) && (involvement ? wants({ level: involvement }, step) : ENDS.includes(step));
    if (told.has(who) || !(own ? wants(own, step) : asGiver || who === assignee || unasked.includes(who))) return [];
    const facts = { ...(conversation ? { conversation } : {}), ...(note ? { note } : {}) };
    const theirs = !own && isAgent(actor) && actor !== before?.assignee ? { notForAsker: true as const } : {};
    return [{ open: { who, reason: 'step', step, about, ...facts }, ...theirs }];
  });
  return step === 'reopened' ? [...endsTakenBack(before, about, all), ...news] : news;
}

/** The steps that are not so any more once the task is open again. */
const ENDED: readonly Step[] = ['finished', 'dropped'];

/** Nobody is told any more that it has ended; and a notice that said so says that it was opened again. */
function endsTakenBack(before: TaskDoc | undefined, about: Subject, told: ReadonlySet<PersonId>): Needed[] {
  const unasked = before ? unheard(before) : [];
  const all = new Set([...told, ...[...unasked, before?.assignee].filter(isPerson)]);
  return [...all].map((who) => ({ settle: { who, about, steps: ENDED }, withdrawn: true }));
}

/** Returns the people who were to review it and whom nobody had asked yet: they hear that it ends without them. */
function unaskedOf(before: TaskDoc | undefined): PersonId[] {
  return before && reviewState(before) === 'to_ask' ? unheard(before).filter(isPerson) : [];
}

/** True if whoever has the task is told of the step: it gets a file, joins another task, or is dropped. */
function asksAssignee(change: TaskChange, step: Step): boolean {
  if (change.type === 'task_took_in' || change.type === 'task_gave_up') return !change.same;
  return step === 'attached' || step === 'dropped' || (change.type === 'task_moved' && change.merged !== undefined);
}

/**
 * Returns the people who gave the task, who are told of its end. An agent that gave it is woken itself; its person, and
 * the author of a task that nobody gave, hear of the steps only if the pod says so.
 */
function giversOf(change: TaskChange, before: TaskDoc | undefined, said: boolean): PersonId[] {
  const created = change.type === 'task_created' ? change : undefined;
  const author = before?.givenBy ?? created?.givenBy ?? before?.createdBy;
  return [...peopleAmong(before?.givers), ...(said && isPerson(author) ? [author] : [])];
}

/** The people who said that they want to know nothing of the task. Digests leave it out for them. */
export function leavesOut({ involved = [] }: Pick<TaskDoc, 'involved'>): ParticipantId[] {
  return involved.flatMap(({ who, level }) => (level === 'none' ? [who] : []));
}

const MOVED = { open: 'reopened', started: 'started', done: 'finished', dropped: 'dropped' } as const;

function stepOf(change: TaskChange): Step | undefined {
  switch (change.type) {
    case 'task_created':
      return 'created';
    case 'task_assigned':
      return 'assigned';
    case 'task_updated': {
      // An agent was told that the work on it failed: nobody changed it.
      const { reports, titleRef, body, due } = change;
      return reports && !titleRef && !body && due === undefined ? undefined : 'changed';
    }
    case 'task_moved':
      return MOVED[change.state];
    case 'task_fell_due':
      return change.stage === 'overdue' && !change.quiet ? 'overdue' : undefined;
    case 'task_erased':
      return 'erased';
    case 'task_attached':
      return 'attached';
    case 'task_took_in':
    case 'task_gave_up':
      return 'changed';
    case 'dependencies_changed':
    case 'dependencies_moved':
    case 'part_changed':
    case 'review_asked':
    case 'review_moved':
    case 'review_given':
    case 'passage_erased':
    case 'task_repeated':
    case 'task_detached':
    case 'task_followed':
    case 'checkpoint_passed':
    case 'mail_joined':
    case 'mail_parted':
      return undefined;
    default:
      change satisfies never;
      return undefined;
  }
}
