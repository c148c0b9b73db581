// A task: work with an assignee, who may be a person or an agent.
import type { BodyRef } from '../../log/body.ts';
import { type Label, type Labels, labelsOf, passedOn } from '../../log/labels/label.ts';
import { type AgentId, isAgent, isPerson, type ParticipantId, type PersonId } from '../../log/participant.ts';
import { type Erased, erasedBy, type Meta, type Own, ref, type ViewDoc } from '../../log/view.ts';
import { type Involved, withLevel } from '../involvement/level.ts';
import type { SpokenDay } from '../spoken-day.ts';
import { type Giver, type Giving, giversAfter } from './giving/givers.ts';

export type TaskState = 'open' | 'started' | 'done';

export const ACTIVE: readonly TaskState[] = ['open', 'started'];

export interface TaskDoc extends ViewDoc {
  /** The number of the task: 1, 2, 3 … within the pod. People write `#3`. */
  number: number;
  /** The body of its title; empty after an erasure. */
  titleRef: BodyRef | '';
  /** The body of its description, the longer text. */
  body?: BodyRef;
  /** The bodies of earlier texts and of notes on its moves. They are erased together with the task. */
  earlier?: BodyRef[];
  /** `erased` is a state, so that queries and counts of unfinished tasks leave it out. */
  state: TaskState | 'erased';
  assignee?: ParticipantId;
  /** The due day, YYYY-MM-DD. The task may still be done on that day. */
  due?: string;
  /**
   * When the task next falls due, in milliseconds since 1970, by the assignee's time zone. Absent once both times have
   * passed.
   */
  dueAt?: number;
  /** The day by which the sender of the mail wants it, in their own words. It is proposed to them, and binds nobody. */
  proposed?: SpokenDay;
  /** The agents from which others took the task, each with the number of that commit. */
  taken?: { from: AgentId; seq: number }[];
  createdBy: ParticipantId;
  /** The person for whom an agent created the task. */
  givenBy?: PersonId;
  /** Those who gave it to somebody else, the oldest first: they hear of its end. Absent for tasks of earlier versions. */
  givers?: Giver[];
  /** The givers who neither created it nor had it created, indexed so that they find it. Absent if there are none. */
  gave?: ParticipantId[];
  /** When it was last given to somebody, in milliseconds since 1970. Absent until it is given on. */
  givenAt?: number;
  /** The messages that told agents in their own conversations what became of it. They contain its title. */
  reports?: TaskLine[];
  /** The people who said how closely they stay with it. */
  involved?: Involved[];
  createdAt: number;
  conversation?: string;
  /** The task lines in conversations. They contain its title. The first one is the card of the task. */
  lines?: TaskLine[];
  /** The line of another task whose post shows this one too. Absent: the first of `lines` is its card. */
  card?: TaskLine;
  /** The members who got a copy of the mail that became this task, and those who forwarded the same mail. */
  followers?: PersonId[];
  /** Fingerprints of what others wrote in the mail. A mail with one of them joins the task while it is not done. */
  sources?: string[];
  /** The ids of the files that are attached to it, the oldest first. */
  files?: string[];
  labels?: TaskLabels;
  /** The repeat that made it. Absent for the first task of a repeat. */
  repeat?: string;
  /** Set if it has joined another task: that task, its number, and what went along. It is done then. */
  merged?: Merged;
  /** The body of what its agent took for granted instead of asking. Set while it is done. */
  assumed?: BodyRef;
  doneAt?: number;
  /** The participant who marked it done. Absent for tasks of Skein 0.1.0. */
  doneBy?: ParticipantId;
  erased?: Erased;
}

/** `into`: the id of the task that goes on. `followers`, `files`: those that it has only because of the merging. */
export interface Merged {
  into: string;
  number: number;
  followers: PersonId[];
  files: string[];
}

/** The most files of one task. */
export const MOST_FILES = 50;

/** The most fingerprints of one task. */
export const MOST_SOURCES = 50;

/** A message with a task line about the task. */
export interface TaskLine {
  message: string;
  conversation: string;
}

