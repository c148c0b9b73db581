// Decides who hears the outcome of a question: whoever has its work by then.
import type { Reader } from '../../../log/action.ts';
import { TASKS, type TaskDoc } from '../../tasks/task.ts';
import type { Hearing, QuestionDoc } from '../question.ts';

/** A question, with the task to which it belongs. */
export interface Put {
  question: QuestionDoc;
  task?: TaskDoc | undefined;
}

export async function withTasks(read: Reader, questions: readonly QuestionDoc[]): Promise<Put[]> {
  return Promise.all(
    questions.map(async (question) => ({
      question,
      task: question.task ? await read.get(TASKS, question.task) : undefined,
    })),
  );
}

/** Returns the participant who hears the outcome: the assignee of the question's task, or the author of the question. */
export function hearingOf({ question, task }: Put): Hearing {
  const holder = task && !task.erased ? task.assignee : undefined;
  if (!holder || holder === question.by) return { hearer: question.by, hearsIn: question.conversation };
  return { hearer: holder, hearsIn: task?.conversation ?? question.conversation };
}
