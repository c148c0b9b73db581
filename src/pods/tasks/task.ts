// A task: work with an assignee, who may be a person or an agent.
import type { BodyRef } from '../../log/body.ts';
import { type Labels, passedOn } from '../../log/labels/label.ts';
import type { AgentId, ParticipantId, PersonId } from '../../log/participant.ts';
import { type Erased, ref, type ViewDoc } from '../../log/view.ts';
import type { Involved } from '../involvement/level.ts';
import type { SpokenDay } from '../spoken-day.ts';
import type { Giver } from './giving/givers.ts';
import type { Dropped, Waiting } from './graph/edge.ts';
import type { Review } from './review/review.ts';

/** `dropped`: it will not be done, and nobody works on it. */
export type TaskState = 'open' | 'started' | 'done' | 'dropped';

export const ACTIVE: readonly TaskState[] = ['open', 'started'];

export interface TaskDoc extends ViewDoc {
  /** The number of the task: 1, 2, 3 … within the pod. People write `#3`. */
  number: number;
  /** The body of its title; empty after an erasure. */
  titleRef: BodyRef | '';
  /** The body of its description, the longer text. */
  body?: BodyRef;
  /** The bodies of earlier texts and of notes on its moves. They are erased together with the task. */
  earlier?: BodyRef[];
  /** `erased` is a state, so that queries and counts of unfinished tasks leave it out. */
  state: TaskState | 'erased';
  assignee?: ParticipantId;
  /** The due day, YYYY-MM-DD. The task may still be done on that day. */
  due?: string;
  /**
   * When the task next falls due, in milliseconds since 1970, by the assignee's time zone. Absent once both times have
   * passed.
   */
  dueAt?: number;
  /** The day by which the sender of the mail wants it, in their own words. It is proposed to them, and binds nobody. */
  proposed?: SpokenDay;
  /** Set if its day came before its agent could begin. Somebody is asked then, until they change something or it can. */
  late?: true;
  /** The agents from which others took the task, each with the number of that commit. */
  taken?: { from: AgentId; seq: number }[];
  createdBy: ParticipantId;
  /** Those who last changed its title and its text. Absent for a text that is still its author's. */
  editedBy?: { titleRef?: ParticipantId; body?: ParticipantId };
  /** The person for whom an agent created the task. */
  givenBy?: PersonId;
  /** Those who gave it to somebody else, the oldest first: they hear of its end. Absent for tasks of earlier versions. */
  givers?: Giver[];
  /** The givers who neither created it nor had it created, indexed so that they find it. Absent if there are none. */
  gave?: ParticipantId[];
  /** When it was last given to somebody, in milliseconds since 1970. Absent until it is given on. */
  givenAt?: number;
  /** The messages that told agents in their own conversations what became of it. They contain its title. */
  reports?: TaskLine[];
  /** The people who said how closely they stay with it. */
  involved?: Involved[];
  createdAt: number;
  conversation?: string;
  /** The task lines in conversations. They contain its title. The first one is the card of the task. */
  lines?: TaskLine[];
  /** The line of another task whose post shows this one too. Absent: the first of `lines` is its card. */
  card?: TaskLine;
  /** The members who got a copy of the mail that became this task, and those who forwarded the same mail. */
  followers?: PersonId[];
  /** Fingerprints of what others wrote in the mail. A mail with one of them joins the task while it is not done. */
  sources?: string[];
  /** The ids of the files that are attached to it, the oldest first. */
  files?: string[];
  labels?: TaskLabels;
  /** The repeat that made it. Absent for the first task of a repeat. */
  repeat?: string;
  /** The workflow that was started, if it is the whole of one. */
  workflow?: string;
  /** Set if it has joined another task: that task, its number, and what went along. It is done then. */
  merged?: Merged;
  /** The body of what its agent took for granted instead of asking. Set while it is done. */
  assumed?: BodyRef;
  /** The ids of the tasks that have to be done before it, the oldest first. */
  dependsOn?: string[];
  /** Those of `dependsOn` that are not done. Absent: it waits for none, and can begin (graph/ready.ts). */
  waitsFor?: Waiting[];
  /** The dependencies whose end has woken its agent since a person last changed the graph here. */
  freedBy?: string[];
  /** The task that it is a part of, and its number. */
  parent?: string;
  parentNumber?: number;
  /** Its reviewers, and what they have said. */
  review?: Review;
  /** Set if it is dropped. */
  dropped?: Dropped;
  /** The newest change that somebody made to it. Absent before the first, and on tasks that were not changed since 0.1.0. */
  last?: LastChange;
  doneAt?: number;
  /** The participant who marked it done. Absent for tasks of Skein 0.1.0. */
  doneBy?: ParticipantId;
  erased?: Erased;
}

/**
 * `into`: the id of the task that goes on. `followers`, `files`: those that it has only because of the merging. `dependents`:
 * the tasks that waited for this one, and wait for the other one since.
 */
export interface Merged {
  into: string;
  number: number;
  followers: PersonId[];
  files: string[];
  dependents?: string[];
}

/** `seq`: the number of its commit. `at`: in milliseconds since 1970. */
export type LastChange = { by: ParticipantId; at: number; seq: number } & (
  | { did: 'moved'; to: TaskState; state: TaskState }
  | { did: 'assigned'; assignee: ParticipantId | null }
  | { did: 'due'; due: string | null }
  /** A change that has no opposite. */
  | { did: 'other' }
);

/** The most files of one task. */
export const MOST_FILES = 50;

/** The most fingerprints of one task. */
export const MOST_SOURCES = 50;

/** A message with a task line about the task. */
export interface TaskLine {
  message: string;
  conversation: string;
}

export type TaskLabels = Labels<'titleRef' | 'body' | 'assumed'>;

export const TASKS = ref<TaskDoc>('tasks', (doc) => upcastTask(doc, doc.createdBy));

/**
 * Converts a task of Skein 0.1.0, which stored `outside: true` for its title and `outsideText: true` for its
 * description.
 */
export function upcastTask<T extends object>(task: T, by: ParticipantId): T {
  const { outside, outsideText, ...rest } = task as T & { outside?: true; outsideText?: true };
  if (!outside && !outsideText) return task;
  const labels = { ...(outside ? { titleRef: passedOn(by) } : {}), ...(outsideText ? { body: passedOn(by) } : {}) };
  return { ...rest, labels } as unknown as T;
}
