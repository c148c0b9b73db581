// reword_digest (Skein's own, in a person's own log): takes erased words out of a digest that stands in Slack.
import { z } from 'zod';
import { NotFound } from '../../../errors.ts';
import type { Reader } from '../../../log/action.ts';
import type { PersonId } from '../../../log/participant.ts';
import { action } from '../../action.ts';
import { onlySkein } from '../hear.ts';
import { NOTICES } from './notice.ts';
import { repeated, type SentDigest, without } from './sent-digest.ts';

export const rewordDigest = action({
  name: 'reword_digest',
  title: 'Take erased words out of a digest',
  description: 'Takes what was erased out of a digest that was sent.',
  input: z.strictObject({
    notice: z.string(),
    /** The id of the erased document. */
    erased: z.string(),
  }),
  effect: 'write',
  internal: true,
  async load(read: Reader, { notice }) {
    const sent = await read.get(NOTICES, notice);
    const words = sent?.digest && (await read.texts([sent.digest])).get(sent.digest);
    if (!sent?.digest || !words) throw new NotFound('There is no such digest any more.');
    return { body: sent.digest, digest: JSON.parse(words) as SentDigest };
  },
  allow: onlySkein,
  decide({ body, digest }, { notice, erased }, { pod, at, text }) {
    const left = without(digest, erased);
    return {
      changes: [
        {
          ...{ v: 1, on: 'notices', id: notice, type: 'digest_reworded' },
          ...{ digest: text(JSON.stringify(left)), about: repeated(left.sections) },
        },
      ],
      deliveries: [
        { kind: 'amend', person: pod as PersonId, notice },
        { kind: 'erase', bodies: [body], postings: [], blobs: [], since: at },
      ],
      result: {},
    };
  },
});
