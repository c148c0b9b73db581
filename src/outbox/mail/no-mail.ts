// The refusal of what came or was to go by mail while there was mail: it is put aside with this reason, and can be tried again.
import { InvalidInput } from '../../errors.ts';

export function noMail(): InvalidInput {
  return new InvalidInput(
    'No mail is set up here. Set IMAP_URL, SMTP_URL and MAIL_DOMAIN, start again, then retry it.',
  );
}
