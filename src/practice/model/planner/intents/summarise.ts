// Handles "Sum up this thread", "what happened here?" and "catch me up".

import { type Intent, list, part, type Talk, troubleOf, tryCall } from '../intent.ts';
import { type Task, taskLine } from '../task-words.ts';
import { count, quoted, shortened, shownTime } from '../words.ts';
import { podsMeant, readsAllPods } from './pods/pods.ts';

const wanted =
  /\b(?:summari[sz]e|summary|sum (?:\w+ )?up|recap|tl;?dr|catch (?:me|us) up|bring (?:me|us) up to (?:speed|date)|what(?:['’]s| has| have| did)? (?:i |we )?(?:been )?(?:happen(?:ed|s|ing)?|going on|new|changed|miss(?:ed)?)|(?:pod |the )?history)\b/i;
const wholePod = /\b(?:pod|everything|week|today|yesterday|changed|new|happen\w*|history|going on|miss(?:ed)?)\b/i;
const thread = /\b(?:thread|conversation|discussion|chat)\b/i;
/** The most lines that are shown. The newest are shown, because people ask after an absence. */
const mostLines = 20;

export const summarise: Intent = {
  hear({ text }, situation) {
    if (!wanted.test(text)) return undefined;
    if (thread.test(text)) return sumUpThread;
    if (readsAllPods(situation)) return () => sumUpPods(text);
    return wholePod.test(text) ? sumUpPod : sumUpThread;
  },
};

export interface Said {
  id: string;
  from?: string;
  at?: string;
  text: string;
}

function* sumUpThread(): Talk {
  const [outcome] = yield [{ tool: 'read_conversation', input: {} }];
  const messages = list<Said>(outcome, 'messages');
  if (messages.length === 0) return 'Nothing has been said in this conversation yet.';
  const people = [...new Set(messages.flatMap(({ from }) => from ?? []))];
  const title = part<{ title?: string }>(outcome, 'conversation')?.title;
  return [
    `${title ? `"${title}"` : 'This conversation'}: ${count(messages.length, 'message')} from ${people.join(', ') || 'nobody named'}.`,
    ...messages.slice(-mostLines).map(saidLine),
  ].join('\n');
}

export function saidLine({ from, text }: Said): string {
  return `- ${from ? `${from}: ` : ''}${quoted(text, 200)}`;
}

/** Sums up several pods, by the newest lines of each. */
function* sumUpPods(text: string): Talk {
  const pods = yield* podsMeant(text);
  if (!pods.length) return 'You are in no other pod yet.';
  const pasts = yield pods.map(({ id }) => tryCall('pod_history', { pod: id }));
  const most = Math.max(5, Math.floor(mostLines / pods.length));
  const parts = pods.map(({ name }, n) => {
    const lines = historyLines(list<Event>(pasts[n], 'history'), most);
    return [`What happened in ${name}:`, ...(lines.length ? lines : ['- nothing yet'])].join('\n');
  });
  return parts.join('\n\n');
}

interface Event {
  at?: string;
  text: string;
}

function historyLines(history: readonly Event[], most: number): string[] {
  return history.slice(-most).map(({ at, text }) => `- ${at ? `${shownTime(at)}: ` : ''}${shortened(text, 200)}`);
}

function* sumUpPod(): Talk {
  const [past, open] = yield [tryCall('pod_history'), tryCall('list_tasks', { state: 'active' })];
  if (past && past.kind !== 'ok') return troubleOf(past) ?? '';
  const history = list<Event>(past, 'history');
  const tasks = list<Task>(open, 'tasks');
  if (history.length === 0) return 'Nothing has happened in this pod yet.';
  const lines = historyLines(history, mostLines);
  const left = tasks.length > 0 ? ['', 'Still open:', ...tasks.map((task) => `- ${taskLine(task)}`)] : [];
  return [`What happened in this pod (${count(history.length, 'entry', 'entries')}):`, ...lines, ...left].join('\n');
}
