// A task: work with an assignee, who may be a person or an agent.
import type { ParticipantId } from '../participant.ts';
import type { Erased, Meta, Own, ViewDoc } from './view.ts';

export type TaskState = 'open' | 'started' | 'done';

export interface TaskDoc extends ViewDoc {
  /** 1, 2, 3 … within the pod; people write `#3`. */
  number: number;
  title: string;
  /** The body that holds the longer text. */
  body?: string;
  /** The bodies it had before: erasing takes them too. */
  earlier?: string[];
  state: TaskState;
  assignee?: ParticipantId;
  /** The last day it is wanted, YYYY-MM-DD. */
  due?: string;
  createdBy: ParticipantId;
  createdAt: number;
  conversation?: string;
  doneAt?: number;
  erased?: Erased;
}

export type TaskChange = { v: 1; on: 'tasks'; id: string } & (
  | {
      type: 'task_created';
      number: number;
      title: string;
      body?: string;
      assignee?: ParticipantId;
      due?: string;
      conversation?: string;
    }
  | { type: 'task_updated'; title?: string; body?: string; due?: string | null }
  | { type: 'task_assigned'; assignee: ParticipantId | null }
  | { type: 'task_moved'; state: TaskState; note?: string }
  | { type: 'task_erased'; reason?: string }
);

export function evolveTask(doc: TaskDoc | undefined, change: TaskChange, meta: Meta): Own<TaskDoc> | undefined {
  if (change.type === 'task_created') {
    const { v: _v, on: _on, id: _id, type: _type, ...task } = change;
    return { ...task, state: 'open', createdBy: meta.actor, createdAt: meta.at };
  }
  if (!doc || doc.erased) return doc;
  switch (change.type) {
    case 'task_updated': {
      const { title = doc.title, body = doc.body, due = doc.due } = change;
      const { body: _body, due: _due, ...rest } = doc;
      const replaced = doc.body && body !== doc.body ? { earlier: [...(doc.earlier ?? []), doc.body] } : {};
      return { ...rest, title, ...(body ? { body } : {}), ...(due ? { due } : {}), ...replaced };
    }
    case 'task_assigned': {
      const { assignee: _assignee, ...rest } = doc;
      return change.assignee ? { ...rest, assignee: change.assignee } : rest;
    }
    case 'task_moved': {
      const { doneAt: _doneAt, ...rest } = doc;
      return { ...rest, state: change.state, ...(change.state === 'done' ? { doneAt: meta.at } : {}) };
    }
    case 'task_erased': {
      const { body: _body, earlier: _earlier, ...rest } = doc;
      const erased = { by: meta.actor, at: meta.at, ...(change.reason ? { reason: change.reason } : {}) };
      return { ...rest, title: 'erased', erased };
    }
    default:
      change satisfies never;
      return doc;
  }
}
