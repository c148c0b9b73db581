// The buttons by which people control an agent at work: those that do something now.

import { actionIds } from '../action-ids.ts';
import type { Button } from '../blocks.ts';

export type RunButton = 'pause' | 'go-on' | 'let-go-on' | 'take-over' | 'hand-back' | 'stop';

/** `how`: set if people have paused it or stopped it, or have its work. `value`: says which run, for whoever handles the click. */
export function runButtons(
  label: (button: RunButton) => string,
  how: 'paused' | 'taken' | 'stopped' | undefined,
  value: string,
): Button[] {
  const one = (actionId: string, button: RunButton): Button => ({ actionId, value, label: label(button) });
  const stop = one(actionIds.stopRun, 'stop');
  if (how === 'stopped') return [one(actionIds.takeOver, 'take-over'), one(actionIds.letGoOn, 'let-go-on')];
  if (how === 'taken') return [one(actionIds.handBack, 'hand-back'), stop];
  const paused = how === 'paused' ? one(actionIds.resumeRun, 'go-on') : one(actionIds.pauseRun, 'pause');
  return [paused, one(actionIds.takeOver, 'take-over'), stop];
}
