// tell_held_mails (Skein's own): some time after their last notice, tells the owners of the mails that came into
// quarantine since.
import { z } from 'zod';
import { Conflict } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import { action, type Ctx } from '../action.ts';
import type { Change } from '../kinds.ts';
import { requirePod } from '../require.ts';
import { QUARANTINED_MAILS, type QuarantinedMailDoc } from './quarantined-mail.ts';

/**
 * In milliseconds. The owners get a notice about a mail at once. For this long they get no other, then one about all
 * mails that came meanwhile.
 */
export const TELL_EVERY_MS = 3_600_000;
/** In milliseconds. For this long they get no other after two notices that they have not answered. */
const UNANSWERED_MS = 24 * 3_600_000;
/** The largest difference between the clocks of two processes, in milliseconds. */
const SKEW_MS = 60_000;
/** The most mails that one commit reports. Further mails are reported an hour later. */
const MOST = 500;

export const tellHeldMails = action({
  name: 'tell_held_mails',
  title: 'Tell of held mails',
  description: 'Tells the owners how many mails wait that they have not heard of.',
  input: z.strictObject({}),
  effect: 'write',
  internal: true,
  allow: (_view, _input, ctx) => ctx.role === 'skein' || 'Only Skein tells of mails that wait.',
  load: async (read, _input, ctx) => ({ lately: await toldLately(read, ctx), silent: await untold(read, ctx.pod) }),
  decide({ lately, silent }, _input, ctx) {
    requirePod(ctx, { archived: true });
    const [newest] = silent;
    if (!newest) throw new Conflict('No mail waits that its owners have not heard of.');
    if (lately.length) throw new Conflict('The owners heard of a mail a short time ago.');
    return {
      changes: toldNow(silent),
      deliveries: [{ kind: 'held', mail: newest.id }],
      result: { told: silent.length },
    };
  },
});

/**
 * Returns the mails of which the owners were told within the last hour; within the last day, if they have answered none
 * of two notices.
 */
export async function toldLately(read: Reader, { pod, at }: Pick<Ctx, 'pod' | 'at'>): Promise<QuarantinedMailDoc[]> {
  // Includes mails that are older than the day, because they may have been reported late.
  const where = { pod, state: 'held' as const, told: true, at: { gt: at - 2 * UNANSWERED_MS } };
  const found = await read.find(QUARANTINED_MAILS, { where, sort: [['at', 'desc']], limit: MOST });
  const when = ({ toldAt, at: came }: QuarantinedMailDoc) => toldAt ?? came;
  // A report that is dated in the future is ignored: the clock was set back since, and the owners must not wait for
  // that time.
  const told = found.filter((mail) => when(mail) <= at + SKEW_MS);
  const since = at - (new Set(told.map(when)).size > 1 ? UNANSWERED_MS : TELL_EVERY_MS);
  return told.filter((mail) => when(mail) > since);
}

/** Returns the mails without a notice, newest first. */
export function untold(read: Reader, pod: string): Promise<QuarantinedMailDoc[]> {
  const where = { pod, state: 'held' as const, told: false };
  return read.find(QUARANTINED_MAILS, { where, sort: [['at', 'desc']], limit: MOST });
}

export function toldNow(mails: readonly QuarantinedMailDoc[]): Change[] {
  return mails.map(({ id }) => ({ v: 1, on: 'heldMails', id, type: 'mail_told' }));
}
