// list_pods: the pods one is in.
import { z } from 'zod';
import { action } from '../action.ts';
import { isAgent } from '../participant.ts';

export const listPods = action({
  name: 'list_pods',
  title: 'List pods',
  description: 'Lists the pods you are in, with role, purpose and where each lives.',
  input: z.strictObject({ archived: z.boolean().default(false).describe('Also those at rest') }),
  effect: 'read',
  allow: 'anyone',
  async load(read, _input, ctx) {
    // An agent in somebody's DM lists that person's pods: it reads for them there. Elsewhere it knows of the pod it is
    // in alone: the names of others may be no business of this pod's readers.
    const here = ctx.podDoc;
    const who = here?.direct && ctx.onBehalfOf ? ctx.onBehalfOf : ctx.actor;
    const all = (await read.find('members', { where: { who } })).filter((member) => member.state === 'in');
    const members = isAgent(who) ? all.filter((member) => member.pod === here?.id) : all;
    const pods = members.length
      ? await read.find('pods', { where: { id: { in: members.map((member) => member.pod) } } })
      : [];
    return { members, pods };
  },
  decide({ members, pods }, { archived }) {
    const roles = new Map(members.map((member) => [member.pod, member.role]));
    const shown = pods.filter((pod) => archived || pod.state === 'active').sort((a, b) => a.name.localeCompare(b.name));
    return {
      changes: [],
      result: {
        pods: shown.map(({ id, name, purpose, state, direct, place }) => ({
          id,
          name,
          purpose,
          state,
          direct,
          role: roles.get(id) ?? 'member',
          ...(place.kind === 'slack' ? { channel: place.channel } : {}),
        })),
      },
    };
  },
});
