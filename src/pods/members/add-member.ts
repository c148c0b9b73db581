// add_member: adds a person or an agent to the pod. A member can read all of it.

import { z } from 'zod';
import { Conflict, NotAllowed, NotFound } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import { isPerson, type Named, type ParticipantId, type PersonId } from '../../log/participant.ts';
import { action, type Ctx } from '../action.ts';
import { offerNamed, takeOffer } from '../conversations/lines/take-offer.ts';
import { heardAgain } from '../needs/heard-again.ts';
import { hearing } from '../needs/raise.ts';
import { addressIn, personByAddress } from '../people/by-address.ts';
import { anyoneNamed } from '../people/directory.ts';
import { PEOPLE } from '../people/person.ts';
import { requirePod } from '../require.ts';
import { followsChannel } from './channel-people.ts';
import { invitesTo } from './invites.ts';
import { itemsLeftBy } from './leaving.ts';
import { MEMBERS, memberId } from './member.ts';
import { hasApp, movesApp } from './presence.ts';
import { atLeast } from './rights.ts';

export const addMember = action({
  name: 'add_member',
  title: 'Add a member',
  description:
    'Adds a person or an agent to the pod; from then on they can read all of it, from its first day. An agent’s own Slack app comes into the channel with it.',
  input: z.strictObject({
    who: z.string().min(1).describe('Name, @handle, id or mail address'),
    role: z.enum(['owner', 'member', 'guest']).default('member'),
    offer: z.string().optional().describe('The line that offers this agent: it then hears the message'),
  }),
  // Counts as an effect outside: a new member can read everything, so no text from outside may cause it.
  effect: 'outside',
  async load(read, { who, offer }, ctx) {
    const person = await newcomerNamed(read, who);
    const [member, others, follows, known, app] = await Promise.all([
      read.get(MEMBERS, memberId(ctx.pod, person.id)),
      peopleOfDm(read, ctx, person.id),
      followsChannel(read, ctx, person.id),
      isPerson(person.id) ? read.get(PEOPLE, person.id) : undefined,
      hasApp(read, ctx, person.id),
    ]);
    const taken = offer ? await offerNamed(read, ctx, offer) : undefined;
    const was = member && isPerson(person.id) ? person.id : undefined;
    const waiting = was ? await heardAgain(read, was, ctx.pod) : [];
    const back = was ? (await itemsLeftBy(read, ctx.pod, was)).slice(0, MOST_AGAIN) : [];
    return { person, known, foreign: known?.foreign === true, member, others, follows, app, taken, waiting, back };
  },
  decide({ person, known, foreign, member, others, follows, app, taken, waiting, back }, { role: wanted }, ctx) {
    const pod = requirePod(ctx, { archived: true });
    // A DM gets no second person, because nobody else may read what agents read for its owner. The owner may come back
    // after they left.
    if (pod.direct && isPerson(person.id) && (!member || others.length))
      throw new Conflict(
        `${pod.name} is one person's own conversation with the agents, so ${person.name} can't come in. Work together in a channel's pod, or make one with create_pod, and say there what is for both of you.`,
      );
    // A person of another organisation can be no more than a guest.
    const role = foreign ? 'guest' : wanted;
    if (role === 'owner' && !atLeast(ctx.role, 'owner'))
      throw new NotAllowed(`Only an owner of ${pod.name} can add an owner. Add ${person.name} as a member instead.`);
    // Only the Slack door sets this: the agent's own app is in the channel.
    const withApp = ctx.origin?.kind === 'slack' && ctx.origin.app === person.id;
    if (member?.state === 'in' && withApp && !member.app)
      return {
        changes: [{ v: 1, on: 'members', id: member.id, type: 'app_came' }],
        result: { member: { id: person.id, name: person.name, role: member.role } },
      };
    if (member?.state === 'in') throw new Conflict(`${person.name} already is in ${pod.name}, as ${member.role}.`);
    if (follows)
      throw new Conflict(
        `Whoever is in the Slack channel of ${pod.name} is in the pod, and nobody else of the workspace. Invite ${person.name} to the channel in Slack, and the pod follows at once.`,
      );
    // Comes last: a door that hears it invites them, and nobody is invited who may not be added.
    if (person.unknown)
      throw new NotYetKnown(
        `Nobody is known by ${person.unknown} yet. invite_person makes them known, by that address and a name; then add_member adds them.`,
      );
    const heard = taken ? takeOffer(ctx, taken, person) : undefined;
    return {
      changes: [
        {
          ...{ v: 1, on: 'members', id: memberId(ctx.pod, person.id), type: 'member_added', who: person.id, role },
          ...(back.length ? { back } : {}),
          ...(withApp ? { app: true as const } : {}),
        },
        ...(heard?.changes ?? []),
      ],
      deliveries: [
        ...(heard?.deliveries ?? []),
        ...(member ? [] : invitesTo([known], ctx)),
        ...movesApp(ctx, person.id, app && !withApp),
        // They are back: what was open when they left waits for them again.
        ...waiting.map(({ id: need }, n) => hearing(person.id as PersonId, { pod: ctx.pod, need }, ctx.id('ha', n))),
      ],
      result: { member: { id: person.id, name: person.name, role } },
    };
  },
});

/** Nothing is lacking but the person: nobody is known by the address yet. */
export class NotYetKnown extends NotFound {}

interface Newcomer extends Named {
  /** Set if nobody is known by this address. */
  unknown?: string;
}

/** @throws NotFound if it is no address, and nobody goes by it */
async function newcomerNamed(read: Reader, who: string): Promise<Newcomer> {
  const { address } = addressIn(who) ?? {};
  if (!address) return anyoneNamed(read, who);
  const known = await personByAddress(read, address);
  if (known) return { id: known.id as ParticipantId, name: known.name, handle: known.handle };
  return { id: `person:${address}`, name: address, handle: address, unknown: address };
}

/** The most items that come back with somebody. The owners' list holds the others. */
const MOST_AGAIN = 50;

/** Returns the other people in a DM; empty for any other pod. */
async function peopleOfDm(read: Reader, { pod, podDoc }: Ctx, but: ParticipantId): Promise<ParticipantId[]> {
  if (!podDoc?.direct) return [];
  const members = await read.find(MEMBERS, { where: { pod } });
  return members.filter(({ who, state }) => state === 'in' && isPerson(who) && who !== but).map(({ who }) => who);
}
