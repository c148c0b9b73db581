// set_digest: sets when a person's daily digest comes and whether it comes. send_digest: sends it now.

import { z } from 'zod';
import { InvalidInput, NotAllowed } from '../../errors.ts';
import type { PersonId } from '../../log/participant.ts';
import { action, type Ctx } from '../action.ts';
import { isTimeZone, wallClock } from '../local-time.ts';
import { askersOf } from '../members/rights.ts';
import { PEOPLE } from '../people/person.ts';
import { minute } from '../require.ts';
import { closing, reachOf } from './closing.ts';
import { digestScopeFor } from './range.ts';
import { evolveSubscription, SUBSCRIPTIONS, type SubscriptionChange } from './subscription.ts';
import { dueNext, scheduleOf } from './times.ts';

export const setDigest = action({
  name: 'set_digest',
  title: 'Set the daily digest',
  description:
    'Sets when the daily digest of the person you are or act for comes, pauses it (news is kept for later), stops it or turns it on. Returns what is set and when the next one comes.',
  input: z.strictObject({
    time: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
      .optional()
      .describe('HH:MM, by their clock'),
    time_zone: z.string().max(80).nullable().optional().describe('IANA name such as Europe/Berlin; null: their own'),
    state: z.enum(['on', 'paused', 'off']).optional(),
  }),
  effect: 'write',
  org: true,
  own: true,
  allow: 'guest',
  async load(read, _input, ctx) {
    const id = theirs(ctx);
    return { person: await read.get(PEOPLE, id), subscription: await read.get(SUBSCRIPTIONS, id) };
  },
  decide({ person, subscription }, { time, time_zone: timeZone, state }, ctx) {
    const id = theirs(ctx);
    if (time === undefined && timeZone === undefined && state === undefined)
      throw new InvalidInput('Say what to set: a time, a time_zone or a state (on, paused, off).');
    if (timeZone && !isTimeZone(timeZone))
      throw new InvalidInput(`“${timeZone}” is no time zone. Write one such as Europe/Berlin or America/New_York.`);
    const change: SubscriptionChange = {
      v: 1,
      on: 'subscriptions',
      id,
      type: 'digest_set',
      ...(time === undefined ? {} : { time }),
      ...(timeZone === undefined ? {} : { timeZone }),
      ...(state === undefined ? {} : { state }),
    };
    const meta = { pod: ctx.pod, seq: 0, at: ctx.at, actor: ctx.actor };
    const set = evolveSubscription(subscription, change, meta);
    const schedule = scheduleOf(person ?? {}, set);
    const on = set?.state === 'on';
    const next = on ? dueNext(schedule, wallClock(schedule.timeZone), ctx.at) : undefined;
    return {
      changes: [change],
      result: {
        digest: {
          person: id,
          state: set?.state ?? 'on',
          time: schedule.time,
          timeZone: schedule.timeZone,
          ...(next ? { next: minute(next.at), day: next.day } : {}),
        },
      },
    };
  },
});

export const sendDigest = action({
  name: 'send_digest',
  title: 'Send the digest now',
  description:
    'Sends the person you are or act for their digest now, over all their pods; the daily one still comes, with what is new after this.',
  input: z.strictObject({}),
  effect: 'write',
  org: true,
  own: true,
  allow: 'guest',
  load: (read, _input, ctx) => digestScopeFor(read, theirs(ctx), ctx.at),
  decide(scope, _input, ctx) {
    if (!scope.person || !reachOf(scope.person))
      throw new InvalidInput('There is neither a Slack account nor a mail address to send the digest to.');
    return closing(theirs(ctx), scope);
  },
});

/** Returns the person whose digest it is: the actor, or the person for whom an agent works. */
function theirs(ctx: Ctx): PersonId {
  const [person, other] = askersOf(ctx);
  if (other)
    throw new NotAllowed(
      'A digest is one person’s own, and you act on the words of several. Answer that; then ask again whoever wants it.',
    );
  if (person) return person;
  throw new InvalidInput('A digest belongs to a person. Say for whom this is done.');
}
