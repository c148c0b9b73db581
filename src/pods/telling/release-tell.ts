// release_tell (Skein's own, in a person's own log): the message that was to tell them was not posted, so a notice does.
import { z } from 'zod';
import { action } from '../action.ts';
import { NEEDS } from '../needs/need.ts';
import { onlySkein } from './hear.ts';
import { HEARINGS, hearingId } from './hearing.ts';
import { resumed } from './put-off.ts';
import { TELLINGS } from './telling.ts';

export const releaseTell = action({
  name: 'release_tell',
  title: 'Release a telling',
  description: 'Says that a message which names a person was not posted.',
  input: z.strictObject({ need: z.string(), message: z.string() }),
  effect: 'write',
  internal: true,
  async load(read, { need }, { pod }) {
    const [item, hearing, timing] = await Promise.all([
      read.get(NEEDS, need),
      read.get(HEARINGS, hearingId(pod, need)),
      read.get(TELLINGS, pod),
    ]);
    return { item, hearing, timing };
  },
  allow: onlySkein,
  decide({ item, hearing, timing }, { message }, ctx) {
    const claimed = hearing?.state === 'told' && hearing.surface === 'mention' && hearing.round === item?.round;
    if (!claimed || item?.state !== 'open' || item.message !== message) return { changes: [], result: {} };
    return { changes: resumed(ctx, hearing.id, timing?.dueAt), result: {} };
  },
});
