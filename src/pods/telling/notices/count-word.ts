// count_word (Skein's own, in a person's own log): counts a message that tells its person of no open item, such as one
// about a held mail. It is not sent once the day's number is reached, if their digest tells of the same.
import { z } from 'zod';
import type { PersonId } from '../../../log/participant.ts';
import { action } from '../../action.ts';
import { localDay } from '../../local-time.ts';
import { PEOPLE } from '../../people/person.ts';
import { hoursOf, PREFERENCES } from '../../preferences/preference.ts';
import { digestAfter } from '../../subscriptions/digest-after.ts';
import { onlySkein } from '../hear.ts';
import { isEnough } from '../tell-now.ts';
import { TELLINGS } from '../telling.ts';

export const countWord = action({
  name: 'count_word',
  title: 'Count a message',
  description: 'Counts a message to the person among those of the day.',
  input: z.strictObject({}),
  effect: 'write',
  internal: true,
  async load(read, _input, { pod, at }) {
    const id = pod as PersonId;
    const [person, preference, timing] = await Promise.all([
      read.get(PEOPLE, id),
      read.get(PREFERENCES, id),
      read.get(TELLINGS, id),
    ]);
    const hours = hoursOf(preference, person);
    const enough = timing !== undefined && isEnough({ at, hours, timing });
    const digestAt = enough && person ? await digestAfter(read, person, at) : undefined;
    return { timing, hours, waits: digestAt !== undefined };
  },
  allow: onlySkein,
  decide({ timing, hours, waits }, _input, { pod, at }) {
    if (waits) return { changes: [], result: { sends: false } };
    const dueAt = timing?.dueAt ?? null;
    const sentOn = localDay(hours.timeZone, at);
    return {
      changes: [{ v: 1, on: 'tellings', id: pod as PersonId, type: 'telling_set', dueAt, sentOn }],
      result: { sends: true },
    };
  },
});
