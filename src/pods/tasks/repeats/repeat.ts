// A repeat: a task that comes again by the clock. It has at most one task that is not done: a day that comes while the last
// task is still open joins that one.
import type { ParticipantId, PersonId } from '../../../log/participant.ts';
import { type Meta, type Own, ref, type ViewDoc } from '../../../log/view.ts';
import type { Rule } from './rule.ts';

/**
 * `asked`: its owner was asked whether it goes on. It says no more about the open task until then; once that is done, the
 * repeat comes again by itself.
 */
export type RepeatState = 'on' | 'asked' | 'ended';

/** `open`: the newest task was still open on so many of its days. `left`: its owner has left the pod. */
export type AskedWhy = 'open' | 'left';

export interface RepeatDoc extends ViewDoc {
  rule: Rule;
  state: RepeatState;
  asked?: AskedWhy;
  /** The first and the newest of its tasks, and the number of the newest. */
  first: string;
  task: string;
  number: number;
  /** The participant who gets each task. Absent: nobody. */
  assignee?: ParticipantId;
  /** The due day of each task, in days after its start. Absent: it has none. */
  due?: number;
  /** The person who set it, or for whom an agent did. Absent: the owners of the pod. */
  owner?: PersonId;
  /** Other people whose words its author acted on. */
  heard?: ParticipantId[];
  /** How many of its days in a row have joined the newest task. */
  joined: number;
  /** When it comes next, in milliseconds since 1970. Absent once it has ended. */
  dueAt?: number;
}

/** After as many days in a row that joined an open task, its owner is asked whether it goes on. */
export const MOST_JOINED = 3;

export const REPEATS = ref<RepeatDoc>('repeats');

/** The fields that a person sets. Null: nobody, no due day. */
export interface RepeatFacts {
  rule: Rule;
  assignee: ParticipantId | null;
  due: number | null;
  owner?: PersonId;
  heard?: ParticipantId[];
}

/** `task`: its newest task, for the sentence about the change. */
export type RepeatChange = { v: 1; on: 'repeats'; id: string; task: string } & (
  | ({ type: 'repeat_set'; number: number; dueAt: number } & RepeatFacts)
  /** That task is its next one. `left`: who would have it, and has left the pod. */
  | { type: 'repeat_came'; number: number; dueAt: number; left?: PersonId }
  /** Its newest task is still open, so this day has joined it. */
  | { type: 'repeat_joined'; dueAt: number }
  /** Its day came, and nobody is told: its owner is asked already, or the pod is archived. */
  | { type: 'repeat_passed'; dueAt: number }
  | { type: 'repeat_asked'; who: PersonId | 'owners'; why: AskedWhy; dueAt: number }
  /** `owner`: in place of one who has left. */
  | { type: 'repeat_went_on'; dueAt: number; owner?: PersonId }
  /** `erased`: its newest task was erased, so nothing is left to repeat. */
  | { type: 'repeat_ended'; why: 'wish' | 'erased' }
);

export function evolveRepeat(
  doc: RepeatDoc | undefined,
  change: RepeatChange,
  _meta: Meta,
): Own<RepeatDoc> | undefined {
  if (change.type === 'repeat_set') {
    const { rule, task, number, assignee, due, owner, heard, dueAt } = change;
    return {
      ...{ rule, state: 'on', first: doc?.first ?? task, task, number, joined: 0, dueAt },
      ...(assignee ? { assignee } : {}),
      ...(due === null ? {} : { due }),
      ...(owner ? { owner } : {}),
      ...(heard?.length ? { heard } : {}),
    };
  }
  if (!doc) return doc;
  const { asked: _asked, dueAt: _dueAt, ...rest } = doc;
  switch (change.type) {
    case 'repeat_came': {
      const { task, number, dueAt } = change;
      return { ...rest, state: 'on', joined: 0, task, number, dueAt };
    }
    case 'repeat_joined':
      return { ...doc, joined: doc.joined + 1, dueAt: change.dueAt };
    case 'repeat_passed':
      return { ...doc, dueAt: change.dueAt };
    case 'repeat_asked':
      return { ...doc, state: 'asked', asked: change.why, dueAt: change.dueAt };
    case 'repeat_went_on': {
      const { owner, dueAt } = change;
      return { ...rest, state: 'on', joined: 0, dueAt, ...(owner ? { owner } : {}) };
    }
    case 'repeat_ended':
      return { ...rest, state: 'ended' };
    default:
      change satisfies never;
      return doc;
  }
}