/**
 * `conversation`: the conversation that was opened for the task. `dueAt`: when the task next falls due; null: never.
 * `reports`: the messages that tell agents what became of it. `card`: the line of the task whose post it joins.
 */
interface WithLine {
  conversation?: string;
  line?: TaskLine;
  card?: TaskLine;
  reports?: TaskLine[];
  dueAt?: number | null;
}

export type TaskLabels = Labels<'titleRef' | 'body' | 'assumed'>;

export const TASKS = ref<TaskDoc>('tasks', (doc) => upcastTask(doc, doc.createdBy));

/** `back`: in `task_assigned`, the assignee gives it back to whoever gave it, or to the owners; `noteRef` says why. */
export type TaskChange = { v: 1 | 2; on: 'tasks'; id: string } & (
  | {
      type: 'task_created';
      number: number;
      titleRef: BodyRef;
      body?: BodyRef;
      assignee?: ParticipantId;
      due?: string;
      proposed?: SpokenDay;
      conversation?: string;
      line?: TaskLine;
      card?: TaskLine;
      dueAt?: number;
      followers?: PersonId[];
      sources?: string[];
      /** The files of the mail that became this task. */
      files?: string[];
      givenBy?: PersonId;
      giver?: Giving;
      labels?: TaskLabels;
      /** The repeat that makes it. */
      repeat?: string;
    }
  | ({ type: 'task_updated'; titleRef?: BodyRef; body?: BodyRef; due?: string | null } & WithLine)
  | ({
      type: 'task_assigned';
      assignee: ParticipantId | null;
      giver?: Giving;
      noteRef?: BodyRef;
      back?: true;
    } & WithLine)
  /** `merged`: it is done because it has joined another task. `assumedRef`: what was assumed, which `noteRef` says too. */
  | ({ type: 'task_moved'; state: TaskState; noteRef?: BodyRef; assumedRef?: BodyRef; merged?: Merged } & WithLine)
  /** Another task has joined it. `from`: its number. `same`: its assignee, who has both, hears of it by the other. */
  | ({
      type: 'task_took_in';
      from: number;
      followers: PersonId[];
      files: string[];
      sources?: string[];
      same?: true;
    } & WithLine)
  /** That task is open again. */
  | { type: 'task_gave_up'; from: number; followers: PersonId[]; files: string[]; same?: true }
  /** `quiet`: set if the pod is archived, so that nobody is told. `left`: the assignee, if they have left the pod. */
  | ({ type: 'task_fell_due'; stage: 'due' | 'overdue'; quiet?: true; left?: PersonId } & WithLine)
  /** A day of its repeat has come, and it is not done. `left`: the assignee, if they have left the pod. */
  | ({ type: 'task_repeated'; repeat: string; left?: PersonId } & WithLine)
  | ({ type: 'task_followed' } & Involved)
  /** Somebody forwarded the mail of this task once more. `followers`: who follows it since then. */
  | { type: 'mail_joined'; followers: PersonId[]; sources: string[] }
  /** That mail became a task of its own. `followers`: who followed this one because of it. */
  | { type: 'mail_parted'; followers: PersonId[] }
  /** `nameRef`: the body with the name of the file; empty in the erasure of the file, which takes it away. */
  | { type: 'task_attached'; file: string; nameRef: BodyRef | '' }
  | { type: 'task_detached'; file: string; nameRef: BodyRef | '' }
  /** Words that quoted an erased text were taken out of its bodies. */
  | { type: 'passage_erased' }
  | { type: 'task_erased'; reasonRef?: BodyRef }
);

