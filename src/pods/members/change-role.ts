// change_role: changes the role of a person or an agent.

import { z } from 'zod';
import { Conflict, NotAllowed } from '../../errors.ts';
import { isPerson } from '../../log/participant.ts';
import { action } from '../action.ts';
import { memberNamed } from '../people/directory.ts';
import { PEOPLE } from '../people/person.ts';
import { requirePod } from '../require.ts';
import { itemsLeftBy, itemsToDecide, MOST_PASSED } from './leaving.ts';
import { memberId } from './member.ts';
import { ownerDocs } from './members-of.ts';

export const changeRole = action({
  name: 'change_role',
  title: "Change a member's role",
  description:
    'Makes a member an owner (may do all), a member (may work) or a guest (may read and write messages). Its owners are told what a new guest had to decide.',
  input: z.strictObject({ who: z.string().min(1), role: z.enum(['owner', 'member', 'guest']) }),
  // Counts as an effect outside: people grant rights, so no text from outside may cause it.
  effect: 'outside',
  allow: 'owner',
  async load(read, { who, role }, ctx) {
    const person = await memberNamed(read, ctx.pod, who);
    const owners = await ownerDocs(read, ctx.pod);
    const foreign = isPerson(person.id) && (await read.get(PEOPLE, person.id))?.foreign === true;
    const id = isPerson(person.id) ? person.id : undefined;
    const passes = id && role === 'guest' ? await itemsToDecide(read, ctx.pod, id) : [];
    const back = id && role !== 'guest' ? await itemsLeftBy(read, ctx.pod, id) : [];
    return { person, foreign, owners, passes, back: back.slice(0, MOST_PASSED) };
  },
  decide({ person, foreign, owners, passes, back }, { role }, ctx) {
    const pod = requirePod(ctx, { archived: true });
    if (foreign && role !== 'guest')
      throw new NotAllowed(`${person.name} is of another organisation, and so a guest of ${pod.name}, never more.`);
    if (pod.direct && isPerson(person.id))
      throw new Conflict(
        `${pod.name} is one person's own conversation with the agents: whose it is stays its owner. Work together in a channel's pod, or make one with create_pod.`,
      );
    if (role !== 'owner' && owners.length === 1 && owners[0]?.who === person.id)
      throw new Conflict(`${person.name} is the only owner of ${pod.name}. Make somebody else an owner first.`);
    return {
      changes: [
        {
          ...{ v: 1, on: 'members', id: memberId(ctx.pod, person.id), type: 'role_changed', role },
          ...(passes.length ? { passes } : {}),
          ...(back.length ? { back } : {}),
        },
      ],
      result: { member: { id: person.id, name: person.name, role } },
    };
  },
});
