// erase_came (Skein's own): the files that came with an erased message go with it, unless others use them.
import { action } from '../../action.ts';
import type { DeliveryWish } from '../../deliveries.ts';
import type { Change } from '../../kinds.ts';
import { erasureOf } from '../erasure.ts';
import { cameFiles, cameInput } from './came-files.ts';

export const eraseCame = action({
  name: 'erase_came',
  title: 'Erase what came with it',
  description: 'Erases the files that came with an erased message and that nobody else uses.',
  input: cameInput,
  effect: 'outside',
  internal: true,
  load: (read, input, { pod, actor }) => cameFiles(read, { pod, who: actor }, input),
  // It was decided for each file whether the actor may erase it.
  allow: () => true,
  decide(found, _input, ctx) {
    const changes: Change[] = [];
    const deliveries: DeliveryWish[] = [];
    for (const { thing, used } of found) {
      if (used) continue;
      const erasure = erasureOf(thing, undefined, ctx);
      changes.push(...erasure.changes);
      deliveries.push(...erasure.deliveries);
    }
    return { changes, deliveries, result: { erased: found.filter(({ used }) => !used).length } };
  },
});
