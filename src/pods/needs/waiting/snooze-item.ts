// snooze_item: puts off an open item. Its person is reminded of it at the time that they named, or when their hours begin
// on the day that they named.
import { z } from 'zod';
import { Conflict, InvalidInput, NotAllowed, NotFound } from '../../../errors.ts';
import type { Reader } from '../../../log/action.ts';
import { isPerson, type Named, type ParticipantId, type PersonId } from '../../../log/participant.ts';
import { action, type Ctx } from '../../action.ts';
import { localDay, shownTime, wallClock } from '../../local-time.ts';
import { MEMBERS, type MemberDoc, memberId } from '../../members/member.ts';
import { askersOf } from '../../members/rights.ts';
import { called, namesOfAll } from '../../people/directory.ts';
import { PEOPLE, type PersonDoc } from '../../people/person.ts';
import { standsInFor } from '../../preferences/deputy.ts';
import { hoursOf, PREFERENCES, type PreferenceDoc } from '../../preferences/preference.ts';
import { minute } from '../../require.ts';
import { comingTime } from '../../spoken-time.ts';
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
  /** The name of whoever settled the item. */
  names: ReadonlyMap<ParticipantId, Named>;
}

export const snoozeItem = action({
  name: 'snooze_item',
  title: 'Put something off',
  description: 'Puts off an item of list_waiting; its person is reminded then.',
  input: z.strictObject({
    item: z.string().min(1).describe('Its id, from list_waiting'),
    until: z
      .string()
      .min(1)
      .max(40)
      .default('tomorrow')
      .describe('Such as: tomorrow, in an hour, 3pm, this afternoon, Monday, YYYY-MM-DD'),
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
    const [member, names] = await Promise.all([
      item && read.get(MEMBERS, memberId(item.pod, who)),
      namesOfAll(read, [item?.settledBy]),
    ]);
    return { item, person, preference, absent, member, names };
  },
  decide({ item, member, person, preference, absent, names }, { until: words }, ctx) {
    const who = whose(ctx);
    // Somebody else's item and one that does not exist get the same answer.
    const theirs = item?.who === who || absent !== undefined || (item?.who === 'owners' && member?.role === 'owner');
    if (!item || !theirs || member?.state !== 'in')
      throw new NotFound('There is no such item of theirs. list_waiting shows what waits, with its id.');
    const hours = hoursOf(preference, person);
    const zone = hours.timeZone;
    if (item.state !== 'open') throw new Conflict(overWords(item, { who, names, zone }));
    const named = comingTime(words, { at: ctx.at, wall: wallClock(zone), from: hours.from });
    if (!named) throw new InvalidInput(`“${words}” is no time that Skein can read. ${HOW}`);
    if (named.at <= ctx.at) throw new InvalidInput(`“${words}” is over, or not after today. ${HOW}`);
    const at = named.exact ? named.at : withinHours(named.at, hours, zone);
    return {
      changes: [],
      deliveries: [
        {
          ...{ kind: 'act', in: ownLog(who), action: 'put_off', actor: 'skein', key: ctx.id('h') },
          input: {
            need: item.id,
            until: at,
            ...(named.exact ? { exact: true } : {}),
            ...(absent ? { for: absent } : {}),
          },
        },
      ],
      result: { item: item.id, until: minute(at), day: localDay(zone, at) },
    };
  },
});

const HOW = 'Say it as “in an hour”, “3pm”, “this afternoon”, “tomorrow”, “Monday 9:30” or “2026-12-24”.';

function overWords(
  { state, settledBy, settledAt, at }: NeedDoc,
  { who, names, zone }: { who: PersonId; names: View['names']; zone: string },
): string {
  const by = settledBy === who ? 'you' : called(names, settledBy ?? 'skein').name;
  const when = shownTime(zone, settledAt ?? at);
  const how = state === 'settled' ? 'settled' : 'taken back';
  return `It does not wait any more, so there is nothing to put off. It was ${how} by ${by}, ${when}.`;
}

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
