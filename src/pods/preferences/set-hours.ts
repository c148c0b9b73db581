// set_hours: sets the hours in which Skein writes to a person unasked, and how many messages a day at most.
import { z } from 'zod';
import { InvalidInput } from '../../errors.ts';
import { action } from '../action.ts';
import { isTimeZone } from '../local-time.ts';
import { PEOPLE } from '../people/person.ts';
import { DAYS, hoursWords } from './hours-words.ts';
import { evolvePreference, hoursOf, PREFERENCES, type PreferenceChange } from './preference.ts';
import { retimed, theirs } from './theirs.ts';

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const UNTIL = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;

export const setHours = action({
  name: 'set_hours',
  title: 'Set your hours',
  description:
    'Sets when, and how often a day, Skein writes unasked to the person you are or act for; fields not given stay. Returns it in words.',
  input: z.strictObject({
    from: z.string().regex(TIME, 'Write a time such as 09:00').optional().describe('HH:MM, by their clock'),
    until: z.string().regex(UNTIL, 'Write a time such as 17:00').optional().describe('HH:MM'),
    days: z.array(z.enum(DAYS)).min(1).max(7).optional(),
    time_zone: z.string().max(80).nullable().optional().describe('Such as Europe/Berlin; null: their own'),
    most: z.int().min(0).max(50).nullable().optional().describe('Messages a day; null: the usual 4'),
  }),
  effect: 'write',
  org: true,
  own: true,
  allow: 'guest',
  async load(read, _input, ctx) {
    const id = theirs(ctx);
    const [person, preference] = await Promise.all([read.get(PEOPLE, id), read.get(PREFERENCES, id)]);
    return { person, preference };
  },
  decide({ person, preference }, { from, until, days, time_zone: timeZone, most }, ctx) {
    const id = theirs(ctx);
    if (from === undefined && until === undefined && days === undefined && timeZone === undefined && most === undefined)
      throw new InvalidInput('Say what to set: from, until, days, time_zone or most.');
    if (timeZone && !isTimeZone(timeZone))
      throw new InvalidInput(`“${timeZone}” is no time zone. Write one such as Europe/Berlin or America/New_York.`);
    const change: PreferenceChange = {
      ...{ v: 1, on: 'preferences', id, type: 'hours_set' },
      ...(from === undefined ? {} : { from }),
      ...(until === undefined ? {} : { until: until === '24:00' ? '00:00' : until }),
      ...(days === undefined ? {} : { days: DAYS.flatMap((day, n) => (days.includes(day) ? [n + 1] : [])) }),
      ...(timeZone === undefined ? {} : { timeZone }),
      ...(most === undefined ? {} : { most }),
    };
    const set = evolvePreference(preference, change, { pod: ctx.pod, seq: 0, at: ctx.at, actor: ctx.actor });
    const hours = hoursOf(set, person);
    if (hours.from === hours.until && hours.from !== '00:00')
      throw new InvalidInput(
        `From ${hours.from} until ${hours.until} is no time. For the whole day: 00:00 until 24:00.`,
      );
    return {
      changes: [change],
      deliveries: [retimed(id, ctx)],
      result: { hours: { person: id, ...hours, says: hoursWords(hours) } },
    };
  },
});
