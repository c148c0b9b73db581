// Makes the rows of a notice in Slack. Each row shows the current state of one item, and the buttons with which its
// person can act on it.
import { madeLine } from '../../../digest/made-line.ts';
import { quiet } from '../../../digest/quiet.ts';
import type { ParticipantId } from '../../../log/participant.ts';
import { CONVERSATIONS } from '../../../pods/conversations/conversation.ts';
import { FILES } from '../../../pods/files/file.ts';
import { shownTime } from '../../../pods/local-time.ts';
import { NEEDS, type NeedDoc, PARTS, STEPS } from '../../../pods/needs/need.ts';
import { called, namesOfAll } from '../../../pods/people/directory.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';
import { PODS } from '../../../pods/pod/pod.ts';
import { zoneOf } from '../../../pods/preferences/zone-of.ts';
import { numberOf, QUESTIONS, type QuestionDoc } from '../../../pods/questions/question.ts';
import { mayUndo } from '../../../pods/tasks/evolve/opposite.ts';
import { blocker, lost, ready } from '../../../pods/tasks/graph/ready.ts';
import { endsAfterReview, mayAsk } from '../../../pods/tasks/review/review-state.ts';
import { ACTIVE, TASKS, type TaskDoc } from '../../../pods/tasks/task.ts';
import { withTitles } from '../../../pods/tasks/task-words.ts';
import { HEARINGS, type HearingDoc, hearingId } from '../../../pods/telling/hearing.ts';
import { MOST_THINGS } from '../../../slack/render/items/trace-buttons.ts';
import { conflictFacts, differenceLine, type KeepButton, keepButtons } from '../../files/conflict-facts.ts';
import { settledIn, thingsOf, traceOf } from '../../notices/notice-trace.ts';
import { lineOf, type ReaderDeps, type WordsDeps } from '../../notices/notice-words.ts';

/** The buttons of an item. */
export type Doing =
  | 'words'
  | 'start'
  | 'done'
  | 'tomorrow'
  | 'later'
  | 'give'
  | 'not-me'
  | 'files'
  | 'result'
  | 'digest'
  | 'forget'
  | 'look'
  | 'keep'
  | 'go-on'
  | 'end-repeat'
  | 'without'
  | 'wait-instead'
  | 'drop'
  | 'approve'
  | 'send-back'
  | 'ask-review'
  | 'accept'
  | 'once-more'
  | 'give-up'
  | 'undo';

export interface NoticeRow {
  need: string;
  pod: string;
  /** Markdown. */
  line: string;
  can: Doing[];
  /** The task that the buttons are about, and its number. */
  task?: string;
  number?: number;
  /** The task without which its own may go on. */
  lost?: { id: string; number: number };
  /** The request that a reviewer answers. */
  turn?: number;
  /** The number of the commit that “undo” undoes. */
  undoes?: number;
  /** How many files it has. */
  files?: number;
  /** The pod and the id of the question that is answered in words. */
  question?: string;
  /** The trace that is forgotten or kept, and the numbers and lines of its things that are left. */
  trace?: string;
  left?: { number: number; line: string }[];
  /** The options of a question, each a button. */
  answers?: { label: string; value: string }[];
  /** An upload over a newer version: the lines that differ, below a line that explains them, and the ways to settle it. */
  conflict?: { above: string; lines?: string; keeps: KeepButton[] };
}

interface Item extends Pick<NoticeRow, 'need' | 'pod'> {
  /** The words of the open item, in Markdown. Absent: they are made. */
  text?: string;
}

/** Returns a row for each item. The row of a settled item says who settled it, and no longer quotes a message. */
export async function noticeRows(words: WordsDeps, person: PersonDoc, items: readonly Item[]): Promise<NoticeRow[]> {
  const deps = { ...words, zone: await zoneOf(words.read, person) };
  const found = await Promise.all(items.map(({ need }) => deps.read.get(NEEDS, need)));
  return Promise.all(
    items.map(async ({ need, pod, text }, n) => {
      const item = found[n];
      if (item?.state === 'news') return { need, pod, ...(await newsRow(deps, person, item)) };
      const row = item?.state === 'open' ? await openRow(deps, person, item, text) : await overRow(deps, person, item);
      return { need, pod, ...row };
    }),
  );
}

/** A step of a task, and how to hear less of it. Nothing follows the last step, or a question that is over. */
async function newsRow(deps: ReaderDeps, { id }: PersonDoc, item: NeedDoc): Promise<Omit<NoticeRow, 'need' | 'pod'>> {
  const absent = (await deps.read.get(HEARINGS, hearingId(id, item.id)))?.for;
  const { line } = await lineOf(deps, item, absent);
  if (item.reason !== 'step') return { line, can: [] };
  const less: Doing[] = item.step === 'finished' ? [] : ['result', 'digest'];
  const doc = await deps.read.get(TASKS, item.about.id);
  return { line, can: [...filesOf(doc), ...less], task: item.about.id, files: doc?.files?.length ?? 0 };
}

