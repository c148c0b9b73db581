// The driver's routes for mail: sending a mail in anybody's name, and reading mailboxes.
import express, { Router } from 'express';
import { z } from 'zod';
import { InvalidInput } from '../../errors.ts';
import { answering } from '../driver/answer.ts';
import { parsed } from '../driver/inputs.ts';
import type { PracticeMail } from './server.ts';
import { showMail } from './show.ts';

const addresses = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((one) => one.trim().toLowerCase())
      .filter(Boolean),
  )
  .pipe(z.array(z.string().regex(/^[^\s@<>]+@[^\s@<>]+$/, 'is not a mail address')).min(1));

const sending = z.object({
  from: z
    .string()
    .trim()
    .regex(/^([^\s@<>]+@[^\s@<>]+)?$/, 'is not a mail address')
    .default(''),
  to: addresses,
  /** `fail`: the mail server reports that the sender's authentication failed. */
  auth: z.enum(['pass', 'fail']).default('pass'),
});
const looking = z.object({ to: addresses.optional(), from: addresses.optional() });

export function mailRouter(mail: PracticeMail): Router {
  const router = Router();
  router.post('/mail', express.raw({ type: () => true, limit: '80mb' }), (request, response) =>
    answering(response, async () => {
      const { from, to, auth } = parsed(sending, request.query);
      const raw: unknown = request.body;
      if (!Buffer.isBuffer(raw) || raw.length === 0)
        throw new InvalidInput('The body is the mail itself: headers, an empty line, and the text (RFC 5322).');
      const { n } = await mail.post({ from, to, raw: withLineEnds(raw), fail: auth === 'fail' });
      return { n };
    }),
  );
  router.get('/mail', (request, response) =>
    answering(response, async () => {
      const { to, from } = parsed(looking, request.query);
      const found = mail
        .mails()
        .filter((one) => (!to || one.to.some((address) => isOf(to, address))) && (!from || isOf(from, one.from)));
      return Promise.all(found.map(showMail));
    }),
  );
  return router;
}

/**
 * True if the address belongs to one of the mailboxes. Mail to or from `launch+scribe@…` belongs to the mailbox
 * `launch@…` (RFC 5233).
 */
function isOf(mailboxes: readonly string[], address: string): boolean {
  const whole = address.toLowerCase();
  return mailboxes.includes(whole) || mailboxes.includes(whole.replace(/\+[^@]*(?=@)/, ''));
}

/** Converts LF to CR LF, because people write LF in mails that they compose by hand. */
function withLineEnds(raw: Buffer): Buffer {
  if (raw.includes('\r\n')) return raw;
  return Buffer.from(raw.toString('latin1').replace(/\n/g, '\r\n'), 'latin1');
}
