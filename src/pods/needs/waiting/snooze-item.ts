// snooze_item: puts off an open item. Its person is reminded of it when their hours begin on the chosen day.
import { z } from 'zod';
import { Conflict, InvalidInput, NotAllowed, NotFound } from '../../../errors.ts';
import type { Reader } from '../../../log/action.ts';
import { isPerson, type PersonId } from '../../../log/participant.ts';
import { action, type Ctx } from '../../action.ts';
import { addDays, instantOf, localDay, wallClock } from '../../local-time.ts';
import { MEMBERS, type MemberDoc, memberId } from '../../members/member.ts';
import { askersOf } from '../../members/rights.ts';
import { PEOPLE, type PersonDoc } from '../../people/person.ts';
import { standsInFor } from '../../preferences/deputy.ts';
import { hoursOf, PREFERENCES, type PreferenceDoc } from '../../preferences/preference.ts';
import { minute } from '../../require.ts';
import { HEARINGS, hearingId, ownLog } from '../../telling/hearing.ts';
import { withinHours } from '../../telling/hours.ts';
import { NEEDS, type NeedDoc } from '../need.ts';

interface View {
  item: NeedDoc | undefined;
  member: MemberDoc | undefined;
  person: PersonDoc | undefined;
  preference: PreferenceDoc | undefined;
  /** The person who is away, if the item is theirs and the person stands in for them. */
  absent: PersonId | undefined;
}

export const snoozeItem = action({
  name: 'snooze_item',
  title: 'Put something off',
  description: 'Puts off an item of list_waiting; its person is reminded when their hours begin on that day.',
  input: z.strictObject({
    item: z.string().min(1).describe('Its id, from list_waiting'),
    until: z
      .union([z.literal('tomorrow'), z.iso.date()])
      .default('tomorrow')
      .describe('YYYY-MM-DD, or tomorrow'),
  }),
  effect: 'write',
  org: true,
  own: true,
  allow: 'guest',
  async load(read: Reader, { item: id }, ctx): Promise<View> {
    const who = whose(ctx);
    const [item, person, preference] = await Promise.all([
      read.get(NEEDS, id),
      read.get(PEOPLE, who),
      read.get(PREFERENCES, who),
    ]);
    const absent = await absentOwner(read, item, who, ctx.at);
    return { item, person, preference, absent, member: item && (await read.get(MEMBERS, memberId(item.pod, who))) };
  },
  decide({ item, member, person, preference, absent }, { until }, ctx) {
    const who = whose(ctx);
    // Somebody else's item and one that does not exist get the same answer.
    const theirs = item?.who === who || absent !== undefined || (item?.who === 'owners' && member?.role === 'owner');
    if (!item || !theirs || member?.state !== 'in')
      throw new NotFound('There is no such item of theirs. list_waiting shows what waits, with its id.');
    if (item.state !== 'open') throw new Conflict('It does not wait any more, so there is nothing to put off.');
    const hours = hoursOf(preference, person);
    const zone = hours.timeZone;
    const today = localDay(zone, ctx.at);
    const day = until === 'tomorrow' ? addDays(today, 1) : until;
    if (day <= today) throw new InvalidInput(`${day} is not after today. Give a later day, or leave it as it is.`);
    const begins = instantOf(wallClock(zone), day, hours.from) ?? ctx.at;
    const at = withinHours(begins, hours, zone);
    return {
      changes: [],
      deliveries: [
        {
          ...{ kind: 'act', in: ownLog(who), action: 'put_off', actor: 'skein', key: ctx.id('h') },
          input: { need: item.id, until: at, ...(absent ? { for: absent } : {}) },
        },
      ],
      result: { item: item.id, until: minute(at), day: localDay(zone, at) },
    };
  },
});

/** An absent person’s deputy puts the item off for themselves; the person hears of it when they are back. */
async function absentOwner(
  read: Reader,
  item: NeedDoc | undefined,
  who: PersonId,
  at: number,
): Promise<PersonId | undefined> {
  if (!item || item.who === who) return undefined;
  const absent = isPerson(item.who) ? item.who : (await read.get(HEARINGS, hearingId(who, item.id)))?.for;
  return absent && (await standsInFor(read, absent, who, at)) ? absent : undefined;
}

function whose(ctx: Ctx): PersonId {
  const [person, other] = askersOf(ctx);
  if (other)
    throw new NotAllowed(
      'What waits is one person’s own, and you act on the words of several. Answer that; then ask again whoever wants it.',
    );
  if (person) return person;
  throw new InvalidInput('Only what waits for a person is put off. Say for whom this is done.');
}
