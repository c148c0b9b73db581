// Shows a task in results and lists, and holds the input fields that task actions share.
import { z } from 'zod';
import type { Reader } from '../../log/action.ts';
import { type BodyRef, ERASED, type Said, said } from '../../log/body.ts';
import type { Named, ParticipantId } from '../../log/participant.ts';
import { marked } from '../marked.ts';
import { called, namesOfAll } from '../people/directory.ts';
import { titleOf } from '../people/names.ts';
import { waits } from './graph/ready.ts';
import { waitsWords } from './graph/waits-words.ts';
import { type Progress, progressWords } from './parts/progress.ts';
import { namedIn, reviewWords } from './review/review-words.ts';
import type { TaskDoc } from './task.ts';

/** Describes an input that names a task. Doors that offer choices offer the pod's tasks for it. */
export const TASK_INPUT = '#number or id';
export const TASKS_INPUT = '#numbers or ids';
export const taskInput = z.string().min(1).describe(TASK_INPUT);
export const titleInput = titleOf(300);
export const dueInput = z.iso.date().describe('The last day, YYYY-MM-DD');
export const textInput = z.string().max(50_000).describe('More about it, Markdown');

/**
 * A task in a result. The title is a slot that is filled in for the reader; code outside of results fills it with
 * `worded`.
 */
export interface ShownTask {
  id: string;
  number: number;
  title: Said;
  state: TaskDoc['state'];
  assignee?: ParticipantId;
  assigneeName?: string;
  due?: string;
  /** The sentence about what its agent took for granted. */
  assumed?: Said;
  /** The tasks that have to be done first: “#3 and #7, dropped by Ben Okafor”. Absent if it can begin. */
  waits_for?: string;
  /** How its review stands: “in review by Ben Okafor, round 1 of 3”. Absent if nobody reviews it. */
  review?: string;
  /** How many of its parts are done: “1 of 5 parts done”. Absent if it has none. Lists show it. */
  parts?: string;
  /** Set if no member wrote the title: models get it as data. */
  outside?: true;
}

export function shownTask(
  task: Pick<TaskDoc, 'id' | 'number' | 'titleRef' | 'state'> & {
    [F in 'assignee' | 'due' | 'labels' | 'assumed' | 'waitsFor' | 'review']?: TaskDoc[F] | undefined;
  },
  names: ReadonlyMap<ParticipantId, Named>,
  progress?: Progress,
): ShownTask {
  const { id, number, titleRef, state, assignee, due, labels, assumed } = task;
  const waiting = waits(task);
  const review = reviewWords(task, names);
  return {
    id,
    number,
    title: said(titleRef, labels?.titleRef),
    state,
    ...(assignee ? { assignee, assigneeName: called(names, assignee).name } : {}),
    ...(due ? { due } : {}),
    ...(assumed ? { assumed: said(assumed, labels?.assumed) } : {}),
    ...(waiting.length ? { waits_for: waitsWords(waiting, names) } : {}),
    ...(review ? { review } : {}),
    ...(progress ? { parts: progressWords(progress) } : {}),
    ...marked([labels?.titleRef]),
  };
}

export async function withNames(read: Reader, task: TaskDoc) {
  return {
    task,
    names: await namesOfAll(read, [task.assignee, task.doneBy, task.dropped?.by, ...namedIn(task)]),
  };
}

/** Returns the tasks with their titles, in one read. Used outside of results. */
export async function withTitles<T extends { titleRef: BodyRef | '' }>(
  read: Pick<Reader, 'texts'>,
  tasks: readonly T[],
): Promise<(T & { title: string })[]> {
  const texts = await read.texts(tasks.map((task) => task.titleRef));
  return tasks.map((task) => ({ ...task, title: texts.get(task.titleRef) ?? ERASED }));
}
