// set_away: records that a person is away. The person's open items go to a deputy, or wait until the person is back.
import { z } from 'zod';
import { Conflict, InvalidInput } from '../../errors.ts';
import { isPerson, type Named } from '../../log/participant.ts';
import { action, type Decision } from '../action.ts';
import { addDays, instantOf, wallClock } from '../local-time.ts';
import { anyoneNamed } from '../people/directory.ts';
import { PEOPLE, type PersonDoc } from '../people/person.ts';
import { untilWords } from './hours-words.ts';
import { type Away, awayAt, hoursOf, PREFERENCES } from './preference.ts';
import { retimed, theirs } from './theirs.ts';

const UNTIL = /^\d{4}-\d{2}-\d{2}(T([01]\d|2[0-3]):[0-5]\d)?$/;

export interface AwayResult {
  away: {
    person: string;
    back?: true;
    /** The end of the absence, in words. */
    says?: string;
    /** Until they say that they are back. */
    open?: true;
    deputy?: { id: string; name: string };
  };
}

export const setAway = action({
  name: 'set_away',
  title: 'Say that you are away',
  description:
    'Says that the person you are or act for is away: nothing is sent to them until they are back, and a deputy hears what needs them.',
  input: z.strictObject({
    until: z
      .string()
      .regex(UNTIL, 'Write a day such as 2026-12-07')
      .optional()
      .describe('The day they are back, with a local time if need be: 2026-12-07T12:00'),
    deputy: z.string().min(1).optional().describe('Name or @handle of a person'),
    back: z.boolean().default(false).describe('They are back'),
  }),
  effect: 'write',
  org: true,
  own: true,
  allow: 'guest',
  async load(read, { deputy }, ctx) {
    const id = theirs(ctx);
    const [person, preference, named] = await Promise.all([
      read.get(PEOPLE, id),
      read.get(PREFERENCES, id),
      deputy ? anyoneNamed(read, deputy) : undefined,
    ]);
    const standIn = named && isPerson(named.id) ? await read.get(PEOPLE, named.id) : undefined;
    return { person, preference, deputy: named, standIn };
  },
  decide({ person, preference, deputy, standIn }, { until: day, back }, ctx): Decision<AwayResult> {
    const id = theirs(ctx);
    const { timeZone } = hoursOf(preference, person);
    if (back) {
      if (day !== undefined || deputy) throw new InvalidInput('Either away or back: leave out until and deputy.');
      if (!awayAt(preference, ctx.at)) throw new Conflict('You are not away; nothing was changed.');
      return {
        changes: [{ v: 1, on: 'preferences', id, type: 'away_ended' }],
        deliveries: [retimed(id, ctx)],
        result: { away: { person: id, back: true } },
      };
    }
    const until = day === undefined ? undefined : instantNamed(day, timeZone, ctx.at);
    if (deputy) requireDeputy(deputy, standIn, id);
    const away: Away = {
      ...(until === undefined ? {} : { until }),
      ...(deputy && isPerson(deputy.id) ? { deputy: deputy.id } : {}),
    };
    return {
      changes: [{ v: 1, on: 'preferences', id, type: 'away_set', ...away }],
      deliveries: [retimed(id, ctx)],
      result: {
        away: {
          person: id,
          says: untilWords(away, timeZone),
          ...(until === undefined ? { open: true as const } : {}),
          ...(deputy ? { deputy: { id: deputy.id, name: deputy.name } } : {}),
        },
      },
    };
  },
});

/** Returns the instant of a day or time in the zone. @throws InvalidInput if it is over or does not exist */
function instantNamed(text: string, timeZone: string, now: number): number {
  const [day = '', time = '00:00'] = text.split('T');
  const real = !Number.isNaN(Date.parse(`${day}T00:00Z`)) && addDays(day, 0) === day;
  const at = real ? instantOf(wallClock(timeZone), day, time) : undefined;
  if (at !== undefined && at > now) return at;
  throw new InvalidInput(`“${text}” is over, or is no day. Write the day you are back, such as 2026-12-07.`);
}

function requireDeputy(deputy: Named, doc: PersonDoc | undefined, person: string): void {
  if (!doc) throw new InvalidInput(`${deputy.name} is an agent. A deputy is a person.`);
  if (deputy.id === person) throw new InvalidInput('You can’t be your own deputy. Name somebody else.');
  if (doc.state === 'out' || doc.foreign)
    throw new InvalidInput(`${deputy.name} is not in this organisation. Name somebody who is.`);
}
