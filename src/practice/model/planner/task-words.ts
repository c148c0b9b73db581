// Parses the tasks in tool results, and describes them for people.

import { part } from './intent.ts';
import type { Situation } from './situation.ts';
import type { Outcome } from './step.ts';
import { shownDay } from './words.ts';

export interface Task {
  id: string;
  number: number;
  title: string;
  state: 'open' | 'started' | 'done' | 'dropped';
  assignee?: string;
  assigneeName?: string;
  due?: string;
}

/** Returns the tasks to which a text refers, as `#3` or `task 3`. */
export function taskRefs(text: string): string[] {
  const found = [...text.matchAll(/#(\d+)\b|\btasks?\s+(?:no\.?\s*|number\s+)?(\d+)\b/gi)];
  return [...new Set(found.map(([, a, b]) => `#${a ?? b}`))];
}

export function taskLine(task: Task): string {
  const facts = [
    task.state,
    task.assigneeName ?? task.assignee ?? 'nobody yet',
    task.due && `due ${shownDay(task.due)}`,
  ];
  return `#${task.number} ${task.title} (${facts.filter(Boolean).join(', ')})`;
}

export function taskIn(outcome: Outcome): Task | undefined {
  return part<Task>(outcome, 'task');
}

/** True if the text is the full name, the first name or the @handle of a person in the conversation. */
export function isKnownPerson(name: string, { people }: Situation): boolean {
  const wanted = name.toLowerCase();
  return (
    name.startsWith('@') ||
    people.some((person) => person.toLowerCase() === wanted || person.toLowerCase().split(' ')[0] === wanted)
  );
}
