// hold_mail (Skein's own): a mail that may move nothing waits in quarantine, with its reason.
import { z } from 'zod';
import { action } from '../action.ts';
import { needPod } from '../need.ts';

/** The owners hear of so many: of one, and of those that come later than this after it. */
const TELL_EVERY_MS = 3_600_000;

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
    handle: z.string().optional(),
  }),
  effect: 'write',
  internal: true,
  async load(read, _input, ctx) {
    const where = { pod: ctx.pod, state: 'held' as const, told: true, at: { gt: ctx.at - TELL_EVERY_MS } };
    return { lately: await read.find('heldMails', { where, limit: 1 }) };
  },
  allow: (_view, _input, ctx) => ctx.standing === 'skein' || 'Only Skein holds mails.',
  decide({ lately }, { from, subject, excerpt, reason, raw, handle }, ctx) {
    needPod(ctx, { archived: true });
    const id = ctx.id('h');
    const told = !lately.length;
    return {
      changes: [
        {
          v: 1,
          on: 'heldMails',
          id,
          type: 'mail_held',
          fromRef: ctx.text(from),
          subjectRef: ctx.text(subject),
          excerptRef: ctx.text(excerpt),
          reason,
          raw,
          ...(handle ? { handle } : {}),
          told,
        },
      ],
      deliveries: told ? [{ kind: 'held', mail: id }] : [],
      result: { held: { id } },
    };
  },
});
