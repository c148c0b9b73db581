// Decides who is sent an invitation: a person who comes into a pod for the first time, and has no Slack. Pure.
import { idOf } from '../../log/ids.ts';
import type { ParticipantId, PersonId } from '../../log/participant.ts';
import type { Ctx } from '../action.ts';
import type { Wish } from '../deliveries.ts';
import type { PersonDoc } from '../people/person.ts';

/** Nobody is invited by their place on a mail thread: they have the thread's mails before them. */
export function invitesTo(
  people: readonly (PersonDoc | undefined)[],
  ctx: Pick<Ctx, 'actor' | 'onBehalfOf' | 'origin'>,
): Wish<'invite'>[] {
  const by: ParticipantId = ctx.onBehalfOf ?? ctx.actor;
  const isOnThread = ctx.origin?.kind === 'email' && ctx.origin.thread === true;
  if (by === 'skein' || isOnThread) return [];
  return people.flatMap((person) =>
    person && person.id !== by && person.id !== ctx.actor && livesByMail(person)
      ? [{ kind: 'invite' as const, person: person.id as PersonId, by }]
      : [],
  );
}

function livesByMail({ email, accounts, state }: PersonDoc): boolean {
  return state === 'in' && email !== undefined && !accounts.some((account) => account.startsWith('slack:'));
}

/** Returns the thread of a person's invitation to the pod, by which a reply to it is known. */
export function inviteThread(pod: string, person: PersonId): string {
  return idOf('invite', pod, person);
}
