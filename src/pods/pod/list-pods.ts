// list_pods: lists the caller's pods.

import { z } from 'zod';
import type { Reader } from '../../log/action.ts';
import { isAgent, type ParticipantId } from '../../log/participant.ts';
import { action } from '../action.ts';
import { MEMBERS, type MemberDoc } from '../members/member.ts';
import { askersOf } from '../members/rights.ts';
import { PODS } from './pod.ts';

export const listPods = action({
  name: 'list_pods',
  title: 'List pods',
  description: 'Lists the pods you are in, with role, purpose and where each lives.',
  input: z.strictObject({ archived: z.boolean().default(false).describe('Also those at rest') }),
  effect: 'read',
  allow: 'anyone',
  async load(read, _input, ctx) {
    // In a DM an agent lists the pods of its person. In any other pod it lists only that pod, because the readers there
    // may not know the others. It never lists a pod of which the asker is no member.
    const here = ctx.podDoc;
    const askers = isAgent(ctx.actor) ? askersOf(ctx) : [];
    const [of = [], ...others] = await Promise.all(
      (askers.length ? askers : [ctx.actor]).map((who) => membershipsOf(read, who)),
    );
    const shared = of.filter(({ pod }) => others.every((other) => other.some((one) => one.pod === pod)));
    const everywhere = !isAgent(ctx.actor) || (here?.direct && askers.length > 0 && holds(shared, here.id));
    const itself = everywhere || !askers.length ? [] : await membershipsOf(read, ctx.actor);
    const members = everywhere
      ? shared
      : shared.filter(({ pod }) => pod === here?.id && (!askers.length || holds(itself, pod)));
    const pods = members.length
      ? await read.find(PODS, { where: { id: { in: members.map((member) => member.pod) } } })
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

function holds(members: readonly MemberDoc[], id: string): boolean {
  return members.some(({ pod }) => pod === id);
}

async function membershipsOf(read: Reader, who: ParticipantId): Promise<MemberDoc[]> {
  return (await read.find(MEMBERS, { where: { who } })).filter((member) => member.state === 'in');
}
