// hold_mail (Skein's own): a mail that may move nothing waits in quarantine, with its reason.
import { z } from 'zod';
import { action } from '../action.ts';
import { megabytes } from '../files/files.ts';
import { needPod } from '../need.ts';
import { QUARANTINED_MAILS, type QuarantinedMailDoc, STRANGERS } from './quarantined-mail.ts';
import { toldLately, toldNow, untold } from './tell-held-mails.ts';

/** What a pod keeps of mails that perhaps nobody wants; of more, it keeps the heads. */
const POD = { mails: 100, bytes: 100_000_000 };
/** Of one sender, who may be anybody: one large mail has room. */
const SENDER = { mails: 10, bytes: 30_000_000 };

export const holdMail = action({
  name: 'hold_mail',
  title: 'Hold a mail',
  description: 'Puts a mail into quarantine.',
  input: z.strictObject({
    from: z.string().max(400),
    subject: z.string().max(1000),
    excerpt: z.string().max(2000),
    reason: z.string().max(1000),
    raw: z.string(),
    /** What is kept instead of `raw` where there is no more room. */
    head: z.string().optional(),
    bytes: z.number().int().nonnegative().default(0),
    sender: z.string().default(''),
    /** Its sender is genuine, and wrote all of it. */
    proved: z.boolean().default(false),
    handle: z.string().optional(),
  }),
  effect: 'write',
  internal: true,
  async load(read, _input, ctx) {
    const whole = { pod: ctx.pod, state: 'held' as const, kept: 'whole' as const };
    const [lately, silent, waiting] = await Promise.all([
      toldLately(read, ctx),
      untold(read, ctx.pod),
      read.find(QUARANTINED_MAILS, { where: whole, limit: POD.mails }),
    ]);
    return { lately, silent, waiting };
  },
  allow: (_view, _input, ctx) => ctx.role === 'skein' || 'Only Skein holds mails.',
  decide(
    { lately, silent, waiting },
    { from, subject, excerpt, reason, raw, head, bytes, sender, proved, handle },
    ctx,
  ) {
    needPod(ctx, { archived: true });
    const id = ctx.id('h');
    const full = head ? fullness(waiting, sender, bytes) : undefined;
    const kept = full ? 'head' : 'whole';
    // That no more is kept is a word of its own.
    const told = !lately.some((one) => (one.kept ?? 'whole') === kept);
    return {
      changes: [
        {
          v: 1,
          on: 'heldMails',
          id,
          type: 'mail_held',
          fromRef: ctx.text(from, STRANGERS),
          subjectRef: ctx.text(subject, STRANGERS),
          excerptRef: ctx.text(excerpt, STRANGERS),
          reason: full ? `${reason} ${full}` : reason,
          raw: full && head ? head : raw,
          kept,
          bytes,
          ...(sender ? { sender } : {}),
          ...(proved ? { proved } : {}),
          ...(handle ? { handle } : {}),
          told,
        },
        // The word about this one says how many wait.
        ...(told ? toldNow(silent) : []),
      ],
      deliveries: told ? [{ kind: 'held', mail: id }] : [],
      result: { held: { id, kept } },
    };
  },
});

/** Why there is no room for it, in a sentence. */
function fullness(waiting: readonly QuarantinedMailDoc[], sender: string, bytes: number): string | undefined {
  const theirs = waiting.filter((one) => one.sender === sender);
  if (sender && !fits(theirs, bytes, SENDER))
    return `Only its head is kept: of one sender ${SENDER.mails} mails may wait, or ${megabytes(SENDER.bytes)}.`;
  if (!fits(waiting, bytes, POD))
    return `Only its head is kept: ${POD.mails} mails may wait, or ${megabytes(POD.bytes)}. Accept or reject some.`;
  return undefined;
}

function fits(waiting: readonly QuarantinedMailDoc[], bytes: number, most: { mails: number; bytes: number }): boolean {
  return waiting.length < most.mails && waiting.reduce((sum, one) => sum + (one.bytes ?? 0), bytes) <= most.bytes;
}
