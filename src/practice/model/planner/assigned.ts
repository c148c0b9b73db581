// Parses the element for a task that was assigned to the agent.

export interface Assigned {
  ref: string;
  /** Why the agent was woken. If the due date moved or has come, the agent has nothing to begin. */
  why: string;
  due?: string;
}

export interface AssignedWish {
  /** The task's title, then its text. Empty if no member wrote them. */
  text: string;
  assigned: Assigned;
  from?: string;
  today?: string;
}

export function assignedIn(
  text: string,
  { task = '', why = '', by, due }: Readonly<Record<string, string>>,
  today: string | undefined,
): AssignedWish {
  const assigned = { ref: task, why, ...(due ? { due } : {}) };
  return { text, assigned, ...(by ? { from: by } : {}), ...(today ? { today } : {}) };
}
