// The answer to somebody who said how closely they stay with a task or a pod, in Slack and by mail. Pure.
import type { Level } from '../log/needs/need.ts';
import type { Texts } from '../texts/texts.ts';

export interface Chosen {
  level: Level;
  /** The pod's name. */
  pod: string;
  /** The task's number, as `#3`. Absent: the level is for the whole pod. */
  task?: string;
  /** The names of the points at which its agent waits. */
  named?: readonly string[];
}

export function involvementAnswer({ fill }: Texts, { level, pod, task, named }: Chosen): string {
  if (named) {
    const points = named.map((one) => `“${one}”`).join(', ');
    return fill('involvement', 'points', { what: task ?? pod, points });
  }
  const part = task ? PARTS[level] : (POD_PARTS[level] ?? PARTS[level]);
  return fill('involvement', part, { what: task ?? pod });
}

const POD_PARTS: Partial<Record<Level, 'every-steps' | 'results'>> = { every_step: 'every-steps', result: 'results' };

const PARTS = {
  every_step: 'every-step',
  checkpoints: 'checkpoints',
  result: 'result',
  digest: 'digest',
  none: 'none',
} as const satisfies Record<Level, string>;
