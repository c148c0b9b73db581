// put_off (Skein's own, in a person's own log): postpones an item of which the person wants to hear later. hear_again:
// lets it be told once that time has come.
import { z } from 'zod';
import { Conflict } from '../../errors.ts';
import type { PersonId } from '../../log/participant.ts';
import { action, type Ctx } from '../action.ts';
import type { DeliveryWish } from '../deliveries.ts';
import type { Change } from '../kinds.ts';
import { NEEDS } from '../needs/need.ts';
import { onlySkein } from './hear.ts';
import { HEARINGS, hearingId } from './hearing.ts';
import { TELLINGS } from './telling.ts';

export const putOff = action({
  name: 'put_off',
  title: 'Put an item off',
  description: 'Lets an open item be told again at a later time.',
  input: z.strictObject({
    need: z.string(),
    until: z.number(),
    /** The person named the hour, so their own hours do not move it. */
    exact: z.literal(true).optional(),
    /** The absent person who is needed. Set if this log is their deputy's. */
    for: z.templateLiteral(['person:', z.string().min(1)]).optional(),
  }),
  effect: 'write',
  internal: true,
  load: (read, { need }) => read.get(NEEDS, need),
  allow: onlySkein,
  decide(item, { need, until, exact, for: absent }, ctx) {
    if (item?.state !== 'open') return { changes: [], result: {} };
    const { pod: of, round, reason } = item;
    const id = hearingId(ctx.pod, need);
    return {
      changes: [
        {
          ...{ v: 1, on: 'hearings', id, type: 'hearing_put_off', need, of, round, reason, until },
          ...(exact ? { exact } : {}),
          ...(absent ? { for: absent } : {}),
        },
      ],
      deliveries: [amended(ctx, need)],
      result: {},
    };
  },
});

export const hearAgain = action({
  name: 'hear_again',
  title: 'Hear of an item again',
  description: 'Lets an item that was put off be told.',
  input: z.strictObject({ need: z.string(), until: z.number() }),
  effect: 'write',
  internal: true,
  async load(read, { need }, { pod }) {
    const [hearing, timing, item] = await Promise.all([
      read.get(HEARINGS, hearingId(pod, need)),
      read.get(TELLINGS, pod),
      read.get(NEEDS, need),
    ]);
    return { hearing, timing, item };
  },
  allow: onlySkein,
  decide({ hearing, timing, item }, { need, until }, ctx) {
    if (hearing?.until !== until) throw new Conflict('It was put off to another time.');
    const { id } = hearing;
    if (item?.state !== 'open') return { changes: [{ v: 1, on: 'hearings', id, type: 'hearing_dropped' }], result: {} };
    return { changes: resumed(ctx, id, timing?.dueAt), deliveries: [amended(ctx, need)], result: {} };
  },
});

/**
 * Returns the changes after which the item waits to be told again. The person is told as soon as their hours allow it.
 * `since`: the time since which the message that was to tell them could not be sent.
 */
export function resumed({ pod, at }: Pick<Ctx, 'pod' | 'at'>, hearing: string, dueAt = at, since?: number): Change[] {
  return [
    { v: 1, on: 'hearings', id: hearing, type: 'hearing_resumed', ...(since === undefined ? {} : { since }) },
    { v: 1, on: 'tellings', id: pod as PersonId, type: 'telling_set', dueAt: Math.min(at, dueAt) },
  ];
}

/** Returns the delivery that updates the person's notices, so that they show the item's present state. */
export function amended({ pod }: Pick<Ctx, 'pod'>, need: string): DeliveryWish {
  return { kind: 'amend', person: pod as PersonId, need };
}
