// hear_owners (Skein's own, in a pod's log): lets each owner of the pod hear of an item that is for all owners.
import { z } from 'zod';
import { action } from '../action.ts';
import { ownersIn } from '../members/members-of.ts';
import { DECIDES, isToTell, NEEDS } from '../needs/need.ts';
import { onlySkein } from './hear.ts';
import { ownLog } from './hearing.ts';

export const hearOwners = action({
  name: 'hear_owners',
  title: 'Let the owners hear of an item',
  description: 'Lets each owner of the pod hear of an open item of theirs.',
  input: z.strictObject({ need: z.string() }),
  effect: 'write',
  internal: true,
  async load(read, { need }, { pod }) {
    const [item, owners] = await Promise.all([read.get(NEEDS, need), ownersIn(read, pod)]);
    return { item, owners };
  },
  allow: onlySkein,
  decide({ item, owners }, { need }, ctx) {
    if (!isToTell(item)) return { changes: [], result: {} };
    // They may have asked somebody else for it, who can't decide it any more.
    const passed = DECIDES.includes(item.reason);
    return {
      changes: [],
      deliveries: owners
        .filter((owner) => owner !== item.by || passed)
        .map((owner, n) => ({
          ...{ kind: 'act', in: ownLog(owner), action: 'hear', actor: 'skein', key: ctx.id('h', n) },
          input: { pod: ctx.pod, need },
        })),
      result: {},
    };
  },
});
