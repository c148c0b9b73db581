// The actions of the model. Each decision depends on what was read, so that one on a stale view shows on the log.

import { z } from 'zod';
import { Conflict, NotFound } from '../../src/errors.ts';
import type { Reader } from '../../src/log/action.ts';
import { type AnyAction, action, type Ctx } from '../../src/pods/action.ts';
import { CONVERSATIONS } from '../../src/pods/conversations/conversation.ts';
import type { Change } from '../../src/pods/kinds.ts';
import { NOTES } from '../../src/pods/notes/note.ts';
import { createTask } from '../../src/pods/tasks/create-task.ts';
import { completeTask } from '../../src/pods/tasks/move-task.ts';
import { TASKS, type TaskDoc } from '../../src/pods/tasks/task.ts';

/** The text of every note. It exists before the first history. */
export const NOTE_BODY = 'b_note';
const common = { title: 'Of the model', description: 'For the model.', effect: 'write' } as const;
const place = { place: { kind: 'none' as const }, placeKey: '' };

const open = action({
  ...common,
  name: 'open',
  input: z.strictObject({}),
  load: async () => undefined,
  decide(_view, _input, ctx) {
    if (ctx.podDoc) throw new Conflict('It is open.');
    const task = (number: number): Change => {
      const titleRef = `b_task ${number}` as const;
      return { v: 1, on: 'tasks', id: `${ctx.pod}/t${number}`, type: 'task_created', number, titleRef };
    };
    const created = { name: ctx.pod, purpose: '', ...place, direct: false };
    return {
      changes: [
        { v: 1, on: 'pods', id: ctx.pod, type: 'pod_created', ...created },
        { v: 1, on: 'pods', id: ctx.pod, type: 'task_counted', number: 2 },
        task(1),
        task(2),
        { v: 1, on: 'conversations', id: `${ctx.pod}/c`, type: 'conversation_started', ...place },
      ],
      result: { open: ctx.pod },
    };
  },
});

async function taskOf(read: Reader, ctx: Ctx, number: number): Promise<TaskDoc> {
  const task = await read.get(TASKS, `${ctx.pod}/t${number}`);
  if (!task) throw new NotFound(`There is no task ${number}.`);
  return task;
}

/** Titles without bodies, which show on which title a decision was made. */
const titled = ({ id }: TaskDoc, title: string): Change => {
  return { v: 1, on: 'tasks', id, type: 'task_updated', titleRef: `b_${title.replace(/^b_/, '')}` };
};

/** One change to one document. */
const rename = action({
  ...common,
  name: 'rename',
  input: z.strictObject({ task: z.int(), word: z.string() }),
  load: (read, { task }, ctx) => taskOf(read, ctx, task),
  decide(task, { word }) {
    const title = `${task.titleRef} ${word}`;
    return { changes: [titled(task, title)], result: { title } };
  },
});

/** Two changes to one document. */
const hand = action({
  ...common,
  name: 'hand',
  input: z.strictObject({ task: z.int(), to: z.string() }),
  load: (read, { task }, ctx) => taskOf(read, ctx, task),
  decide(task, { to }) {
    const assigned: Change = { v: 1, on: 'tasks', id: task.id, type: 'task_assigned', assignee: `person:${to}` };
    return { changes: [titled(task, `${task.titleRef} >${to}`), assigned], result: { from: task.assignee ?? null } };
  },
});

/** Changes two documents, each depending on the other. */
const swap = action({
  ...common,
  name: 'swap',
  input: z.strictObject({}),
  load: async (read, _input, ctx) => [await taskOf(read, ctx, 1), await taskOf(read, ctx, 2)] as const,
  decide: ([one, two]) => ({
    changes: [titled(one, two.titleRef), titled(two, one.titleRef)],
    result: { one: two.titleRef },
  }),
});

/** A change that increments a counter, so that folding it twice shows, with a delivery. */
const say = action({
  ...common,
  name: 'say',
  input: z.strictObject({ to: z.string() }),
  load: (read, _input, ctx) => read.get(CONVERSATIONS, `${ctx.pod}/c`),
  decide(talk, { to }, ctx) {
    if (!talk) throw new NotFound('There is nobody to talk to.');
    const agent = `agent:${to}` as const;
    const added: Change = {
      v: 1,
      on: 'conversations',
      id: talk.id,
      type: 'message_added',
      by: ctx.actor,
      addressed: [agent],
    };
    return {
      changes: [added],
      deliveries: [
        { kind: 'post', conversation: talk.id, message: ctx.id('m') },
        { kind: 'wake', agent, conversation: talk.id, because: ctx.key },
      ],
      result: { nth: talk.messages + 1 },
    };
  },
});

const noteInput = z.strictObject({ note: z.string() });
const noteOf = (read: Reader, ctx: Ctx, note: string) => read.get(NOTES, `${ctx.pod}/${note}`);

/** Creates a document, also one that was removed before. */
const keep = action({
  ...common,
  name: 'keep',
  input: noteInput,
  load: (read, { note }, ctx) => noteOf(read, ctx, note),
  decide(found, { note }, ctx) {
    if (found && !found.erased) throw new Conflict('It is kept already.');
    const id = `${ctx.pod}/${note}`;
    const recorded: Change = { v: 1, on: 'notes', id, type: 'note_recorded', kind: 'learning', body: NOTE_BODY };
    return { changes: [recorded], result: { kept: id } };
  },
});

/** Removes a document. */
const drop = action({
  ...common,
  name: 'drop',
  input: noteInput,
  load: (read, { note }, ctx) => noteOf(read, ctx, note),
  decide(found) {
    if (!found || found.erased) throw new NotFound('There is no such note.');
    return {
      changes: [{ v: 1, on: 'notes', id: found.id, type: 'note_erased' }],
      deliveries: [{ kind: 'erase', bodies: [], postings: [found.id], blobs: [], since: 0 }],
      result: { dropped: found.id },
    };
  },
});

const look = action({
  ...common,
  name: 'look',
  effect: 'read',
  input: z.strictObject({ task: z.int() }),
  load: (read, { task }, ctx) => taskOf(read, ctx, task),
  decide: ({ titleRef, state, assignee }) => ({
    changes: [],
    result: { title: titleRef, state, assignee: assignee ?? null },
  }),
});

const all: readonly AnyAction[] = [open, rename, hand, swap, say, keep, drop, look, createTask, completeTask];
export const MODEL_ACTIONS: ReadonlyMap<string, AnyAction> = new Map(all.map((one) => [one.name, one]));
