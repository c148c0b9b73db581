// Due acts of questions: reminders, passing on, and their end.
import { type Due, dueKey } from '../due.ts';
import { QUESTIONS } from './question.ts';

const PAGE = 100;
/** How often to look if none is due soon: a question that was just asked may be the next. */
const LOOK_MS = 60_000;

export const questionsDue: Due = {
  name: 'questions that wait',
  async look(read, now) {
    const first = await read.find(QUESTIONS, { where: { dueAt: { gt: 0 } }, sort: [['dueAt', 'asc']], limit: PAGE });
    const due = first.filter(({ dueAt }) => dueAt <= now);
    const later = first[due.length]?.dueAt ?? now + LOOK_MS;
    return {
      due: due.map(({ pod, id, dueAt }) => ({
        ...{ pod, action: 'question_due', input: { question: id, due: dueAt } },
        key: dueKey(id, dueAt),
      })),
      next: due.length === PAGE ? now : Math.min(later, now + LOOK_MS),
    };
  },
};
