// The lines about the graph of tasks: one can begin, one waits for what will not be done, and what became of a part.
import { quiet } from '../../digest/quiet.ts';
import type { Reader } from '../../log/action.ts';
import { shownDay } from '../../pods/local-time.ts';
import { type NeedDoc, taskOfItem } from '../../pods/needs/need.ts';
import { called, namesOfAll } from '../../pods/people/directory.ts';
import { isActive, lost, waits } from '../../pods/tasks/graph/ready.ts';
import { droppers, listed, waitsWords } from '../../pods/tasks/graph/waits-words.ts';
import { fallenParts } from '../../pods/tasks/parts/parts-below.ts';
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
  if (reason === 'stuck' && lost(task).length)
    return fill('notice', 'stuck', { ...said, items: await lostWords(read, task) });
  if (reason === 'stuck') return lateLine({ read, texts }, item, said, task);
  if (reason === 'unblocked') {
    const why = await freedWords({ read, texts }, task);
    return fill('notice', 'unblocked', { ...said, day: dayOf(texts, item), why });
  }
  const about = { ...said, whole: task.parentNumber ?? 0 };
  return became === 'blocked'
    ? fill('notice', 'part-blocked', { ...about, items: await lostWords(read, task) })
    : fill('notice', `part-${became ?? 'done'}`, about);
}

function dayOf({ fill }: Texts, { due }: NeedDoc): string {
  return due ? fill('notice', 'by-day', { day: shownDay(due) }) : '';
}

/** Its day has come, and its agent can't begin. Says who has what it waits for: somebody may have to be asked. */
async function lateLine(
  { read, texts }: Deps,
  item: NeedDoc,
  said: Facts & { number: number; title: string },
  task: TaskDoc,
): Promise<string> {
  const waiting = waits(task);
  const docs = await read.find(TASKS, { where: { id: { in: waiting.map((one) => one.task) } } });
  const names = await namesOfAll(read, [task.assignee, ...docs.map(({ assignee }) => assignee)]);
  const nameOf = (who: TaskDoc['assignee']) =>
    who ? quiet(called(names, who).name, 60) : texts.fill('notice', 'nobody');
  const open = docs.filter(isActive).sort((a, b) => a.number - b.number);
  const items = listed(open.map(({ number, assignee }) => `#${number}, with ${nameOf(assignee)}`));
  return texts.fill('notice', 'stuck-late', {
    ...{ ...said, items: quiet(items, 500) },
    ...{ day: dayOf(texts, item), assignee: nameOf(task.assignee) },
  });
}

/** Adds to the line of a task what it still waits for. */
export async function withWaits({ read, texts }: Deps, line: string, task: TaskDoc): Promise<string> {
  const waiting = waits(task);
  if (!waiting.length) return line;
  const names = await namesOfAll(read, droppers(waiting));
  return texts.fill('notice', 'waits', { line, items: quiet(waitsWords(waiting, names), 300) });
}

/** With the parts that were dropped with it: those of whoever reads it, if they had some. */
export async function withFallen(
  { read, texts: { fill } }: Deps,
  line: string,
  { task, who }: { task: TaskDoc; who: NeedDoc['who'] },
): Promise<string> {
  const fell = task.state === 'dropped' ? await fallenParts(read, task) : [];
  if (!fell.length) return line;
  const own = fell.filter(({ assignee }) => assignee === who);
  const named = (own.length ? own : fell).map(({ number }) => `#${number}`);
  const more = named.length > MOST_NAMED ? [fill('notice', 'drop-others')] : [];
  const items = listed([...named.slice(0, MOST_NAMED), ...more]);
  return fill('notice', own.length ? 'dropped-along' : 'dropped-with-parts', { line, items });
}

/** More parts are not named. */
const MOST_NAMED = 10;

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
