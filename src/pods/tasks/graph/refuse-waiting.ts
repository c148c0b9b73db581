// Refuses to begin or finish a task that waits for others, and to finish one whose parts are not done. Pure.
import { Conflict } from '../../../errors.ts';
import type { Named, ParticipantId } from '../../../log/participant.ts';
import type { TaskDoc } from '../task.ts';
import { lost, waits } from './ready.ts';
import { listed, waitsWords } from './waits-words.ts';

type Who = ReadonlyMap<ParticipantId, Named>;

/** @throws Conflict that names what it waits for */
export function refuseWaiting(task: TaskDoc, names: Who): void {
  const waiting = waits(task);
  if (!waiting.length) return;
  const gone = lost(task);
  const [one] = gone;
  const way = one
    ? `change_dependencies goes on without #${one.number} or puts another task in its place; drop_task drops #${task.number} too.`
    : `It can begin when ${waiting.length > 1 ? 'they are' : 'that is'} done; change_dependencies goes on without.`;
  throw new Conflict(`#${task.number} waits for ${waitsWords(waiting, names)}. ${way}`);
}

/** @throws Conflict that names the parts */
export function refuseUnfinished(task: TaskDoc, parts: readonly Pick<TaskDoc, 'number'>[], more: boolean): void {
  if (!parts.length) return;
  const named = listed([...parts.map(({ number }) => `#${number}`), ...(more ? ['others'] : [])]);
  throw new Conflict(
    `#${task.number} has parts that are not done: ${named}. Finish or drop ${parts.length > 1 || more ? 'them' : 'it'} first.`,
  );
}

/** @throws Conflict that names the parts, and asks what becomes of them */
export function refuseOpenParts({ number }: TaskDoc, parts: readonly Pick<TaskDoc, 'number'>[]): void {
  if (!parts.length) return;
  const more = parts.length > MOST_NAMED;
  const named = listed([...parts.slice(0, MOST_NAMED).map((one) => `#${one.number}`), ...(more ? ['others'] : [])]);
  throw new Conflict(
    `#${number} has parts that are not done: ${named}. Say what becomes of them: with parts “drop” they are dropped with it, with “keep” they go on. In words: “#${number} drop with its parts: why” or “#${number} drop without its parts: why”.`,
  );
}

/** More parts are not named. */
const MOST_NAMED = 10;
