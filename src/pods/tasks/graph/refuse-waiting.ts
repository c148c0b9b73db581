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
