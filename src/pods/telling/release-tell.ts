// release_tell (Skein's own, in a person's own log): the message or the notice that was to tell them of an item was not
// sent. They are told otherwise; whoever can't be reached at the moment is told once they are back.
import { z } from 'zod';
import { action } from '../action.ts';
import type { Change } from '../kinds.ts';
import { NEEDS } from '../needs/need.ts';
import { onlySkein } from './hear.ts';
import { HEARINGS, hearingId } from './hearing.ts';
import { resumed } from './put-off.ts';
import { stillOpen } from './still-open.ts';
import { TELLINGS } from './telling.ts';

export const releaseTell = action({
  name: 'release_tell',
  title: 'Release a telling',
  description: 'Says that a message which names a person, or a notice to them, was not sent.',
  input: z.strictObject({
    need: z.string(),
    message: z.string().optional(),
    /** The number of the commit in the person's own log that wished for the notice. */
    notice: z.number().optional(),
    /** The time of the first attempt to send the message, in milliseconds since 1970. */
    since: z.number().optional(),
  }),
  effect: 'write',
  internal: true,
  async load(read, { need }, { pod, at }) {
    const [item, hearing, timing] = await Promise.all([
      read.get(NEEDS, need),
      read.get(HEARINGS, hearingId(pod, need)),
      read.get(TELLINGS, pod),
    ]);
    return { item, hearing, timing, open: await stillOpen(read, item, pod, hearing?.for && { for: hearing.for, at }) };
  },
  allow: onlySkein,
  decide({ item, hearing, timing, open }, { message, notice, since }, ctx) {
    if (hearing?.state !== 'told' || !item) return { changes: [], result: {} };
    const claimed = hearing.surface === 'mention' && hearing.round === item.round && item.message === message;
    // Unless something happened to it since.
    const noticed = hearing.surface !== 'mention' && hearing.seq === notice;
    if (!claimed && !noticed) return { changes: [], result: {} };
    // It is dropped also where it has passed to the owners, so that it is theirs untold when they come back.
    const dropped: Change = { v: 1, on: 'hearings', id: hearing.id, type: 'hearing_dropped' };
    return { changes: open ? resumed(ctx, hearing.id, timing?.dueAt, since) : [dropped], result: {} };
  },
});
