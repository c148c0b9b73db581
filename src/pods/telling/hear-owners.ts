// hear_owners (Skein's own, in a pod's log): lets each owner of the pod hear of an item that is for all owners.
import { z } from 'zod';
import { isPerson } from '../../log/participant.ts';
import { action } from '../action.ts';
import { MEMBERS } from '../members/member.ts';
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
    const [item, members] = await Promise.all([read.get(NEEDS, need), read.find(MEMBERS, { where: { pod } })]);
    return { item, members };
  },
  allow: onlySkein,
  decide({ item, members }, { need }, ctx) {
    if (!isToTell(item)) return { changes: [], result: {} };
    // They may have asked somebody else for it, who can't decide it any more.
    const passed = DECIDES.includes(item.reason);
    const owners = members.flatMap(({ who, role, state }) =>
      state === 'in' && role === 'owner' && isPerson(who) && (who !== item.by || passed) ? [who] : [],
    );
    return {
      changes: [],
      deliveries: owners.map((owner, n) => ({
        ...{ kind: 'act', in: ownLog(owner), action: 'hear', actor: 'skein', key: ctx.id('h', n) },
        input: { pod: ctx.pod, need },
      })),
      result: {},
    };
  },
});
