// record_notice (Skein's own, in a person's own log): stores where in Slack a notice was posted, so that it can be
// updated when the state of its items changes.
import { z } from 'zod';
import { action } from '../../action.ts';
import { onlySkein } from '../hear.ts';
import { noticeId } from './notice.ts';

export const recordNotice = action({
  name: 'record_notice',
  title: 'Record a notice',
  description: 'Records where a notice stands in Slack.',
  input: z.strictObject({
    /** The number of the commit that decided to tell the person. */
    seq: z.number(),
    key: z.string(),
    team: z.string(),
    channel: z.string(),
    ts: z.array(z.string()).min(1),
    items: z.array(z.strictObject({ need: z.string(), pod: z.string() })),
    parts: z.array(z.number()),
  }),
  effect: 'write',
  internal: true,
  load: async () => undefined,
  allow: onlySkein,
  decide(_view, { seq, ...sent }, { pod }) {
    return { changes: [{ v: 1, on: 'notices', id: noticeId(pod, seq), type: 'notice_sent', ...sent }], result: {} };
  },
});
