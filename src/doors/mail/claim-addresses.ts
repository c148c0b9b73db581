// Gives mail addresses to pods that were made before mail was configured.
import type { Act } from '../../log/act.ts';
import type { Reader } from '../../log/action.ts';
import { ORG } from '../../pods/members/rights.ts';
import { ADDRESSES } from '../../pods/pod/address.ts';
import { PODS } from '../../pods/pod/pod.ts';

/** Gives an address to each pod that has none. Skips direct and archived pods, and those of mail threads. Runs at each start. */
export async function claimAddresses({ read, act }: { read: Reader; act: Act }): Promise<void> {
  const pods = await read.find(PODS, { where: { placeKey: { gte: '' } } });
  for (const { id, name, direct, mailThread, state } of pods) {
    if (direct || mailThread || state === 'archived') continue;
    if ((await read.find(ADDRESSES, { where: { of: id }, limit: 1 })).length) continue;
    await act({
      pod: ORG,
      actor: 'skein',
      via: 'skein',
      action: 'claim_address',
      input: { of: id, name },
      key: `address:${id}`,
    });
  }
}
