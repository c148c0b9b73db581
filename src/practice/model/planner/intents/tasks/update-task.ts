// Handles "#3 is due on Friday", "move #3 to next week" and "rename #3 to …".

import { dueIn } from '../../due-date.ts';
import { call, type Intent, once } from '../../intent.ts';
import { taskIn, taskLine, taskRefs } from '../../task-words.ts';
import { asTitle, isQuestion } from '../../words.ts';

export const updateTask: Intent = {
  acts: true,
  hear({ text, today }) {
    const [task] = taskRefs(text);
    if (!task || isQuestion(text)) return undefined;
    const change = changeIn(text, today);
    if (!change) return undefined;
    return () =>
      once(call('update_task', { task, ...change }), (outcome) => {
        const changed = taskIn(outcome);
        return `Changed: ${changed ? taskLine(changed) : task}.`;
      });
  },
};

function changeIn(text: string, today: string | undefined): { title: string } | { due: string } | undefined {
  const title = /\b(?:rename|retitle|call)\b.*?(?:#\d+|task \d+)\s+(?:to|as|:)?\s*(.+)$/is.exec(text)?.[1];
  if (title) return { title: asTitle(title) };
  if (!/\b(?:due|move|postpone|push|reschedule|deadline|delay|shift|bring forward)\b/i.test(text)) return undefined;
  const { due } = dueIn(text.replace(/\bto\b/gi, 'by'), today);
  return due ? { due } : undefined;
}
