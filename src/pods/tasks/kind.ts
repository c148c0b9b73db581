// The kind `tasks`: how a task changes, and how it is described, found and erased.
import type { Reader } from '../../log/action.ts';
import { type BodyRef, ERASED } from '../../log/body.ts';
import {
  bodiesIn,
  type ChangeContext,
  type DigestEntry,
  type Erasable,
  kind,
  type Names,
  type Phrase,
  type WordIn,
} from '../../log/kind.ts';
import { MESSAGES, type MessageChange, type MessageDoc, wordsOf } from '../conversations/message.ts';
import { because, quoted } from '../history/phrase.ts';
import { leavesOut } from '../involvement/step-needs.ts';
import { shownDate } from '../local-time.ts';
import { called } from '../people/directory.ts';
import { withdrawnWith } from '../questions/settling/erase-question.ts';
import { RECORD } from '../search/rank.ts';
import { evolveTask } from './evolve/evolve-task.ts';
import { describeEdges, droppersIn } from './graph/describe-edges.ts';
import { describeReview } from './review/describe-review.ts';
import { ACTIVE, TASKS, type TaskDoc, type TaskLine, upcastTask } from './task.ts';
import type { TaskChange } from './task-change.ts';
import { taskNeeds } from './task-needs.ts';

export const tasks = kind<TaskDoc, TaskChange>({
  ref: TASKS,
  indexes: [
    { fields: ['pod', 'number'] },
    { fields: ['pod', 'state', 'due'] },
    { fields: ['pod', 'state', 'number'] },
    { fields: ['pod', 'assignee', 'state', 'number'] },
    { fields: ['assignee', 'state', 'due'], sparse: true, ties: true },
    { fields: ['createdBy', 'state'], ties: true },
    { fields: ['givenBy', 'state'], sparse: true, ties: true },
    { fields: ['gave', 'state'], sparse: true },
    { fields: ['conversation'], sparse: true },
    { fields: ['dueAt'], sparse: true },
    { fields: ['files'], sparse: true },
    { fields: ['sources'], sparse: true },
    { fields: ['dependsOn', 'number'], sparse: true },
    { fields: ['parent', 'number'], sparse: true },
  ],
  evolve: evolveTask,
  needs: taskNeeds,
  word,
  upcast: upcastTask,
  search: {
    kind: 'task',
    posting: ({ createdAt, titleRef, body }) => ({ at: createdAt, rank: RECORD, bodies: bodiesIn(titleRef, body) }),
    shown({ number, createdBy, conversation }) {
      return { prefix: `#${number} `, from: createdBy, ...(conversation ? { conversation } : {}) };
    },
  },
  title: ({ titleRef }) => titleRef,
  describe,
  whoIn: (change) =>
    'assignee' in change
      ? [change.assignee ?? undefined]
      : 'ask' in change
        ? change.ask
        : change.type === 'review_given'
          ? [change.for, ...(change.gone ?? [])]
          : droppersIn(change),
  entry,
  sourceErased: 'passages',
  erase,
  held: { noun: ({ number }) => `task #${number}`, text: ({ body }) => (body ? { body } : undefined) },
});

/** The agent that works on the task hears what a person changes in it, and who takes it away, whoever does that. */
function word(change: TaskChange, { conversation, number }: TaskDoc): WordIn | undefined {
  if (!conversation) return undefined;
  const named = change.type === 'task_followed' && change.names;
  switch (change.type) {
    case 'task_assigned':
      return { conversation, did: `gave task #${number} to somebody`, whoever: true };
    case 'task_updated':
      return { conversation, did: `changed task #${number}` };
    case 'task_moved':
      return change.state === 'dropped'
        ? { conversation, did: `dropped task #${number}`, whoever: true }
        : { conversation, did: `moved task #${number} to another state` };
    case 'dependencies_changed':
      return { conversation, did: `changed what task #${number} waits for` };
    case 'task_followed':
      return named ? { conversation, did: `named checkpoints of task #${number}` } : undefined;
    case 'task_erased':
      return { conversation, did: `erased task #${number}` };
    default:
      return undefined;
  }
}

async function erase(
  read: Reader,
  { id, createdBy, createdAt, titleRef, body, earlier = [], erased, conversation, ...task }: TaskDoc,
): Promise<Erasable> {
  // The task lines repeat its title, so they are erased too.
  const lines = [...(task.lines ?? []), ...(task.reports ?? [])];
  const [withdrawn, ...docs] = await Promise.all([
    withdrawnWith(read, id),
    ...lines.map(({ message }) => read.get(MESSAGES, message)),
  ]);
  const stand = docs.filter((doc): doc is MessageDoc => doc !== undefined && !doc.erased);
  // The posts that show other tasks too stay, without this one.
  const shared = docs.flatMap((doc) => (doc?.cards ? [{ message: doc.id, conversation: doc.conversation }] : []));
  const isShared = ({ message }: TaskLine) => shared.some((one) => one.message === message);
  return {
    kind: 'task',
    id,
    authors: [createdBy],
    since: createdAt,
    erased,
    changes: (why): (TaskChange | MessageChange | (typeof withdrawn.changes)[number])[] => [
      ...withdrawn.changes,
      { v: 1, on: 'tasks', id, type: 'task_erased', ...why },
      ...stand.map((doc): MessageChange => ({ v: 1, on: 'messages', id: doc.id, type: 'message_erased', ...why })),
    ],
    bodies: bodiesIn(titleRef, body, ...earlier, ...stand.flatMap((doc) => wordsOf(doc).bodies)),
    words: bodiesIn(titleRef, body, ...earlier),
    conversation,
    blobs: [],
    lines: lines.filter((line) => !isShared(line)),
    updates: [...withdrawn.updates, ...shared, ...(task.card ? [task.card] : [])],
    wakes: withdrawn.wakes,
    reminders: withdrawn.reminders,
  };
}

