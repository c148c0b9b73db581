// The lines about the graph of tasks: one can begin, one waits for what will not be done, and what became of a part.
import { quiet } from '../../digest/quiet.ts';
import type { Reader } from '../../log/action.ts';
import { shownDay } from '../../pods/local-time.ts';
import { type NeedDoc, taskOfItem } from '../../pods/needs/need.ts';
import { namesOfAll } from '../../pods/people/directory.ts';
import { lost, waits } from '../../pods/tasks/graph/ready.ts';
import { droppers, listed, waitsWords } from '../../pods/tasks/graph/waits-words.ts';
import { TASKS, type TaskDoc } from '../../pods/tasks/task.ts';
import { withTitles } from '../../pods/tasks/task-words.ts';
import type { Texts } from '../../texts/texts.ts';

interface Deps {
  read: Reader;
  texts: Texts;
}

interface Facts {
  person: string;
  pod: string;
  url: string;
}

/** Returns undefined for an item about something else. */
export async function graphLine({ read, texts }: Deps, item: NeedDoc, facts: Facts): Promise<string | undefined> {
  const { reason, became } = item;
  if (reason !== 'unblocked' && reason !== 'stuck' && reason !== 'part') return undefined;
  const doc = await read.get(TASKS, taskOfItem(item) ?? '');
  const [task] = doc ? await withTitles(read, [doc]) : [];
  if (!task) return undefined;
  const { fill } = texts;
  const said = { ...facts, number: task.number, title: quiet(task.title, 120) };
  if (reason === 'stuck') return fill('notice', 'stuck', { ...said, items: await lostWords(read, task) });
  if (reason === 'unblocked') {
    const day = item.due ? fill('notice', 'by-day', { day: shownDay(item.due) }) : '';
    return fill('notice', 'unblocked', { ...said, day, why: await freedWords({ read, texts }, task) });
  }
  const about = { ...said, whole: task.parentNumber ?? 0 };
  return became === 'blocked'
    ? fill('notice', 'part-blocked', { ...about, items: await lostWords(read, task) })
    : fill('notice', `part-${became ?? 'done'}`, about);
}

/** Adds to the line of a task what it still waits for. */
export async function withWaits({ read, texts }: Deps, line: string, task: TaskDoc): Promise<string> {
  const waiting = waits(task);
  if (!waiting.length) return line;
  const names = await namesOfAll(read, droppers(waiting));
  return texts.fill('notice', 'waits', { line, items: quiet(waitsWords(waiting, names), 300) });
}

/** Names what will not be done, and says why: whoever reads it has to decide what becomes of the task. */
async function lostWords(read: Reader, task: TaskDoc): Promise<string> {
  const waiting = lost(task);
  const [names, docs] = await Promise.all([
    namesOfAll(read, droppers(waiting)),
    read.find(TASKS, { where: { id: { in: waiting.map((one) => one.task) } } }),
  ]);
  const reasons = await read.texts(docs.map(({ dropped }) => dropped?.noteRef));
  const why = new Map(docs.map(({ id, dropped }) => [id, reasons.get(dropped?.noteRef ?? '')]));
  return quiet(waitsWords(waiting, names, why), 500);
}

/** Which of its dependencies are done, as they are now. */
async function freedWords({ read, texts: { fill } }: Deps, { dependsOn = [] }: TaskDoc): Promise<string> {
  const found = dependsOn.length ? await read.find(TASKS, { where: { id: { in: dependsOn } } }) : [];
  const done = found.filter(({ state }) => state === 'done').sort((a, b) => a.number - b.number);
  if (!done.length) return fill('notice', 'waits-for-nothing');
  const items = listed(done.map(({ number }) => `#${number}`));
  return done.length === 1 ? fill('notice', 'is-done', { items }) : fill('notice', 'are-done', { items });
}
