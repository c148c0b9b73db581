// Handles /skein hours, /skein away and /skein back: when Skein writes to a person unasked, and who stands in for them.
import type { PersonDoc } from '../../../pods/people/person.ts';
import { hoursOf, type OwnHours, PREFERENCES } from '../../../pods/preferences/preference.ts';
import type { AwayResult } from '../../../pods/preferences/set-away.ts';
import { notice } from '../../../slack/render/blocks.ts';
import type { Post } from '../../../slack/render/render.ts';
import { enter } from '../../enter.ts';
import { awayAnswer, hoursAnswer, hoursWishOf } from '../../hours-wish.ts';
import { ownDay } from '../../own-day.ts';
import type { SlackContext } from '../context.ts';

export const HOURS_HELP = [
  {
    usage: '/skein hours 9-17 Mon-Thu',
    says: 'sets when Skein may write to you unasked; also: zone Europe/Berlin, at most 2 a day',
  },
  { usage: '/skein away until 2026-12-07 deputy @name', says: 'leaves you alone till then; /skein back ends it' },
];

const inSlack = (words: string) => `/skein ${words}`;

export async function hoursCommand(
  slack: SlackContext,
  asked: { triggerId: string },
  person: PersonDoc,
  words: readonly string[],
): Promise<Post> {
  const wish = hoursWishOf(words, inSlack, (await ownDay(slack.read, person, slack.clock())).today);
  if (wish.action === 'show') {
    const preference = await slack.read.get(PREFERENCES, person.id);
    return notice(hoursAnswer(slack.texts, hoursOf(preference, person), inSlack));
  }
  const act = { as: person, input: wish.input, via: 'slack', key: `hours:${person.id}:${asked.triggerId}` } as const;
  if (wish.action === 'set_hours') {
    const { result } = await enter<{ hours: OwnHours }>(slack, { ...act, action: 'set_hours' });
    return notice(hoursAnswer(slack.texts, result.hours, inSlack));
  }
  const { result } = await enter<AwayResult>(slack, { ...act, action: 'set_away' });
  return notice(awayAnswer(slack.texts, result, inSlack));
}
