// Parses the element for a task that was assigned to the agent.

export interface Assigned {
  ref: string;
  /** Why the agent was woken. If the due date moved or has come, the agent has nothing to begin. */
  why: string;
  due?: string;
  /** The points at which it waits for a yes. */
  stops: readonly string[];
}

export interface AssignedWish {
  /** The task's title, then its text. Empty if no member wrote them. */
  text: string;
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

export function assignedIn(
  text: string,
  { task = '', why = '', by, due, wants = '' }: Readonly<Record<string, string>>,
  today: string | undefined,
): AssignedWish {
  const points = /checkpoints ([^:]*):/.exec(wants)?.[1] ?? '';
  const stops = [...points.matchAll(/“([^”]+)”/g)].map(([, name = '']) => name);
  const assigned = { ref: task, why, stops, ...(due ? { due } : {}) };
  return { text, assigned, ...(by ? { from: by } : {}), ...(today ? { today } : {}) };
}
