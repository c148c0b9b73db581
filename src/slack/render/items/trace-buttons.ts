// The buttons with which whoever erased a text forgets, looks at or keeps what is left of it. Pure.

import { actionIds } from '../action-ids.ts';
import type { Button } from '../blocks.ts';

/** The most things of one erasure that a message lists, each with a button. A form shows the others. */
export const MOST_THINGS = 5;

export interface TraceLabels {
  forget: string;
  look: string;
  keep: string;
}

/** `value`: the pod and the trace, with a slash between them. */
export function traceButtons({ forget, look, keep }: TraceLabels, value: string): Record<keyof TraceLabels, Button> {
  return {
    forget: { actionId: actionIds.forget, label: forget, value },
    look: { actionId: actionIds.lookAtMade, label: look, value },
    keep: { actionId: actionIds.keep, label: keep, value },
  };
}

/** Returns the button that forgets one of several things. `number`: its number in the trace. */
export function thingButton(label: string, value: string, number: number): Button {
  return { actionId: `${actionIds.forgetOne}.${number}`, label, value: `${value}/${number}` };
}
