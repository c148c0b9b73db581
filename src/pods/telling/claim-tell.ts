// claim_tell (Skein's own, in a person's own log): decides, before a message that names the person is sent, whether it
// counts as telling them of the item.
import { z } from 'zod';
import type { Reader } from '../../log/action.ts';
import { action, type Ctx } from '../action.ts';
import type { Change } from '../kinds.ts';
import { NEEDS, type NeedDoc } from '../needs/need.ts';
import { awayAt, PREFERENCES, type PreferenceDoc } from '../preferences/preference.ts';
import { onlySkein } from './hear.ts';
import { HEARINGS, type HearingDoc, hearingId } from './hearing.ts';

interface Claimed {
  item: NeedDoc | undefined;
  hearing: HearingDoc | undefined;
  preference: PreferenceDoc | undefined;
}

const SEEN: readonly HearingDoc['state'][] = ['told', 'put_off'];

export const claimTell = action({
  name: 'claim_tell',
  title: 'Claim a telling',
  description: 'Says that a message which names a person tells them of an item.',
  input: z.strictObject({ need: z.string(), message: z.string() }),
  effect: 'write',
  internal: true,
  load: claimedBy,
  allow: onlySkein,
  decide({ item, hearing, preference }, { need, message }, ctx) {
    // An older Skein wrote the message and opened no item for it: the message is sent without a claim.
    if (!item) return { changes: [], result: { claimed: false, late: false } };
    const heard = hearing && hearing.round >= item.round;
    // Settled, named by a later message, told already, or put off by somebody who has seen it: this one came late.
    if (item.state !== 'open' || item.message !== message || (heard && SEEN.includes(hearing.state)))
      return { changes: [], result: { claimed: false, late: true } };
    // The message names somebody who is away, but does not tell them: the item waits until they are back, and their
    // deputy hears of it.
    if (awayAt(preference, ctx.at)) return { changes: [], result: { claimed: false, late: false } };
    const id = hearingId(ctx.pod, need);
    const { pod: of, round, reason } = item;
    const first: Change[] = heard ? [] : [{ v: 1, on: 'hearings', id, type: 'need_heard', need, of, round, reason }];
    return {
      changes: [...first, { v: 1, on: 'hearings', id, type: 'need_told', surface: 'mention' }],
      result: { claimed: true, late: false },
    };
  },
});

async function claimedBy(
  read: Reader,
  { need }: { need: string; message: string },
  { pod }: Pick<Ctx, 'pod'>,
): Promise<Claimed> {
  const [item, hearing, preference] = await Promise.all([
    read.get(NEEDS, need),
    read.get(HEARINGS, hearingId(pod, need)),
    read.get(PREFERENCES, pod),
  ]);
  return { item, hearing, preference };
}
