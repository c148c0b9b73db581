// Parses the element for a task that was assigned to the agent.

export interface Assigned {
  ref: string;
  /** Why the agent was woken. If the due date moved or has come, the agent has nothing to begin. */
  why: string;
  due?: string;
  /** The points at which it waits for a yes. */
  stops: readonly string[];
  /** How its review stands. */
  review?: string;
  /** True if it is a part of another task, which goes on with it. */
  isPart: boolean;
  /** The file that it makes. */
  makes?: string;
}

export interface AssignedWish {
  /** The task's title. Empty if no member wrote it. */
  text: string;
  /** The task's text, which tells more of what is wanted and orders no change of other tasks. */
  more?: string;
  assigned: Assigned;
  from?: string;
  today?: string;
}

/** Returns what the agent says of a task that it gave, and that is done, dropped or with somebody else now. */
export function reportedIn(
  text: string,
  { task = '', why = '', by = 'Somebody', to }: Readonly<Record<string, string>>,
): string {
  const [title = '', ...said] = text.split('\n');
  const note = said.join(' ').replace(/^Said with it: /, '');
  const moved = why === 'done' ? 'has done' : why === 'dropped' ? 'dropped' : undefined;
  const what = moved ? `${by} ${moved} ${task}` : `${by} gave ${task} to ${to ?? 'nobody'}`;
  return `${what}, “${title}”${note ? `: ${note}` : '.'}`;
}

/** `own`: what members wrote, the title in its first line, which is empty if it is from outside. */
export function assignedIn(
  own: string,
  { task = '', why = '', by, due, wants = '', review, part_of }: Readonly<Record<string, string>>,
  today: string | undefined,
): AssignedWish {
  const [title = '', ...rest] = own.split('\n');
  const more = rest.join('\n').trim();
  const points = /checkpoints ([^:]*):/.exec(wants)?.[1] ?? '';
  const stops = [...points.matchAll(/“([^”]+)”/g)].map(([, name = '']) => name);
  const makes = /^It makes the file “([^”]+)”\.$/m.exec(more)?.[1];
  const assigned = {
    ...{ ref: task, why, stops, isPart: part_of !== undefined },
    ...(due ? { due } : {}),
    ...(review ? { review } : {}),
    ...(makes ? { makes } : {}),
  };
  return {
    text: title.trim(),
    ...(more ? { more } : {}),
    assigned,
    ...(by ? { from: by } : {}),
    ...(today ? { today } : {}),
  };
}

/** A task of somebody else that the agent is asked to review. Undefined if it has said it already. */
export function reviewIn(body: string, { task = '', why, review = '' }: Readonly<Record<string, string>>) {
  const asked = why === 'review' && body.includes('\nYou review it: ') && review.startsWith('in review by ');
  return asked ? { text: '', reviewing: task } : undefined;
}
