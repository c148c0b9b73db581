// retime_tell (Skein's own, in a person's own log): decides again when the person is told. Used after their hours
// changed, or when they go away or come back.
import { z } from 'zod';
import type { PersonId } from '../../log/participant.ts';
import { action } from '../action.ts';
import { onlySkein } from './hear.ts';
import { HEARINGS } from './hearing.ts';

export const retimeTell = action({
  name: 'retime_tell',
  title: 'Time a telling anew',
  description: 'Looks again at when a person is told what waits for them.',
  input: z.strictObject({}),
  effect: 'write',
  internal: true,
  async load(read, _input, { pod }) {
    const [waiting] = await read.find(HEARINGS, { where: { pod, state: 'waiting' }, limit: 1 });
    return { waiting };
  },
  allow: onlySkein,
  decide({ waiting }, _input, ctx) {
    if (!waiting) return { changes: [], result: {} };
    return {
      changes: [{ v: 1, on: 'tellings', id: ctx.pod as PersonId, type: 'telling_set', dueAt: ctx.at }],
      result: {},
    };
  },
});
