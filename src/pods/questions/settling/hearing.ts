// Decides who hears the outcome of a question: whoever has its work by then.
import type { Reader } from '../../../log/action.ts';
import { isAgent } from '../../../log/participant.ts';
import { TASKS, type TaskDoc } from '../../tasks/task.ts';
import type { Hearing, QuestionDoc } from '../question.ts';

/** A question, with the task to which it belongs, or at whose checkpoint it is asked. */
export interface Put {
  question: QuestionDoc;
  task?: TaskDoc | undefined;
}

export async function withTasks(read: Reader, questions: readonly QuestionDoc[]): Promise<Put[]> {
  return Promise.all(
    questions.map(async (question) => {
      const id = question.task ?? question.checkpoint?.task;
      return { question, task: id ? await read.get(TASKS, id) : undefined };
    }),
  );
}

/**
 * Returns the participant who hears the outcome: the assignee of the question's task, or the author of the question. Whoever
 * waits at a checkpoint may not have the task, so that only giving it on changes who hears.
 */
export function hearingOf({ question, task }: Put): Hearing {
  const follows = task && !task.erased && (!question.checkpoint || isGivenOn({ question, task }));
  const holder = follows ? task.assignee : undefined;
  if (!holder || holder === question.by) return { hearer: question.by, hearsIn: question.conversation };
  return { hearer: holder, hearsIn: task?.conversation ?? question.conversation };
}

/** True if the task of a checkpoint was taken from the agent since it asked, and is with another agent. */
export function isGivenOn({ question: { by, posted }, task }: Put): boolean {
  if (!isAgent(task?.assignee) || task.assignee === by) return false;
  return task.taken?.some(({ from, seq }) => from === by && seq > posted) === true;
}
