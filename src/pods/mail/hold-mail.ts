// hold_mail (Skein's own): puts a mail into quarantine, with the reason.
import { z } from 'zod';
import { action } from '../action.ts';
import { megabytes } from '../files/files.ts';
import { requirePod } from '../require.ts';
import { QUARANTINED_MAILS, type QuarantinedMailDoc, STRANGERS } from './quarantined-mail.ts';
import { toldLately, toldNow, untold } from './tell-held-mails.ts';

/** The most mails, and bytes of them, that a pod stores in quarantine. Of further mails only the headers are stored. */
const POD = { mails: 100, bytes: 100_000_000 };
/** The most mails, and bytes of them, of one sender. One large mail must fit. */
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
    /** The hash of the headers. They are stored instead of `raw` if the limits are reached. */
    head: z.string().optional(),
    bytes: z.number().int().nonnegative().default(0),
    sender: z.string().default(''),
    /** True if the sender is authenticated and wrote the whole mail. */
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
    requirePod(ctx, { archived: true });
    const id = ctx.id('h');
    const full = head ? fullness(waiting, sender, bytes) : undefined;
    const kept = full ? 'head' : 'whole';
    // Owners get another notice when the limits are reached, even shortly after the last one.
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
        // The notice about this mail says how many mails wait, so the others count as reported too.
        ...(told ? toldNow(silent) : []),
      ],
      deliveries: told ? [{ kind: 'held', mail: id }] : [],
      result: { held: { id, kept } },
    };
  },
});

/** Returns a sentence that says why only the headers are stored. Undefined if there is room. */
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
