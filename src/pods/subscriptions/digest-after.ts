// When a person's next digest has come, with all that waits for them.
import type { Reader } from '../../log/action.ts';
import { wallClock } from '../local-time.ts';
import type { PersonDoc } from '../people/person.ts';
import { SUBSCRIPTIONS } from './subscription.ts';
import { dueNext, scheduleOf } from './times.ts';

/** The time after which the digest has surely told its items, in milliseconds after the digest's own time. */
const DIGEST_MS = 900_000;

/** In milliseconds since 1970. Undefined for a person without a digest. */
export async function digestAfter(read: Reader, person: PersonDoc, at: number): Promise<number | undefined> {
  const subscription = await read.get(SUBSCRIPTIONS, person.id);
  if (subscription && subscription.state !== 'on') return undefined;
  const schedule = scheduleOf(person, subscription);
  return dueNext(schedule, wallClock(schedule.timeZone), at).at + DIGEST_MS;
}
