// The lines about the review of a task: what a reviewer is asked, what they said, and who decides after the last round.
import { quiet } from '../../digest/quiet.ts';
import type { Reader } from '../../log/action.ts';
import type { ParticipantId } from '../../log/participant.ts';
import { readStops } from '../../pods/involvement/checkpoints.ts';
import { type NeedDoc, taskOfItem } from '../../pods/needs/need.ts';
import { called, namesOfAll } from '../../pods/people/directory.ts';
import { listed } from '../../pods/tasks/graph/waits-words.ts';
import { unheard } from '../../pods/tasks/review/review-state.ts';
import { TASKS, type TaskDoc } from '../../pods/tasks/task.ts';
import { withTitles } from '../../pods/tasks/task-words.ts';
import type { Texts } from '../../texts/texts.ts';

interface Facts {
  person: string;
  behalf: string;
  pod: string;
  url: string;
}

const PARTS = { review: 'review', sent_back: 'sent-back', approved: 'approved', rounds: 'rounds' } as const;

/** Returns undefined for an item about something else. `note`: what was said with it. */
export async function reviewLine(
  { read, texts: { fill } }: { read: Reader; texts: Texts },
  item: NeedDoc,
  { person, behalf, pod, url }: Facts,
  note: string,
): Promise<string | undefined> {
  const { reason } = item;
  if (reason !== 'review' && reason !== 'sent_back' && reason !== 'approved' && reason !== 'rounds') return undefined;
  const doc = await read.get(TASKS, taskOfItem(item) ?? '');
  const [task] = doc ? await withTitles(read, [doc]) : [];
  if (!task) return undefined;
  const about = { person, pod, url, number: task.number, title: quiet(task.title, 120), note };
  const { round = 1, most = 1 } = task.review ?? {};
  if (reason === 'review') return fill('notice', PARTS[reason], { ...about, behalf, count: round, total: most });
  if (reason === 'rounds') return fill('notice', PARTS[reason], { ...about, count: round });
  return fill('notice', PARTS[reason], { ...about, behalf: behalf && `${behalf},` });
}

/** Adds to the line about a task that is done whose review it went without, and which points were not shown. */
export async function withUnheard(
  { read, texts: { fill } }: { read: Reader; texts: Texts },
  line: string,
  task: TaskDoc,
): Promise<string> {
  if (task.state !== 'done' || task.merged) return line;
  const who = unheard(task);
  const stops = (await readStops(read, task)).filter((one) => one.who !== task.doneBy);
  if (!who.length && !stops.length) return line;
  const names = await namesOfAll(read, [...who, ...stops.map((one) => one.who)]);
  const name = (one: ParticipantId) => quiet(called(names, one).name, 60);
  const closed = who.length ? fill('notice', 'unreviewed', { line, items: listed(who.map(name)) }) : line;
  const points = stops.map((one) => `${name(one.who)}’s “${quiet(one.name, 60)}”`);
  return points.length ? fill('notice', 'unpassed', { line: closed, items: listed(points) }) : closed;
}
