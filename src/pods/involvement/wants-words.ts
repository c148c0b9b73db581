// Tells an agent how close people stay with a task that it has. Pure.
import type { PodDoc } from '../pod/pod.ts';
import type { TaskDoc } from '../tasks/task.ts';
import { levelsOf } from './binding.ts';
import { stopsAhead } from './checkpoints.ts';

/** Undefined if nobody has said anything that binds the agent. `texts`: the names of checkpoints by their bodies. */
export function wantsWords(
  task: TaskDoc,
  pod: PodDoc | undefined,
  texts: ReadonlyMap<string, string>,
): string | undefined {
  const levels = levelsOf(task, pod).map(({ level }) => level);
  const points = [...new Set(stopsAhead(task, texts).map(({ name }) => `“${name}”`))];
  const wants = [
    levels.includes('every_step') && 'every step: a yes before each call',
    points.length > 0 && `checkpoints ${points.join(', ')}: at each, call checkpoint with what you have`,
    levels.includes('result') && 'the result only: ask and post nothing before it, list your assumptions with it',
  ].filter((one) => one !== false);
  return wants.length ? wants.join('; ') : undefined;
}
