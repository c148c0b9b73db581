// A task: work with an assignee, who may be a person or an agent.
import type { BodyRef } from '../../log/body.ts';
import { isPerson, type ParticipantId, type PersonId } from '../../log/participant.ts';
import { type Erased, erasedBy, type Meta, type Own, ref, type ViewDoc } from '../../log/view.ts';

export type TaskState = 'open' | 'started' | 'done';

/** What is still to be done. */
export const ACTIVE: readonly TaskState[] = ['open', 'started'];

export interface TaskDoc extends ViewDoc {
  /** 1, 2, 3 … within the pod; people write `#3`. */
  number: number;
  /** The body that holds its title; empty when it was erased. */
  titleRef: BodyRef | '';
  /** The body that holds the longer text. */
  body?: BodyRef;
  /** The bodies it had before, and those of the notes on its moves: erasing takes them too. */
  earlier?: BodyRef[];
  /** An erased task has a state of its own: what is to be done is found and counted without it. */
  state: TaskState | 'erased';
  assignee?: ParticipantId;
  /** The last day it is wanted, YYYY-MM-DD. */
  due?: string;
  createdBy: ParticipantId;
  createdAt: number;
  conversation?: string;
  /** Members who got a copy of the mail that it came by. */
  followers?: PersonId[];
  /** Its title came with words from outside: data, wherever it is read. */
  outside?: true;
  /** The longer text did. */
  outsideText?: true;
  doneAt?: number;
  erased?: Erased;
}

export const TASKS = ref<TaskDoc>('tasks');

export type TaskChange = { v: 1; on: 'tasks'; id: string } & (
  | {
      type: 'task_created';
      number: number;
      titleRef: BodyRef;
      body?: BodyRef;
      assignee?: ParticipantId;
      due?: string;
      conversation?: string;
      followers?: PersonId[];
      outside?: true;
    }
  | { type: 'task_updated'; titleRef?: BodyRef; body?: BodyRef; due?: string | null }
  | { type: 'task_assigned'; assignee: ParticipantId | null }
  | { type: 'task_moved'; state: TaskState; noteRef?: BodyRef }
  | { type: 'task_erased'; reasonRef?: BodyRef }
);

export function evolveTask(doc: TaskDoc | undefined, change: TaskChange, meta: Meta): Own<TaskDoc> | undefined {
  if (change.type === 'task_created') {
    const { v: _v, on: _on, id: _id, type: _type, ...task } = change;
    const marks = meta.outside ? { outside: true as const, ...(task.body ? { outsideText: true as const } : {}) } : {};
    return { ...task, ...marks, state: 'open', createdBy: meta.actor, createdAt: meta.at };
  }
  if (!doc || (doc.erased && change.type !== 'task_erased')) return doc;
  switch (change.type) {
    case 'task_updated': {
      const { titleRef = doc.titleRef, body = doc.body, due = doc.due } = change;
      const { body: _body, due: _due, outside, outsideText, ...rest } = doc;
      // What a person writes is a person's; what an agent makes of words from outside stays marked.
      const mark = (before: true | undefined, wrote: unknown) =>
        wrote ? (meta.outside ?? (isPerson(meta.actor) ? undefined : before)) : before;
      const [title, text] = [mark(outside, change.titleRef), mark(outsideText, change.body)];
      const kept = { ...(title ? { outside: title } : {}), ...(text ? { outsideText: text } : {}) };
      const replaced = [
        ...(doc.titleRef && titleRef !== doc.titleRef ? [doc.titleRef] : []),
        ...(doc.body && body !== doc.body ? [doc.body] : []),
      ];
      return {
        ...rest,
        ...kept,
        titleRef,
        ...(body ? { body } : {}),
        ...(due ? { due } : {}),
        ...earlier(doc, replaced),
      };
    }
    case 'task_assigned': {
      const { assignee: _assignee, ...rest } = doc;
      return change.assignee ? { ...rest, assignee: change.assignee } : rest;
    }
    case 'task_moved': {
      const { doneAt: _doneAt, ...rest } = doc;
      const done = change.state === 'done' ? { doneAt: meta.at } : {};
      return { ...rest, state: change.state, ...done, ...earlier(doc, change.noteRef ? [change.noteRef] : []) };
    }
    case 'task_erased': {
      const { body: _body, earlier: _earlier, outsideText: _outsideText, ...rest } = doc;
      return { ...rest, state: 'erased', titleRef: '', erased: erasedBy(meta, change.reasonRef, doc.erased) };
    }
    default:
      change satisfies never;
      return doc;
  }
}

function earlier(doc: TaskDoc, more: readonly BodyRef[]): Pick<TaskDoc, 'earlier'> {
  return more.length ? { earlier: [...(doc.earlier ?? []), ...more] } : {};
}
