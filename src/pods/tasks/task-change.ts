// The changes of a task.
import type { BodyRef } from '../../log/body.ts';
import type { ParticipantId, PersonId } from '../../log/participant.ts';
import type { Said } from '../involvement/level.ts';
import type { SpokenDay } from '../spoken-day.ts';
import type { Giving } from './giving/givers.ts';
import type { Added, Along, EdgeChange } from './graph/edge.ts';
import type { ReviewChange } from './review/review.ts';
import type { Merged, TaskLabels, TaskLine, TaskState } from './task.ts';

/**
 * `conversation`: the conversation that was opened for the task. `dueAt`: when the task next falls due; null: never.
 * `reports`: the messages that tell agents what became of it. `card`: the line of the task whose post it joins.
 */
export interface WithLine {
  conversation?: string;
  line?: TaskLine;
  card?: TaskLine;
  reports?: TaskLine[];
  dueAt?: number | null;
}

/** `back`: in `task_assigned`, the assignee gives it back to whoever gave it, or to the owners; `noteRef` says why. */
export type TaskChange = { v: 1 | 2; on: 'tasks'; id: string } & (
  | {
      type: 'task_created';
      number: number;
      titleRef: BodyRef;
      body?: BodyRef;
      assignee?: ParticipantId;
      due?: string;
      proposed?: SpokenDay;
      conversation?: string;
      line?: TaskLine;
      card?: TaskLine;
      dueAt?: number;
      followers?: PersonId[];
      sources?: string[];
      /** The files of the mail that became this task. */
      files?: string[];
      givenBy?: PersonId;
      giver?: Giving;
      labels?: TaskLabels;
      /** The repeat that makes it. */
      repeat?: string;
      /** The workflow that was started, of which it is the whole. */
      workflow?: string;
      reviewers?: ParticipantId[];
      /** Its assignee can't end the review (review/review.ts). */
      binding?: true;
      /** A point at which its agent stops for these people. */
      checkpoint?: { name: BodyRef; who: PersonId[] };
      /** The tasks that it depends on, those that are done too. */
      waits?: Added[];
      /** The task that it is a part of, and its number. */
      parent?: string;
      parentNumber?: number;
    }
  | ({ type: 'task_updated'; titleRef?: BodyRef; body?: BodyRef; due?: string | null } & WithLine)
  | ({
      type: 'task_assigned';
      assignee: ParticipantId | null;
      giver?: Giving;
      noteRef?: BodyRef;
      back?: true;
    } & WithLine)
  /**
   * `merged`: it is done because it has joined another task. `assumedRef`: what was assumed, which `noteRef` says too. `along`: it
   * is dropped, or open again, because its whole is.
   */
  | ({
      type: 'task_moved';
      state: TaskState;
      noteRef?: BodyRef;
      assumedRef?: BodyRef;
      merged?: Merged;
      along?: Along;
    } & WithLine)
  /** Another task has joined it. `from`: its number. `same`: its assignee, who has both, hears of it by the other. */
  | ({
      type: 'task_took_in';
      from: number;
      followers: PersonId[];
      files: string[];
      sources?: string[];
      same?: true;
    } & WithLine)
  /** That task is open again. */
  | { type: 'task_gave_up'; from: number; followers: PersonId[]; files: string[]; same?: true }
  /**
   * `quiet`: set if the pod is archived, so that nobody is told. `left`: the assignee, if they have left the pod. `late`: its
   * agent can't begin, because it waits for others. `held`: its person can't begin either, and what it waits for has a day of its own.
   */
  | ({
      type: 'task_fell_due';
      stage: 'due' | 'overdue';
      quiet?: true;
      left?: PersonId;
      late?: true;
      held?: true;
    } & WithLine)
  /** A day of its repeat has come, and it is not done. `left`: the assignee, if they have left the pod. */
  | ({ type: 'task_repeated'; repeat: string; left?: PersonId } & WithLine)
  | ({ type: 'task_followed' } & Said)
  /** Those who named these points have let its agent go on from there. */
  | { type: 'checkpoint_passed'; names: BodyRef[] }
  /** Somebody forwarded the mail of this task once more. `followers`: who follows it since then. */
  | { type: 'mail_joined'; followers: PersonId[]; sources: string[] }
  /** That mail became a task of its own. `followers`: who followed this one because of it. */
  | { type: 'mail_parted'; followers: PersonId[] }
  /** `nameRef`: the body with the name of the file; empty in the erasure of the file, which takes it away. */
  | { type: 'task_attached'; file: string; nameRef: BodyRef | '' }
  | { type: 'task_detached'; file: string; nameRef: BodyRef | '' }
  | (EdgeChange & WithLine)
  | (ReviewChange & WithLine)
  /** Words that quoted an erased text were taken out of its bodies. */
  | { type: 'passage_erased' }
  | { type: 'task_erased'; reasonRef?: BodyRef }
);
