// A task as results show it, and the fields its actions share.
import { z } from 'zod';
import type { Reader } from './action.ts';
import { called, namesOfAll } from './directory.ts';
import type { Named, ParticipantId } from './participant.ts';
import type { TaskDoc } from './views/task.ts';

export const taskInput = z.string().min(1).describe('#number or id');
export const titleInput = z.string().trim().min(1).max(300);
export const dueInput = z.iso.date().describe('The last day, YYYY-MM-DD');
export const textInput = z.string().max(50_000).describe('More about it, Markdown');

export interface ShownTask {
  id: string;
  number: number;
  title: string;
  state: TaskDoc['state'];
  assignee?: ParticipantId;
  assigneeName?: string;
  due?: string;
}

export function shownTask(
  task: Pick<TaskDoc, 'id' | 'number' | 'title' | 'state'> & { assignee?: ParticipantId; due?: string },
  names: ReadonlyMap<ParticipantId, Named>,
): ShownTask {
  const { id, number, title, state, assignee, due } = task;
  return {
    id,
    number,
    title,
    state,
    ...(assignee ? { assignee, assigneeName: called(names, assignee).name } : {}),
    ...(due ? { due } : {}),
  };
}

export async function withNames(read: Reader, task: TaskDoc) {
  return { task, names: await namesOfAll(read, [task.assignee]) };
}
