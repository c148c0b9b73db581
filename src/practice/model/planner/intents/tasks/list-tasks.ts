// Handles "What's open?", "tasks of Ben", "my tasks" and "is #3 done?".

import { call, type Intent, list, once, type Talk, tryCall } from '../../intent.ts';
import { type Task, taskLine, taskRefs } from '../../task-words.ts';
import { isQuestion, personOf, whoPattern } from '../../words.ts';
import { podsMeant, readsAllPods } from '../pods/pods.ts';

const asked = [
  /\b(?:tasks?|to-?dos?|action items?)\b/i,
  /\bwhat(?:['’]s| is| are)?\s+(?:still\s+|else\s+)?(?:is\s+)?(?:open|left|due|pending|outstanding|overdue|unfinished|to do|to be done|in progress)\b/i,
  /^(?:what(?:['’]s| is) the )?status\b|\bwhat (?:should|can|must) (?:i|we) do\b/i,
  /\bwho (?:does|is doing|has|works on) what\b/i,
  /\b(?:have|has|had|got|need|needs) to (?:do|finish)\b|\bon (?:my|whose|\S+['’]s) plate\b|\bworking on\b/i,
];
const owner = [
  `\\b(?:tasks?|to-?dos?)\\s+(?:of|for|from|assigned to)\\s+(${whoPattern})`,
  `(${whoPattern})['’]s?\\s+(?:open\\s+|done\\s+)?(?:tasks?|to-?dos?|plate)`,
  `\\b(my)\\s+(?:open\\s+|done\\s+)?(?:tasks?|to-?dos?|plate)`,
  `\\b(?:does|is|has|did)\\s+(${whoPattern})\\s+(?:have|need|work|still|got|do|doing|finish)`,
  `\\b(?:do|did|have|must|should|am)\\s+(I)\\b`,
].map((form) => new RegExp(form, 'u'));

export const listTasks: Intent = {
  hear(wish, situation) {
    const { text } = wish;
    const refs = taskRefs(text);
    const about = refs.length > 0 && isQuestion(text);
    if (!about && !asked.some((form) => form.test(text))) return undefined;
    const who = owner.map((form) => form.exec(text)?.[1]).find(Boolean);
    const assignee = who && personOf(who, wish);
    const state = about ? 'all' : stateIn(text);
    if (!about && readsAllPods(situation)) return () => inAllPods(text, assignee, state);
    return () =>
      once(call('list_tasks', { ...(assignee && { assignee }), state }), (outcome) => {
        const all = list<Task>(outcome, 'tasks');
        const tasks = about ? all.filter((task) => refs.includes(`#${task.number}`)) : all;
        const whose = assignee ? ` for ${assignee}` : '';
        if (tasks.length === 0)
          return about ? `There is no task ${refs.join(', ')} here.` : `No ${named[state]} tasks${whose}.`;
        return [
          about ? 'It stands so:' : `The ${named[state]} tasks${whose}:`,
          ...tasks.map((task) => `- ${taskLine(task)}`),
        ].join('\n');
      });
  },
};

function* inAllPods(text: string, assignee: string | undefined, state: keyof typeof named): Talk {
  const pods = yield* podsMeant(text);
  const outcomes = pods.length
    ? yield pods.map((pod) => tryCall('list_tasks', { pod: pod.id, ...(assignee && { assignee }), state }))
    : [];
  const lines = pods.flatMap((pod, n) =>
    list<Task>(outcomes[n], 'tasks').map((task) => `- ${pod.name}: ${taskLine(task)}`),
  );
  const whose = assignee ? ` for ${assignee}` : '';
  if (lines.length === 0) return `No ${named[state]} tasks${whose} in your pods.`;
  return [`The ${named[state]} tasks${whose} in your pods:`, ...lines].join('\n');
}

const named = { all: 'known', done: 'finished', started: 'started', active: 'open' } as const;

/** Returns the state in a question. "Open" includes started tasks. */
function stateIn(text: string): keyof typeof named {
  if (/\b(?:all|every)\b/i.test(text)) return 'all';
  if (/\b(?:done|finished|completed|closed)\b/i.test(text)) return 'done';
  return /\b(?:in progress|started|working on|doing)\b/i.test(text) ? 'started' : 'active';
}
