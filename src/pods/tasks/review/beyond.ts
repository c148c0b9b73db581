// A finding that goes beyond the words of a task is no reason to send it back: it is proposed as a task of its own, which
// nobody has yet. Pure.
import { z } from 'zod';
import { NotAllowed } from '../../../errors.ts';
import { type Said, said } from '../../../log/body.ts';
import { takenIn, versioned } from '../../../log/labels/label.ts';
import type { Ctx } from '../../action.ts';
import type { Change } from '../../kinds.ts';
import { askersOf } from '../../members/rights.ts';
import type { PodDoc } from '../../pod/pod.ts';
import type { TaskDoc } from '../task.ts';
import { titleInput } from '../task-words.ts';

export const beyondInput = z.array(titleInput).max(5).optional().describe('Titles of new tasks, for other findings');

export interface Proposed {
  changes: Change[];
  /** Their numbers and titles. */
  shown: { number: number; title: Said }[];
}

export function proposed(ctx: Ctx, pod: PodDoc, { conversation }: TaskDoc, titles: readonly string[] = []): Proposed {
  if (titles.length && ctx.role === 'guest')
    throw new NotAllowed('A guest makes no tasks. Leave out beyond, and write the findings in the conversation.');
  const [person] = askersOf(ctx);
  const { title: label } = takenIn(ctx);
  const made = titles.map((title, n) => {
    const titleRef = ctx.text(title, label);
    const number = pod.tasks + 1 + n;
    const change: Change = {
      ...versioned({ titleRef: label }),
      ...{ on: 'tasks', type: 'task_created', id: ctx.id('t', n), number, titleRef },
      ...(conversation ? { conversation } : {}),
      ...(person && person !== ctx.actor ? { givenBy: person } : {}),
    };
    const counted: Change = { v: 1, on: 'pods', id: ctx.pod, type: 'task_counted', number };
    return { changes: [change, counted], shown: { number, title: said(titleRef, label) } };
  });
  return { changes: made.flatMap(({ changes }) => changes), shown: made.map(({ shown }) => shown) };
}