export function evolveTask(doc: TaskDoc | undefined, change: TaskChange, meta: Meta): Own<TaskDoc> | undefined {
  if (change.type === 'task_created') {
    const { v: _v, on: _on, id: _id, type: _type, line, giver, ...task } = change;
    const labels = labelsOf({ titleRef: meta.label, ...(task.body ? { body: meta.label } : {}), ...task.labels });
    return {
      ...task,
      ...(labels ? { labels } : {}),
      ...(line ? { lines: [line] } : {}),
      ...giversAfter([], { by: meta.actor, assignee: task.assignee, giver }),
      state: 'open',
      createdBy: meta.actor,
      createdAt: meta.at,
    };
  }
  if (!doc || (doc.erased && change.type !== 'task_erased')) return doc;
  switch (change.type) {
    case 'task_updated': {
      const { titleRef = doc.titleRef, body = doc.body, due = doc.due } = change;
      const { body: _body, due: _due, dueAt: _dueAt, labels: before, ...rest } = doc;
      const labels = labelsOf({
        titleRef: change.titleRef ? (meta.label ?? rewritten(before?.titleRef, meta.actor)) : before?.titleRef,
        body: change.body ? (meta.label ?? rewritten(before?.body, meta.actor)) : before?.body,
      });
      const replaced = [
        ...(doc.titleRef && titleRef !== doc.titleRef ? [doc.titleRef] : []),
        ...(doc.body && body !== doc.body ? [doc.body] : []),
      ];
      return {
        ...rest,
        ...(labels ? { labels } : {}),
        titleRef,
        ...(body ? { body } : {}),
        ...(due ? { due } : {}),
        ...earlier(doc, replaced),
        ...after(doc, change),
      };
    }
    case 'task_assigned': {
      const { assignee: _assignee, taken: _taken, dueAt: _dueAt, gave: _gave, givers, ...rest } = doc;
      const { assignee, giver, noteRef } = change;
      // A task of an earlier version was given by its author.
      const before = giver && !givers && doc.assignee !== doc.createdBy ? [{ by: doc.createdBy }] : givers;
      const allGivers = giversAfter(before, { by: meta.actor, assignee, giver });
      const gave = (allGivers.givers ?? [])
        .map(({ by }) => by)
        .filter((by) => by !== doc.createdBy && by !== doc.givenBy);
      return {
        ...rest,
        ...allGivers,
        ...(gave.length ? { gave } : {}),
        givenAt: meta.at,
        ...earlier(doc, noteRef ? [noteRef] : []),
        ...takenFrom(doc, change.assignee, meta),
        ...(change.assignee ? { assignee: change.assignee } : {}),
        ...after(doc, change),
      };
    }
    case 'task_moved': {
      const { doneAt: _doneAt, doneBy: _doneBy, merged: _merged, assumed: _assumed, dueAt, labels, ...rest } = doc;
      const { assumedRef } = change;
      const { assumed: _label, ...before } = labels ?? {};
      const marks = labelsOf({ ...before, ...(assumedRef ? { assumed: meta.label } : {}) });
      const done = change.state === 'done' ? { doneAt: meta.at, doneBy: meta.actor } : {};
      const joined = change.merged ? { merged: change.merged } : {};
      // A finished task does not fall due any more.
      const due = change.state === 'done' || dueAt === undefined ? {} : { dueAt };
      const notes = earlier(
        doc,
        [change.noteRef, assumedRef].filter((one) => one !== undefined),
      );
      const said = { ...(marks ? { labels: marks } : {}), ...(assumedRef ? { assumed: assumedRef } : {}) };
      return {
        ...{ ...rest, ...said, state: change.state, ...done, ...joined, ...notes },
        ...after({ ...rest, ...due }, change),
      };
    }
    case 'task_fell_due': {
      const { dueAt: _dueAt, ...rest } = doc;
      return { ...rest, ...after(doc, change) };
    }
    case 'task_repeated':
      return { ...doc, ...after(doc, change) };
    case 'task_followed': {
      const { who, level, at } = change;
      return { ...doc, involved: withLevel(doc.involved, { who, level, ...(at ? { at } : {}) }) };
    }
    case 'task_attached':
      return { ...doc, files: [...(doc.files ?? []).filter((one) => one !== change.file), change.file] };
    case 'task_detached': {
      const { files = [], ...rest } = doc;
      const left = files.filter((one) => one !== change.file);
      return left.length ? { ...rest, files: left } : rest;
    }
    case 'mail_joined': {
      const followers = [...new Set([...(doc.followers ?? []), ...change.followers])];
      const sources = [...new Set([...(doc.sources ?? []), ...change.sources])].slice(0, MOST_SOURCES);
      return { ...doc, followers, sources };
    }
    case 'mail_parted':
      return { ...doc, followers: (doc.followers ?? []).filter((one) => !change.followers.includes(one)) };
    case 'task_took_in': {
      const followers = [...new Set([...(doc.followers ?? []), ...change.followers])];
      const files = [...new Set([...(doc.files ?? []), ...change.files])].slice(0, MOST_FILES);
      const sources = [...new Set([...(doc.sources ?? []), ...(change.sources ?? [])])].slice(0, MOST_SOURCES);
      return {
        ...doc,
        ...(followers.length ? { followers } : {}),
        ...(files.length ? { files } : {}),
        ...(sources.length ? { sources } : {}),
        ...after(doc, change),
      };
    }
    case 'task_gave_up': {
      const { files: all = [], ...rest } = doc;
      const files = all.filter((one) => !change.files.includes(one));
      const followers = (doc.followers ?? []).filter((one) => !change.followers.includes(one));
      return { ...rest, followers, ...(files.length ? { files } : {}) };
    }
    case 'passage_erased':
      return doc;
    case 'task_erased': {
      const {
        dueAt: _dueAt,
        files: _files,
        merged: _merged,
        assumed: _assumed,
        body: _body,
        earlier: _earlier,
        labels: _labels,
        ...whole
      } = doc;
      const { sources: _sources, ...rest } = whole;
      return { ...rest, state: 'erased', titleRef: '', erased: erasedBy(meta, change.reasonRef, doc.erased) };
    }
    default:
      change satisfies never;
      return doc;
  }
}

