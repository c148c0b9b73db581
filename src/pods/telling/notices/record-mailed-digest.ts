// record_mailed_digest (Skein's own, in a person's own log): stores which documents a digest by mail repeats. It can't be
// updated, but whoever erases one of them is told so.
import { z } from 'zod';
import { action } from '../../action.ts';
import { onlySkein } from '../hear.ts';
import { noticeId } from './notice.ts';

export const recordMailedDigest = action({
  name: 'record_mailed_digest',
  title: 'Record a digest by mail',
  description: 'Records which documents a digest by mail repeats.',
  input: z.strictObject({ key: z.string(), about: z.array(z.string()).min(1) }),
  effect: 'write',
  internal: true,
  load: async () => undefined,
  allow: onlySkein,
  decide(_view, { key, about }, { pod }) {
    return {
      changes: [{ v: 1, on: 'notices', id: noticeId(pod, key), type: 'digest_mailed', key, about }],
      result: {},
    };
  },
});
