// The facts about an open item of which its person could not be told: whose it is, and the number of its task.
import type { Reader } from '../../log/action.ts';
import type { PersonId } from '../../log/participant.ts';
import { called, namesOfAll } from '../people/directory.ts';
import { TASKS } from '../tasks/task.ts';
import { NEEDS, taskOfItem } from './need.ts';

export interface UnreachedFacts {
  people: string;
  /** Absent if the item is about no task. */
  number?: number;
  /** The question, if the item is about one. */
  question?: string;
}

/** Undefined if there is no such item. */
export async function unreachedFacts(read: Reader, id: string, person: PersonId): Promise<UnreachedFacts | undefined> {
  const need = await read.get(NEEDS, id);
  if (!need) return undefined;
  const people = called(await namesOfAll(read, [person]), person).name;
  if (need.about.on === 'questions') return { people, question: need.about.id };
  const about = taskOfItem(need);
  const task = about ? await read.get(TASKS, about) : undefined;
  return task ? { people, number: task.number } : { people };
}