/** The most entries of `taken`: the runs that may still work on one task after it got another assignee. */
const MOST_TAKEN = 10;

/**
 * Returns `taken` after a new assignee. An agent that gives away its own task is not recorded, because it may still be
 * asked about it.
 */
function takenFrom(
  { assignee, taken = [] }: Own<TaskDoc>,
  next: ParticipantId | null,
  { actor, seq }: Meta,
): Pick<TaskDoc, 'taken'> {
  const before = isAgent(assignee) && assignee !== actor ? [{ from: assignee, seq }] : [];
  const all = [...taken, ...before].filter(({ from }) => from !== next).slice(-MOST_TAKEN);
  return all.length ? { taken: all } : {};
}

/**
 * Returns the label after an edit. A person's edit has none; an agent's edit keeps the label, because it may repeat the
 * outside text.
 */
export function rewritten(before: Label | undefined, actor: ParticipantId): Label | undefined {
  return isPerson(actor) ? undefined : before;
}

/**
 * Converts a task of Skein 0.1.0, which stored `outside: true` for its title and `outsideText: true` for its
 * description.
 */
export function upcastTask<T extends TaskDoc | TaskChange>(task: T, by: ParticipantId): T {
  const { outside, outsideText, ...rest } = task as T & { outside?: true; outsideText?: true };
  if (!outside && !outsideText) return task;
  const labels = { ...(outside ? { titleRef: passedOn(by) } : {}), ...(outsideText ? { body: passedOn(by) } : {}) };
  return { ...rest, labels } as unknown as T;
}

/** The most lines that a task remembers, so that they can be erased with it. The oldest after the first are dropped. */
const MOST_LINES = 100;

function after(
  doc: Own<TaskDoc>,
  { conversation, line, card, reports, dueAt = doc.dueAt }: WithLine,
): Pick<TaskDoc, 'conversation' | 'lines' | 'card' | 'reports' | 'dueAt'> {
  return {
    ...(conversation && !doc.conversation ? { conversation } : {}),
    ...(line ? { lines: withLine(doc.lines ?? [], line) } : {}),
    ...(card ? { card } : {}),
    ...(reports?.length ? { reports: [...(doc.reports ?? []), ...reports].slice(-MOST_LINES) } : {}),
    ...(typeof dueAt === 'number' ? { dueAt } : {}),
  };
}

function withLine([card, ...others]: readonly TaskLine[], line: TaskLine): TaskLine[] {
  return card ? [card, ...[...others, line].slice(1 - MOST_LINES)] : [line];
}

function earlier(doc: TaskDoc, more: readonly BodyRef[]): Pick<TaskDoc, 'earlier'> {
  return more.length ? { earlier: [...(doc.earlier ?? []), ...more] } : {};
}
