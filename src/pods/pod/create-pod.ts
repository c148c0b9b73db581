// create_pod: creates a pod, for a Slack channel or without one, with its first people and agents.

import { z } from 'zod';
import { Conflict, NotAllowed } from '../../errors.ts';
import { type AgentId, isAgent, isPerson, type Named, type ParticipantId } from '../../log/participant.ts';
import { type Place, placeKey } from '../../log/place.ts';
import { action, type Ctx } from '../action.ts';
import { AGENTS } from '../agent-definitions/agent.ts';
import type { DeliveryWish } from '../deliveries.ts';
import type { Change } from '../kinds.ts';
import { invitesTo } from '../members/invites.ts';
import { memberId, type Role } from '../members/member.ts';
import { askersOf, ORG } from '../members/rights.ts';
import { anyoneNamed, called, namesOfAll } from '../people/directory.ts';
import { nameOf } from '../people/names.ts';
import { PEOPLE, type PersonDoc } from '../people/person.ts';

const input = z.strictObject({
  name: nameOf(80).describe('What people call it'),
  purpose: z.string().trim().max(500).default('').describe('The one goal it is about'),
  agents: z.array(z.string()).optional().describe('Handles of the agents in it; all when absent'),
  members: z.array(z.string()).default([]).describe('People to add beside yourself; an agent adds nobody else'),
});

export const createPod = action({
  name: 'create_pod',
  title: 'Create a pod',
  description:
    'Creates a pod: a shared workspace of people and agents around one goal, whose members see all of it. Returns its id.',
  input,
  // Counts as an effect outside: a pod has readers of its own, so no text from outside may choose them.
  effect: 'outside',
  allow: 'anyone',
  async load(read, { agents, members }, ctx) {
    const every = await read.find(AGENTS, { where: { pod: 'org' }, sort: [['id', 'asc']] });
    const wanted = agents ? await Promise.all(agents.map((handle) => anyoneNamed(read, handle))) : every;
    const invited = await Promise.all(members.map((name) => anyoneNamed(read, name)));
    const [names, askers, known] = await Promise.all([
      namesOfAll(read, [ctx.actor, ctx.onBehalfOf]),
      Promise.all(askersOf(ctx).map((one) => read.get(PEOPLE, one))),
      Promise.all(invited.map(({ id }) => (isPerson(id) ? read.get(PEOPLE, id) : undefined))),
    ]);
    return {
      agents: wanted.map((agent) => agent.id as ParticipantId).filter(isAgent),
      invited: invited.map((one, n) => ({ ...one, role: roleIn(known[n]) })),
      people: known,
      guest: askers.some((person) => person && (person.role === 'guest' || person.state === 'out')),
      creator: ctx.actor === 'skein' || names.has(ctx.actor) ? called(names, ctx.actor) : undefined,
    };
  },
  decide(view, { name, purpose }, ctx) {
    if (ctx.podDoc) {
      // Only members may learn the name of a pod.
      const which = ctx.role === 'none' ? 'a pod' : `the pod “${ctx.podDoc.name}”`;
      throw new Conflict(`This already is ${which}. Use update_pod to change it.`);
    }
    if (!view.creator) throw new NotAllowed('Only people and agents of this organisation can create a pod.');
    const place = placeOf(ctx);
    const direct = ctx.origin?.kind !== 'manifest' && ctx.origin?.direct === true;
    const mailThread = ctx.origin?.kind === 'email' && ctx.origin.thread === true;
    if (view.guest && !direct)
      throw new NotAllowed('Guests of the organisation can work in pods, not make them. Ask a member to make it.');
    refuseStrangers(view.invited, ctx);
    const defaultAgent = pickDefault(view.agents);
    const roles = new Map<ParticipantId, Role>();
    for (const agent of view.agents) roles.set(agent, 'member');
    for (const { id, role } of view.invited) roles.set(id, role);
    for (const one of [ctx.actor, ctx.onBehalfOf])
      if (one && one !== 'skein') roles.set(one, isPerson(one) ? 'owner' : 'member');
    const created: Change = {
      v: 1,
      on: 'pods',
      id: ctx.pod,
      type: 'pod_created',
      name,
      purpose,
      place,
      placeKey: placeKey(place),
      direct,
      ...(direct && ctx.origin?.kind === 'slack' && ctx.origin.app ? { app: ctx.origin.app } : {}),
      ...(mailThread ? { mailThread } : {}),
      ...(defaultAgent ? { defaultAgent } : {}),
    };
    const added = [...roles].map(
      ([who, role]): Change => ({ v: 1, on: 'members', id: memberId(ctx.pod, who), type: 'member_added', who, role }),
    );
    return {
      changes: [created, ...added],
      // Mails reach the pod of a thread by the thread. An address made of any subject would take a later pod's.
      deliveries: [...(direct || mailThread ? [] : [addressFor(ctx.pod, name)]), ...invitesTo(view.people, ctx)],
      result: { pod: { id: ctx.pod, name, purpose } },
    };
  },
});

/** A guest of the organisation can only be a guest in a pod. */
function roleIn(person: PersonDoc | undefined): Role {
  return person?.role === 'guest' ? 'guest' : 'member';
}

/**
 * Refuses to add other people for an agent. People decide about membership: an agent creates a pod only for the person
 * for whom it works.
 */
function refuseStrangers(invited: readonly Named[], { actor, onBehalfOf }: Ctx): void {
  if (!isAgent(actor)) return;
  const other = invited.find(({ id }) => isPerson(id) && id !== onBehalfOf);
  if (other)
    throw new NotAllowed(
      `An agent makes a pod only for the person it works for. Leave ${other.name} out of members; the person adds them with add_member.`,
    );
}

/** Returns the delivery that claims the mail name on the org log, which keeps it unique. */
function addressFor(pod: string, name: string): DeliveryWish {
  const input = { of: pod, name };
  return { kind: 'act', in: ORG, action: 'claim_address', input, actor: 'skein', key: `address:${pod}` };
}

function placeOf({ origin }: Ctx): Place {
  return origin?.kind === 'slack' ? { kind: 'slack', team: origin.team, channel: origin.channel } : { kind: 'none' };
}

/** Returns the default agent, which `@Skein` without another name addresses: pilot if it is there, else the first. */
export function pickDefault(agents: readonly AgentId[]): AgentId | undefined {
  return agents.find((id) => id === 'agent:pilot') ?? agents[0];
}
