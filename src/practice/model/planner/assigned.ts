// A task that was given to the agent, parsed from its element in the transcript.

export interface Assigned {
  ref: string;
  /** The day moved or has come, so there is nothing to begin. */
  why: string;
  due?: string;
}

export interface AssignedWish {
  /** Its title, then its text. Empty if no member wrote them. */
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
