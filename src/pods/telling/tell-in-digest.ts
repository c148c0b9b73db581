// tell_in_digest (Skein's own, in a person's own log): a digest is about to tell a person what waits for them and was not told yet.
import { z } from 'zod';
import type { Reader } from '../../log/action.ts';
import type { PersonId } from '../../log/participant.ts';
import { action, type Ctx } from '../action.ts';
import type { Change } from '../kinds.ts';
import { localDay } from '../local-time.ts';
import { NEEDS, type NeedDoc } from '../needs/need.ts';
import { byUrgency } from '../needs/waiting/urgency.ts';
import { PEOPLE, type PersonDoc } from '../people/person.ts';
import { onlySkein } from './hear.ts';
import { HEARINGS, type HearingDoc, toldOf } from './hearing.ts';
import { stillOpen } from './still-open.ts';
import { MOST_ITEMS } from './tell.ts';
import { TELLINGS, type TellingDoc } from './telling.ts';

/** The most items that one digest tells. The others come with a notice or the next digest. */
const MOST_TOLD = 20;

interface Untold {
  person: PersonDoc | undefined;
  timing: TellingDoc | undefined;
  hearings: readonly { hearing: HearingDoc; item: NeedDoc | undefined }[];
}

export const tellInDigest = action({
  name: 'tell_in_digest',
  title: 'Tell a person in a digest',
  description: 'Says which items a digest tells. Returns them, the most urgent first.',
  input: z.strictObject({
    /** The id of the delivery. */
    digest: z.string(),
  }),
  effect: 'write',
  internal: true,
  load: untoldOf,
  allow: onlySkein,
  decide({ person, timing, hearings }, _input, ctx) {
    const today = localDay(person?.timeZone ?? 'UTC', ctx.at);
    const open = hearings.flatMap(({ hearing, item }) => (item ? [{ hearing, item }] : []));
    const told = open.sort((a, b) => byUrgency(today)(a.item, b.item)).slice(0, MOST_TOLD);
    const dropped = hearings.filter(({ item }) => !item);
    const isLast = told.length === open.length && hearings.length < MOST_ITEMS;
    return {
      changes: [
        ...dropped.map(({ hearing }): Change => ({ v: 1, on: 'hearings', id: hearing.id, type: 'hearing_dropped' })),
        ...told.flatMap(({ hearing, item }) => toldOf(hearing, item, 'digest')),
        ...(isLast && timing?.dueAt !== undefined
          ? [{ v: 1, on: 'tellings', id: ctx.pod as PersonId, type: 'telling_set', dueAt: null } as const]
          : []),
      ],
      result: { told: told.map(({ item }) => item.id) },
    };
  },
});

async function untoldOf(read: Reader, _input: unknown, { pod: own, at }: Ctx): Promise<Untold> {
  const [person, timing, waiting] = await Promise.all([
    read.get(PEOPLE, own),
    read.get(TELLINGS, own),
    read.find(HEARINGS, { where: { pod: own, state: 'waiting' }, sort: [['at', 'desc']], limit: MOST_ITEMS }),
  ]);
  const hearings = await Promise.all(
    waiting.map(async (hearing) => {
      const item = await stillOpen(
        read,
        await read.get(NEEDS, hearing.need),
        own,
        hearing.for && { for: hearing.for, at },
      );
      return { hearing, item };
    }),
  );
  return { person, timing, hearings };
}
