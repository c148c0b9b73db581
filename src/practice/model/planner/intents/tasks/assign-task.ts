// Handles "Assign #3 to Ben", "give #3 to @cleo", "Ben takes #3" and "I'll take #3".

import { call, type Intent, once } from '../../intent.ts';
import { taskIn, taskLine, taskRefs } from '../../task-words.ts';
import { isQuestion, personOf, whoPattern } from '../../words.ts';

const task = '(?:#\\d+|task \\d+)';
const forms = [
  `\\b(?:[Rr]e-?)?(?:[Aa]ssign|[Gg]ive|[Hh]and(?: over)?|[Pp]ass|[Mm]ove|[Hh]and)\\b.*${task}.*?\\b(?:to|for)\\s+(${whoPattern})`,
  `\\b[Gg]ive\\s+(${whoPattern})\\s+${task}`,
  `(?:^|\\s)(I|${whoPattern})(?:['’]ll| will| can|\\s+should)?\\s+(?:takes?|gets?|owns?|does|do|has)\\s+(?:care of\\s+|over\\s+)?${task}`,
  `${task}\\s+(?:is|goes|belongs)\\s+(?:for|to)\\s+(${whoPattern})`,
].map((form) => new RegExp(form, 'u'));

export const assignTask: Intent = {
  acts: true,
  hear(wish) {
    const [ref] = taskRefs(wish.text);
    if (!ref || isQuestion(wish.text)) return undefined;
    const who = forms.map((form) => form.exec(wish.text)?.[1]).find(Boolean);
    if (!who) return undefined;
    const assignee = personOf(who, wish);
    return () =>
      once(call('assign_task', { task: ref, assignee }), (outcome) => {
        const assigned = taskIn(outcome);
        return `Assigned: ${assigned ? taskLine(assigned) : `${ref} to ${assignee}`}.`;
      });
  },
};
