// record_digest (Skein's own, in a person's own log): stores a digest that was posted to Slack, so that it can be updated.
import { z } from 'zod';
import type { Reader } from '../../../log/action.ts';
import { action } from '../../action.ts';
import type { Change } from '../../kinds.ts';
import { onlySkein } from '../hear.ts';
import { HEARINGS, hearingId } from '../hearing.ts';
import { noticeId } from './notice.ts';

const item = z.strictObject({ need: z.string(), pod: z.string() });

export const recordDigest = action({
  name: 'record_digest',
  title: 'Record a digest',
  description: 'Records where a digest stands in Slack, and its words.',
  input: z.strictObject({
    key: z.string(),
    team: z.string(),
    channel: z.string(),
    ts: z.array(z.string()).min(1),
    items: z.array(item),
    /** The digest as JSON (sent-digest.ts). */
    digest: z.string(),
    about: z.array(z.string()),
  }),
  effect: 'write',
  internal: true,
  /** Returns the items that may be updated: those of which the person has heard. */
  load: (read: Reader, { items }, { pod }) =>
    Promise.all(items.map(({ need }) => read.get(HEARINGS, hearingId(pod, need)))),
  allow: onlySkein,
  decide(hearings, { key, digest, ...sent }, { pod, text }) {
    const notice = noticeId(pod, key);
    const shown = hearings.flatMap((hearing): Change[] =>
      hearing ? [{ v: 1, on: 'hearings', id: hearing.id, type: 'need_shown', notice }] : [],
    );
    return {
      changes: [
        { v: 1, on: 'notices', id: notice, type: 'notice_sent', key, ...sent, parts: [], digest: text(digest) },
        ...shown,
      ],
      result: { notice },
    };
  },
});
