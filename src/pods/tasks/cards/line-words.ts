// Builds the text of the task line that Skein posts when an agent is set to work on a task. Pure.
import { handleOf } from '../../../log/participant.ts';
import type { Line } from '../../conversations/lines/line.ts';
import { quoted } from '../../history/phrase.ts';
import { shownDay } from '../../local-time.ts';
import type { PartTurn } from '../graph/edge.ts';

export interface LineFacts {
  number: number;
  title: string;
  due?: string | undefined;
  /** The name of the participant who set the agent to work. */
  by: string;
  /** The name of the previous assignee. */
  from?: string | undefined;
  note?: string | undefined;
  /** The name of the new assignee, if the task was passed on. Absent: nobody. */
  next?: string | undefined;
  /** The number of the task that has joined it. */
  other?: number | undefined;
  /** Which dependencies are done, if the task can begin: “#3 and #4 are done”. */
  freed?: string | undefined;
  /** Which round of its review it is, or why it is looked at anew. */
  round?: string | undefined;
  /** The number of the whole, and the news of its part. */
  part?: { of: number; became: PartTurn } | undefined;
  /** The names of the reviewers without whose review it was finished. */
  unreviewed?: string | undefined;
}

export function lineWords({ why, to }: Pick<Line, 'why' | 'to'>, facts: LineFacts): string {
  const { number, title, due, by, from, note, next, other, freed, part, round, unreviewed } = facts;
  const task = `#${number} ${quoted(title)}`;
  const agent = `@${handleOf(to)}`;
  const day = due && shownDay(due);
  switch (why) {
    case 'given':
      return `${by} gave ${task} to ${agent}${day ? `, due ${day}` : ''}.${from ? ` ${from} had it before.` : ''}`;
    case 'reopened':
      return `${by} reopened ${task}${note ? `: ${note}` : ''}${ends(note) ? '' : '.'} It is with ${agent}.`;
    case 'returned':
      return `${by} gave ${task} back${note ? `: ${note}` : ''}${ends(note) ? '' : '.'} It is with ${agent}.`;
    case 'rescheduled':
      return day
        ? `${by} moved the due day of ${task} to ${day}. It is with ${agent}.`
        : `${by} took the due day off ${task}. It is with ${agent}.`;
    case 'merged':
      return `${by} merged #${other} into ${task}${note ? `: ${note}` : ''}${ends(note) ? '' : '.'} It is with ${agent}.`;
    case 'due':
      return `${task} is due today. It is with ${agent}.`;
    case 'overdue':
      return `${task} was due on ${day ?? 'an earlier day'} and is not done. It is with ${agent}.`;
    case 'repeated':
      return `${task} comes again${day ? `, due ${day}` : ''}. It is with ${agent}.`;
    case 'again':
      return againWords(task, agent);
    case 'done':
      return `${by} finished ${task}${note ? `: ${note}` : ''}${ends(note) ? '' : '.'}${unreviewed ? ` It was closed without a review by ${unreviewed}.` : ''}`;
    case 'dropped':
      return `${by} dropped ${task}${note ? `: ${note}` : ''}${ends(note) ? '' : '.'}`;
    case 'unblocked':
      return `${task} can begin${freed ? `: ${freed}` : ''}. It is with ${agent}.`;
    case 'review':
      return `${by} asks ${agent} to review ${task}${round ? ` (${round})` : ''}${note ? `: ${note}` : ''}${ends(note) ? '' : '.'}`;
    case 'sent_back':
      return `${by} sent ${task} back${note ? `: ${note}` : ''}${ends(note) ? '' : '.'} It is with ${agent}.`;
    case 'approved':
      return `${by} approved ${task}${note ? `: ${note}` : ''}${ends(note) ? '' : '.'} All its reviewers have. It is with ${agent}.`;
    case 'part':
      return partWords(`${task}, a part of #${part?.of}`, by, part?.became ?? 'done');
    case 'failed':
      return `${by} works on ${task} and could not go on: the run failed. It is still with ${by}.`;
    case 'passed':
      return `${by} ${next ? `gave ${task} to ${next}` : `took ${task} away, and nobody has it now`}${note ? `: ${note}` : ''}${ends(note) ? '' : '.'}`;
    default:
      return why satisfies never;
  }
}

/** A day of its repeat has come before it was done. */
export function againWords(task: string, holder: string): string {
  return `${task} comes again today, and is not done yet. It is with ${holder}.`;
}

function partWords(part: string, by: string, became: PartTurn): string {
  switch (became) {
    case 'done':
      return `${by} finished ${part}.`;
    case 'dropped':
      return `${by} dropped ${part}.`;
    case 'reopened':
      return `${by} opened ${part}, again.`;
    case 'blocked':
      return `${part}, waits for a task that will not be done.`;
    case 'review':
      return `${by} asks for a review of ${part}.`;
    case 'rounds':
      return `${part}, was sent back as often as it may be.`;
    default:
      return became satisfies never;
  }
}

function ends(text = ''): boolean {
  return /[.!?]$/.test(text);
}
