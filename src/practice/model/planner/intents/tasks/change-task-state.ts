// Handles "#3 is done", "start #3", "drop #3: nobody needs it" and "reopen #3: the print was wrong".

import { type Call, type Intent, type Talk, troubleOf, tryCall } from '../../intent.ts';
import { taskIn, taskLine, taskRefs } from '../../task-words.ts';
import { asTitle, isQuestion } from '../../words.ts';

type Change = { tool: string; done: string; words: RegExp };

const changes: readonly Change[] = [
  {
    tool: 'reopen_task',
    done: 'Reopened',
    words: /\b(?:re-?open(?:ed)?|(?:is|are)(?:n['’]t| not) (?:yet )?(?:done|finished|ready|complete)|back to open)\b/i,
  },
  {
    tool: 'drop_task',
    done: 'Dropped',
    words: /\b(?:drop(?:ped)?|cancel(?:led)?|will not be done)\b/i,
  },
  {
    tool: 'complete_task',
    done: 'Done',
    words: /\b(?:done|finish(?:ed)?|completed?|closed?|ready|shipped|resolved|tick off|check off)\b/i,
  },
  {
    tool: 'start_task',
    done: 'Started',
    words: /\b(?:start(?:ed|ing|s)?|begin|began|begun|working on|work on|pick(?:ed|ing)? up|in progress)\b/i,
  },
];

export const changeTaskState: Intent = {
  acts: true,
  hear({ text }) {
    const tasks = taskRefs(text);
    if (tasks.length === 0 || isQuestion(text)) return undefined;
    const change = changes.find(({ words }) => words.test(text));
    return change ? () => changeAll(change, tasks, noteIn(text)) : undefined;
  },
};

function* changeAll({ tool, done }: Change, tasks: readonly string[], note: string | undefined): Talk {
  const withNote = tool === 'drop_task' ? { reason: note ?? 'Somebody asked for it here.' } : wordsFor(tool, note);
  const outcomes = yield tasks.map((task): Call => tryCall(tool, { task, ...withNote }));
  return outcomes
    .map((outcome, index) => {
      const task = taskIn(outcome);
      return troubleOf(outcome) ?? `${done}: ${task ? taskLine(task) : tasks[index]}.`;
    })
    .join('\n');
}

function wordsFor(tool: string, note: string | undefined): { note?: string } {
  return note && tool !== 'start_task' ? { note } : {};
}

function noteIn(text: string): string | undefined {
  const note = /(?:[:–—]|\s-|\bnote:|,?\s+because)\s+(.+)$/is.exec(text)?.[1];
  return note && !/#\d/.test(note) ? asTitle(note) : undefined;
}
