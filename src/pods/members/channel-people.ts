// In the pod of a Slack channel, the people are those of the channel: a person who joins or leaves the channel joins or
// leaves the pod.

import type { Reader } from '../../log/action.ts';
import { isPerson, type ParticipantId } from '../../log/participant.ts';
import type { Ctx } from '../action.ts';
import { PEOPLE } from '../people/person.ts';

/** True if only Slack decides about this membership. Any other change would be undone by the person's next message. */
export async function followsChannel(read: Pick<Reader, 'get'>, ctx: Ctx, who: ParticipantId): Promise<boolean> {
  const { podDoc, role } = ctx;
  if (role === 'skein' || podDoc?.place.kind !== 'slack' || podDoc.direct || !isPerson(who)) return false;
  const { team } = podDoc.place;
  const person = await read.get(PEOPLE, who);
  return person?.accounts.some((account) => account.startsWith(`slack:${team}:`)) ?? false;
}