function describe(change: TaskChange, names: Names, { actor }: ChangeContext): Phrase | undefined {
  const { who, texts } = names;
  const task = names.doc(TASKS, change.id);
  const label = (ref: BodyRef | '' = '') =>
    task ? `#${task.number} ${quoted(texts.get(ref) ?? texts.get(task.titleRef) ?? ERASED)}` : 'a task that is erased';
  switch (change.type) {
    case 'task_created': {
      const { assignee } = change;
      const to = assignee ? ` for ${assignee === actor ? 'themselves' : called(who, assignee).name}` : '';
      return ['created', `${label(change.titleRef)}${to}${change.due ? `, due ${shownDate(change.due)}` : ''}`];
    }
    case 'task_updated': {
      const { titleRef, body, due } = change;
      const title = titleRef && texts.get(titleRef);
      const set = [
        title && task ? `its title ${quoted(title)}` : '',
        body === undefined ? '' : 'its text',
        due ? `due ${shownDate(due)}` : due === null ? 'no longer due' : '',
      ].filter(Boolean);
      // Only the time at which it falls due was calculated, or an agent was told of it.
      if (!set.length && (change.dueAt !== undefined || change.reports)) return undefined;
      return ['updated', set.length ? `${label()}: ${set.join(', ')}` : label()];
    }
    case 'task_assigned': {
      const note = change.noteRef && texts.get(change.noteRef);
      const why = task && note ? `: ${quoted(note)}` : '';
      if (change.back)
        return [
          'gave back',
          `${label()} to ${change.assignee ? called(who, change.assignee).name : 'the owners'}${why}`,
        ];
      if (change.assignee === actor) return ['took on', label()];
      return change.assignee
        ? ['assigned', `${label()} to ${called(who, change.assignee).name}`]
        : ['took', `${label()} from its assignee`];
    }
    case 'task_moved': {
      const verb = { open: 'reopened', started: 'started', done: 'completed', dropped: 'dropped' }[change.state];
      const note = change.noteRef && texts.get(change.noteRef);
      if (change.merged)
        return ['merged', `${label()} into #${change.merged.number}${task && note ? `: ${quoted(note)}` : ''}`];
      const along = change.along ? ` with #${change.along.number}` : '';
      return [verb, `${label()}${along}${task && note ? `: ${quoted(note)}` : ''}`];
    }
    case 'task_fell_due':
      return change.stage === 'overdue' ? ['noted', `that ${label()} is overdue`] : undefined;
    // The change of the repeat says it.
    case 'task_repeated':
      return undefined;
    // How close somebody stays is their own matter, but for what binds others.
    case 'task_followed':
      return change.names ? ['named', `${pointWords(change.names, texts)} of ${label()}`] : undefined;
    case 'checkpoint_passed':
      return ['passed', `${pointWords(change.names, texts)} of ${label()}`];
    case 'mail_joined':
      return ['forwarded', `the mail of ${label()} once more`];
    case 'mail_parted':
      return ['took', `a mail out of ${label()}`];
    case 'task_took_in':
      return ['merged', `#${change.from} into ${label()}`];
    case 'task_gave_up':
      return ['took', `#${change.from} out of ${label()}`];
    case 'task_attached':
    case 'task_detached': {
      const name = change.nameRef && texts.get(change.nameRef);
      const file = name ? `the file ${quoted(name)}` : 'a file that is erased';
      // The erasure of a file takes it from its tasks, and has a sentence of its own.
      if (!change.nameRef) return undefined;
      return change.type === 'task_attached'
        ? ['attached', `${file} to ${label()}`]
        : ['detached', `${file} from ${label()}`];
    }
    case 'dependencies_changed':
    case 'dependencies_moved':
    case 'part_changed':
      return describeEdges(change, label(), who);
    case 'review_asked':
    case 'review_moved':
    case 'review_given':
      return describeReview(change, label(), names);
    case 'passage_erased':
      return ['erased', `words in ${label()} that quoted something erased`];
    case 'task_erased':
      return ['erased', `a task${because(change, names)}`];
    default:
      change satisfies never;
      return undefined;
  }
}

function pointWords(points: readonly BodyRef[], texts: Names['texts']): string {
  const named = points.map((ref) => texts.get(ref)).flatMap((name) => (name ? [quoted(name)] : []));
  return `the checkpoint${named.length > 1 ? 's' : ''} ${[...new Set(named)].join(', ') || 'that was erased'}`;
}

function entry(change: TaskChange, names: Names): DigestEntry | undefined {
  const subject = change.id;
  const task = names.doc(TASKS, subject);
  if (!task) return undefined;
  const { conversation } = task;
  const of = [task.assignee, task.createdBy, task.givenBy];
  const about = { subject, of, notFor: leavesOut(task), ...(conversation ? { conversation } : {}) };
  switch (change.type) {
    case 'task_created':
      return { ...about, weight: 'created' };
    case 'task_assigned':
      return { ...about, weight: 'assigned' };
    case 'task_moved':
      return {
        ...about,
        weight: change.state === 'done' || change.state === 'dropped' ? change.state : 'moved',
        move: true,
      };
    case 'task_attached':
      return { ...about, weight: 'moved', names: [change.file] };
    case 'task_fell_due':
      // It is news for as long as it is true.
      return change.stage === 'overdue' && ACTIVE.some((state) => state === task.state)
        ? { ...about, weight: 'overdue' }
        : undefined;
    default:
      return undefined;
  }
}
