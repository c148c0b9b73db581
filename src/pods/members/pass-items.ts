// pass_items (Skein's own): passes to the owners what one commit could not hold of the open items of a person who has
// left.
import { z } from 'zod';
import type { PersonId } from '../../log/participant.ts';
import { action, type Ctx } from '../action.ts';
import type { DeliveryWish } from '../deliveries.ts';
import { conversationsAsked, itemsIn, MOST_PASSED } from './leaving.ts';
import { MEMBERS, memberId } from './member.ts';

export const passItems = action({
  name: 'pass_items',
  title: 'Pass items on',
  description: 'Passes the open items of somebody who has left to the owners.',
  input: z.strictObject({ who: z.templateLiteral(['person:', z.string().min(1)]) }),
  effect: 'write',
  internal: true,
  async load(read, { who }, { pod }) {
    const member = await read.get(MEMBERS, memberId(pod, who));
    return { member, items: member?.state === 'out' ? await itemsIn(read, pod, who) : [] };
  },
  allow: (_view, _input, ctx) => ctx.role === 'skein' || 'Only Skein passes items on.',
  decide({ member, items }, { who }, ctx) {
    const passes = items.slice(0, MOST_PASSED);
    if (!member || !passes.length) return { changes: [], result: {} };
    return {
      changes: [{ v: 1, on: 'members', id: member.id, type: 'items_passed', passes }, ...conversationsAsked(passes)],
      deliveries: items.length > passes.length ? [passingOn(ctx, who)] : [],
      result: {},
    };
  },
});

export function passingOn({ pod, id }: Pick<Ctx, 'pod' | 'id'>, who: PersonId): DeliveryWish {
  return { kind: 'act', in: pod, action: 'pass_items', input: { who }, actor: 'skein', key: id('pass') };
}