async function openRow(
  deps: ReaderDeps,
  { id }: PersonDoc,
  item: NeedDoc,
  text: string | undefined,
): Promise<Omit<NoticeRow, 'need' | 'pod'>> {
  const { fill } = deps.texts;
  const [hearing, task, question, trace, left] = await Promise.all([
    deps.read.get(HEARINGS, hearingId(id, item.id)),
    item.about.on === TASKS.name ? deps.read.get(TASKS, item.about.id) : undefined,
    questionOf(deps, item),
    traceOf(deps, item),
    thingsOf(deps, item),
  ]);
  const worded = text ?? (await lineOf(deps, item, hearing?.for)).line;
  const again = hearing?.again && text === undefined ? fill('notice', 'again', { line: worded }) : worded;
  if (item.reason === 'stuck' || item.reason === 'rounds' || item.reason === 'review') {
    const decided = await deps.read.get(TASKS, item.about.id);
    const row =
      item.reason === 'stuck' ? stuckRow(decided, again) : reviewRow(decided, { reader: id, item, line: again });
    return putOff(deps, hearing, row);
  }
  const line = task?.state === 'started' ? fill('notice', 'started', { line: again }) : again;
  const about = {
    ...(task ? { task: task.id, number: task.number, files: task.files?.length ?? 0 } : {}),
    ...(trace ? { trace: trace.id, left: left.map((one) => ({ number: one.number, line: madeLine(fill, one) })) } : {}),
    ...(await answersTo(deps, question)),
    ...(await conflictOf(deps, item, id)),
  };
  if (item.reason === 'goes_on')
    return putOff(deps, hearing, { line, can: ['go-on', 'end-repeat', 'later'], task: item.about.id });
  // All of it has gone since: there is nothing to put off.
  if (trace && !left.length) return { line, can: ['keep'], ...about };
  const words: Doing[] = about.question ? ['words'] : trace ? forgetting(left.length) : [];
  const doing = task ? moving(task) : words;
  const can: Doing[] = [...doing, 'tomorrow', ...passing(task, item), ...filesOf(task), 'later'];
  return putOff(deps, hearing, { line, can, ...about });
}

type Row = Omit<NoticeRow, 'need' | 'pod'>;

/** Says until when the item is put off. It can be put off to another time then. */
function putOff({ texts: { fill }, zone }: ReaderDeps, hearing: HearingDoc | undefined, row: Row): Row {
  if (hearing?.state !== 'put_off' || hearing.until === undefined) return row;
  const line = fill('notice', 'put-off', { line: row.line, day: shownTime(zone, hearing.until) });
  return { ...row, line, can: row.can.filter((one) => one !== 'tomorrow') };
}

/** The task waits for one that will not be done, or past its day: its person says how it goes on. */
function stuckRow(task: TaskDoc | undefined, line: string): Row {
  const first = task && blocker(task);
  if (!task || !first) return { line, can: ['later'] };
  const about = { task: task.id, number: task.number, lost: { id: first.task, number: first.number } };
  const drop = lost(task).length ? 'drop' : 'give-up';
  return { line, can: ['without', 'wait-instead', drop, 'tomorrow', 'later'], ...about };
}

/** A reviewer approves the task or sends it back; after the last round a person decides. */
function reviewRow(
  task: TaskDoc | undefined,
  { reader, item, line }: { reader: string; item: NeedDoc; line: string },
): Row {
  if (!task) return { line, can: ['later'] };
  const { id, number, review, files } = task;
  const about = { task: id, number, turn: review?.turn ?? 0, files: files?.length ?? 0 };
  const does: Doing[] = item.reason === 'review' ? ['approve', 'send-back'] : ['accept', 'once-more', 'give-up'];
  return { line, can: [...(task.assignee === reader ? [] : does), 'tomorrow', ...filesOf(task), 'later'], ...about };
}

/** A task that waits for another can't begin, and is not finished. */
function moving(task: TaskDoc): Doing[] {
  if (!ready(task)) return [];
  const done: Doing[] = endsAfterReview(task) ? (mayAsk(task) ? ['ask-review'] : []) : ['done'];
  return task.state === 'open' ? ['start', ...done] : done;
}

function filesOf(task: TaskDoc | undefined): Doing[] {
  return task?.files?.length ? ['files'] : [];
}

/** The assignee may give a task to somebody else, or back. What came to the owners they can only give on. */
function passing(task: TaskDoc | undefined, { who }: NeedDoc): Doing[] {
  if (!task || !ACTIVE.some((state) => state === task.state)) return [];
  return task.assignee === who ? ['give', 'not-me'] : ['give'];
}

