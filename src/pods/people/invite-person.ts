// invite_person: adds a person without a Slack account to the organisation, by their mail address.

import { z } from 'zod';
import { Conflict, NotAllowed } from '../../errors.ts';
import type { ParticipantId } from '../../log/participant.ts';
import { action } from '../action.ts';
import { askersOf, atLeast } from '../members/rights.ts';
import { nameOf } from './names.ts';
import { PEOPLE } from './person.ts';

export const invitePerson = action({
  name: 'invite_person',
  title: 'Invite a person by mail',
  description:
    'Makes somebody known by their mail address, so that add_member can add them to pods. Their mail counts once it is authenticated. They are told when they are added.',
  input: z.strictObject({
    email: z.email().max(254).toLowerCase().describe('Their mail address'),
    name: nameOf(200).describe('Their name'),
    role: z.enum(['member', 'guest']).default('member'),
    timeZone: z.string().max(80).optional().describe('As in Europe/Berlin'),
  }),
  // Counts as an effect outside: a known person can be added to pods, so no text from outside may cause it.
  effect: 'outside',
  org: true,
  allow: (_view, _input, ctx) =>
    (askersOf(ctx).length > 0 && atLeast(ctx.role, 'member')) ||
    ctx.role === 'skein' ||
    'Inviting people is for members of the organisation, and for agents that one of them has asked. Ask one of them.',
  async load(read, { email }) {
    const handle = handleFrom(email);
    const [people, namesakes] = await Promise.all([
      read.find(PEOPLE, { where: { accounts: `mail:${email}` }, limit: 1 }),
      read.find(PEOPLE, { where: { names: handle }, limit: 1 }),
    ]);
    return { known: people[0], handle: namesakes.length ? email.replace('@', '-at-') : handle };
  },
  decide({ known, handle }, { email, name, role, timeZone }, ctx) {
    if (known?.state === 'in')
      throw new Conflict(`${known.name} is known by that address already. add_member adds them to a pod.`);
    if (known) throw new NotAllowed(`${known.name} was deactivated. Whoever looks after Slack can let them in again.`);
    const id = `person:${ctx.id('p').slice(2)}` as ParticipantId;
    const facts = { name, handle, email, role, state: 'in' as const, ...(timeZone ? { timeZone } : {}) };
    return {
      changes: [{ v: 1, on: 'people', id, type: 'person_registered', facts, accounts: [`mail:${email}`] }],
      result: { person: { id, name, handle } },
    };
  },
});

function handleFrom(email: string): string {
  return email.slice(0, email.lastIndexOf('@')).replace(/[^a-z0-9._-]+/g, '-');
}
