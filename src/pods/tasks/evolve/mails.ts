// A task after a mail has joined it, or was taken out of it. Pure.
import type { Own } from '../../../log/view.ts';
import { MOST_SOURCES, type TaskDoc } from '../task.ts';
import type { TaskChange } from '../task-change.ts';

export function mailJoined(doc: TaskDoc, change: Extract<TaskChange, { type: 'mail_joined' }>): Own<TaskDoc> {
  const followers = [...new Set([...(doc.followers ?? []), ...change.followers])];
  const sources = [...new Set([...(doc.sources ?? []), ...change.sources])].slice(0, MOST_SOURCES);
  return { ...doc, followers, sources };
}

export function mailParted(doc: TaskDoc, { followers }: Extract<TaskChange, { type: 'mail_parted' }>): Own<TaskDoc> {
  return { ...doc, followers: (doc.followers ?? []).filter((one) => !followers.includes(one)) };
}