async function conflictOf(
  { read, texts }: WordsDeps,
  { reason, about }: NeedDoc,
  reader: string,
): Promise<Pick<NoticeRow, 'conflict'>> {
  const file = reason === 'conflict' ? await read.get(FILES, about.id) : undefined;
  const facts = file?.conflict && (await conflictFacts(read, file.conflict.copy));
  if (!facts || facts.settled) return {};
  const { lines, note = '' } = facts.changes;
  const keeps = keepButtons(texts, facts, reader as ParticipantId);
  return { conflict: { above: lines ? differenceLine(texts, facts) : note, ...(lines ? { lines } : {}), keeps } };
}

/** `left`: how many things are left. */
function forgetting(left: number): Doing[] {
  return left > MOST_THINGS ? ['forget', 'look', 'keep'] : ['forget', 'keep'];
}

async function questionOf({ read }: WordsDeps, { reason, about }: NeedDoc): Promise<QuestionDoc | undefined> {
  return reason === 'asked' && about.on === QUESTIONS.name ? read.get(QUESTIONS, about.id) : undefined;
}

async function answersTo(
  { read }: WordsDeps,
  question: QuestionDoc | undefined,
): Promise<Pick<NoticeRow, 'answers' | 'question'>> {
  if (question?.state !== 'open' || question.erased) return {};
  const texts = await read.texts(question.options);
  const answers = question.options.map((ref, n) => ({
    label: texts.get(ref) ?? '…',
    value: `${question.pod}/${question.id}/${n + 1}`,
  }));
  return { answers, question: `${question.pod}/${question.id}` };
}

async function overRow(
  deps: ReaderDeps,
  person: PersonDoc,
  item: NeedDoc | undefined,
): Promise<Omit<NoticeRow, 'need' | 'pod'>> {
  const {
    read,
    texts: { fill },
    links,
  } = deps;
  const [pod, conversation, names, task, undone, question] = await Promise.all([
    item && read.get(PODS, item.pod),
    item?.conversation ? read.get(CONVERSATIONS, item.conversation) : undefined,
    namesOfAll(read, [item?.by, item?.settledBy]),
    item?.about.on === TASKS.name ? titled(read, item.about.id) : undefined,
    item?.about.on === STEPS || item?.about.on === PARTS ? titled(read, item.about.id) : undefined,
    item && questionOf(deps, item),
  ]);
  const trace = item && (await traceOf(deps, item));
  const reviewed = item?.reason === 'review' ? await read.get(TASKS, item.about.id) : undefined;
  const url = (conversation && links.conversation(conversation)) ?? (pod && links.pod(pod)) ?? '';
  const facts = { pod: quiet(pod?.name ?? '', 60), url };
  if (!item) return { line: fill('notice', 'over', facts), can: [] };
  const nameOf = (id: NeedDoc['by']) => quiet(called(names, id).name, 60);
  const by = item.settledBy === person.id ? fill('notice', 'you') : nameOf(item.settledBy ?? 'skein');
  const done = item.state === 'settled';
  const when = shownTime(deps.zone, item.settledAt ?? item.at);
  const settled = { ...facts, person: by, when };
  const line = (() => {
    if (undone)
      return fill('notice', 'task-reopened', { ...settled, number: undone.number, title: quiet(undone.title, 120) });
    if (task) {
      const about = { ...settled, number: task.number };
      return done
        ? fill('notice', 'task-done', { ...about, title: quiet(task.title, 120) })
        : fill('notice', 'task-gone', about);
    }
    if (trace && done) {
      const said = { ...settled, thing: settledIn(deps.texts, trace) };
      return trace.state === 'kept' ? fill('notice', 'made-kept', said) : fill('notice', 'made-forgotten', said);
    }
    if (item.reason === 'review') {
      const about = { ...settled, number: reviewed?.number ?? 0 };
      return done ? fill('notice', 'review-given', about) : fill('notice', 'review-over', about);
    }
    if (question) {
      const about = { ...settled, number: numberOf(question) };
      return done ? fill('notice', 'question-answered', about) : fill('notice', 'question-over', about);
    }
    if (item.reason === 'named' || item.reason === 'answered') {
      const who = { ...settled, person: nameOf(item.by) };
      if (!done) return fill('notice', 'not-asked', who);
      return item.settledBy === person.id && !item.left
        ? fill('notice', 'answered', who)
        : fill('notice', 'settled', settled);
    }
    return done ? fill('notice', 'settled', settled) : fill('notice', 'over', facts);
  })();
  // The item was settled by the change that is undone, and by nothing else. Nobody gives a task back to somebody who has left.
  const isTheirs = task?.last?.seq === item.seq && item.settledBy === person.id && !item.left;
  const undoes = isTheirs && mayUndo(task, person.id, deps.clock()) ? item.seq : undefined;
  if (task && undoes !== undefined) return { line, can: ['undo'], task: task.id, undoes };
  return { line, can: [] };
}

async function titled(read: ReaderDeps['read'], id: string) {
  const task = await read.get(TASKS, id);
  return task && (await withTitles(read, [task]))[0];
}
