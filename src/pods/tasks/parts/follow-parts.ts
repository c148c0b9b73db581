// follow_parts (Skein's own): the parts that the commit which dropped their whole, or opened it again, had no room for.
import { z } from 'zod';
import type { BodyRef } from '../../../log/body.ts';
import { action } from '../../action.ts';
import { TASKS } from '../task.ts';
import { fall, fallingOf } from './fall.ts';
import { fallenParts, openParts } from './parts-below.ts';
import { rise, risingOf } from './rise.ts';

export const followParts = action({
  name: 'follow_parts',
  title: 'Drop or open further parts',
  description: 'Drops further parts of a task that was dropped with them, or opens them again with it.',
  /** `after`: the number of the last part that was reached. */
  input: z.strictObject({ task: z.string(), after: z.number(), noteRef: z.string().optional() }),
  effect: 'write',
  internal: true,
  // It goes on for somebody who might change the whole, and may have left the pod since.
  allow: () => true,
  async load(read, { task: id, after }, ctx) {
    const whole = await read.get(TASKS, id);
    if (!whole || whole.erased) return { whole: undefined };
    const isOver = whole.state === 'dropped';
    const all = await (isOver ? openParts(read, whole) : fallenParts(read, whole));
    const left = all.filter(({ number }) => number > after);
    return isOver
      ? { whole, falling: await fallingOf(read, ctx, whole, left) }
      : { whole, rising: await risingOf(read, ctx, left) };
  },
  decide({ whole, falling, rising }, { noteRef }, ctx) {
    if (whole && falling) return { ...fall(ctx, whole, falling, noteRef as BodyRef | undefined), result: {} };
    if (whole && rising) return { ...rise(ctx, whole, rising), result: {} };
    return { changes: [], deliveries: [], result: {} };
  },
});
