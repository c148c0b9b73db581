// list_pods: lists the caller's pods.

import { z } from 'zod';
import { NotFound } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import { isAgent, type ParticipantId } from '../../log/participant.ts';
import { action } from '../action.ts';
import { MEMBERS, type MemberDoc, memberId } from '../members/member.ts';
import { READ_WHOLE } from '../members/members-of.ts';
import { askersOf } from '../members/rights.ts';
import { PODS, type PodDoc } from './pod.ts';

export const listPods = action({
  name: 'list_pods',
  title: 'List pods',
  description: 'Lists the pods you are in, with role, purpose and place.',
  input: z.strictObject({
    archived: z.boolean().default(false).describe('Also those at rest'),
    after: z.string().optional(),
  }),
  effect: 'read',
  allow: 'anyone',
  async load(read, { after }, ctx): Promise<{ members: MemberDoc[]; pods: PodDoc[]; next?: string }> {
    // In a DM an agent lists the pods of its person. In any other pod it lists only that pod, because the readers there
    // may not know the others. It never lists a pod of which the asker is no member.
    const here = ctx.podDoc;
    const askers = isAgent(ctx.actor) ? askersOf(ctx) : [];
    const [first = ctx.actor, ...others] = askers;
    if (isAgent(ctx.actor) && !(here?.direct && askers.length && (await areIn(read, here.id, askers)))) {
      const itself = here && (await read.get(MEMBERS, memberId(here.id, first)));
      const all = askers.length ? [...others, ctx.actor] : [];
      const members = itself?.state === 'in' && (await areIn(read, itself.pod, all)) ? [itself] : [];
      return { members, pods: here && members.length ? [here] : [] };
    }
    const page = await membershipsOf(read, first, after);
    const shared = await Promise.all(
      page.members.map(async (one) => ((await areIn(read, one.pod, others)) ? [one] : [])),
    );
    const members = shared.flat();
    const ids = members.map((member) => member.pod);
    const pods = ids.length ? await read.find(PODS, { where: { id: { in: ids } } }) : [];
    return { members, pods, ...(page.next ? { next: page.next } : {}) };
  },
  decide({ members, pods, next }, { archived }) {
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
        ...(next ? { next } : {}),
      },
    };
  },
});

/** True if all of them are in the pod. */
async function areIn(read: Reader, pod: string, who: readonly ParticipantId[]): Promise<boolean> {
  const members = await Promise.all(who.map((one) => read.get(MEMBERS, memberId(pod, one))));
  return members.every((member) => member?.state === 'in');
}

/** Returns the memberships, the newest first. `after`: the pod after which the page begins. `next`: the last one of it, if there are more. */
async function membershipsOf(
  read: Reader,
  who: ParticipantId,
  after: string | undefined,
): Promise<{ members: MemberDoc[]; next?: string }> {
  const before = after === undefined ? undefined : await read.get(MEMBERS, memberId(after, who));
  if (after !== undefined && !before) throw new NotFound(`“${after}” is no next of your pods. Leave after out.`);
  const found = await read.find(MEMBERS, {
    where: { who, state: 'in' },
    sort: [['since', 'desc']],
    limit: READ_WHOLE + 1,
    ...(before ? { after: before } : {}),
  });
  const members = found.slice(0, READ_WHOLE);
  const next = found.length > READ_WHOLE ? members.at(-1)?.pod : undefined;
  return { members, ...(next ? { next } : {}) };
}
