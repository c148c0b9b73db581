// add_member: a person or an agent comes into the pod and can read all of it.
import { z } from 'zod';
import { Conflict, NotAllowed } from '../../errors.ts';
import { action } from '../action.ts';
import { anyoneNamed } from '../directory.ts';
import { needPod } from '../need.ts';
import { isPerson } from '../participant.ts';
import { atLeast } from '../standing.ts';
import { memberId } from '../views/member.ts';

export const addMember = action({
  name: 'add_member',
  title: 'Add a member',
  description: 'Adds a person or an agent to the pod; from then on they can read all of it, from its first day.',
  input: z.strictObject({
    who: z.string().min(1).describe('Name, @handle or id'),
    role: z.enum(['owner', 'member', 'guest']).default('member'),
  }),
  // Whoever comes in reads all of it: no text from outside may bring that about.
  effect: 'outside',
  async load(read, { who }, ctx) {
    const person = await anyoneNamed(read, who);
    const foreign = isPerson(person.id) && (await read.get('people', person.id))?.foreign === true;
    return { person, foreign, member: await read.get('members', memberId(ctx.pod, person.id)) };
  },
  decide({ person, foreign, member }, { role: wanted }, ctx) {
    const pod = needPod(ctx, { archived: true });
    // Whoever is of another organisation can be no more.
    const role = foreign ? 'guest' : wanted;
    if (role === 'owner' && !atLeast(ctx.standing, 'owner'))
      throw new NotAllowed(`Only an owner of ${pod.name} can add an owner. Add ${person.name} as a member instead.`);
    if (member?.state === 'in') throw new Conflict(`${person.name} already is in ${pod.name}, as ${member.role}.`);
    return {
      changes: [{ v: 1, on: 'members', id: memberId(ctx.pod, person.id), type: 'member_added', who: person.id, role }],
      result: { member: { id: person.id, name: person.name, role } },
    };
  },
});
