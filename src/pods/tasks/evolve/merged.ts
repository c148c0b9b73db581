// A task after another one has joined it, or has left it again. Pure.
import type { Own } from '../../../log/view.ts';
import { MOST_FILES, MOST_SOURCES, type TaskDoc } from '../task.ts';
import type { TaskChange } from '../task-change.ts';
import { withLines } from './with-lines.ts';

export function tookIn(doc: TaskDoc, change: Extract<TaskChange, { type: 'task_took_in' }>): Own<TaskDoc> {
  const followers = [...new Set([...(doc.followers ?? []), ...change.followers])];
  const files = [...new Set([...(doc.files ?? []), ...change.files])].slice(0, MOST_FILES);
  const sources = [...new Set([...(doc.sources ?? []), ...(change.sources ?? [])])].slice(0, MOST_SOURCES);
  return {
    ...doc,
    ...(followers.length ? { followers } : {}),
    ...(files.length ? { files } : {}),
    ...(sources.length ? { sources } : {}),
    ...withLines(doc, change),
  };
}

export function gaveUp(doc: TaskDoc, change: Extract<TaskChange, { type: 'task_gave_up' }>): Own<TaskDoc> {
  const { files: all = [], ...rest } = doc;
  const files = all.filter((one) => !change.files.includes(one));
  const followers = (doc.followers ?? []).filter((one) => !change.followers.includes(one));
  return { ...rest, followers, ...(files.length ? { files } : {}) };
}
