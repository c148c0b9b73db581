// Due acts of questions: reminders, passing on, and their end.
import { type Due, dueKey } from '../../due.ts';
import { QUESTIONS } from '../question.ts';

const PAGE = 100;
/** How often to look if none is due soon: a question that was just asked may be the next. */
const LOOK_MS = 60_000;

export const questionsDue: Due = {
  name: 'questions that wait',
  async look(read, now) {
    const sort = [['dueAt', 'asc']] as const;
    // Only the first question that is due later is read, however many wait.
    const [due, [later]] = await Promise.all([
      read.find(QUESTIONS, { where: { dueAt: { gt: 0, lte: now } }, sort, limit: PAGE }),
      read.find(QUESTIONS, { where: { dueAt: { gt: now } }, sort, limit: 1 }),
    ]);
    return {
      due: due.map(({ pod, id, seq, dueAt }) => ({
        ...{ pod, action: 'question_due', input: { question: id, due: dueAt } },
        key: dueKey({ id, seq }, dueAt),
      })),
      next: due.length === PAGE ? now : Math.min(later?.dueAt ?? now + LOOK_MS, now + LOOK_MS),
    };
  },
};
