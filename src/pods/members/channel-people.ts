// The people of a pod that lives in a Slack channel are the channel's: whoever comes or goes there does so here.

import type { Reader } from '../../log/action.ts';
import { isPerson, type ParticipantId } from '../../log/participant.ts';
import type { Ctx } from '../action.ts';
import { PEOPLE } from '../people/person.ts';

/** Whether Skein lets them in and out as the channel does: what anybody else did to it would be undone by their next message. */
export async function followsChannel(read: Pick<Reader, 'get'>, ctx: Ctx, who: ParticipantId): Promise<boolean> {
  const { podDoc, role } = ctx;
  if (role === 'skein' || podDoc?.place.kind !== 'slack' || podDoc.direct || !isPerson(who)) return false;
  const { team } = podDoc.place;
  const person = await read.get(PEOPLE, who);
  return person?.accounts.some((account) => account.startsWith(`slack:${team}:`)) ?? false;
}
