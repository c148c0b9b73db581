// The error for mail deliveries that were saved before mail was turned off in the settings. They are set aside and can
// be retried.
import { InvalidInput } from '../../errors.ts';

export function noMail(): InvalidInput {
  return new InvalidInput(
    'No mail is set up here. Set IMAP_URL, SMTP_URL and MAIL_DOMAIN, start again, then retry it.',
  );
}
