// Translates SMTP and connection errors to Skein's errors: Retryable, or an error with a sentence that says what to do.
import { InvalidInput, NotAllowed, Retryable, reasonOf, UserFacingError } from '../../errors.ts';

interface SmtpError {
  code?: unknown;
  responseCode?: unknown;
  response?: unknown;
  command?: unknown;
}

/** Codes of nodemailer and Node that mean that the server was not reached. */
const unreached = new Set([
  'ECONNECTION',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ESOCKET',
  'ETIMEDOUT',
  'EDNS',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EMAXLIMIT',
  'EPROTOCOL',
]);
const GREYLISTED_MS = 5 * 60_000;

/**
 * Translates an error. Returns an unknown error unchanged, because it is a bug. After a Retryable, the mail may still
 * have been sent.
 */
export function translated(error: unknown): unknown {
  if (error instanceof UserFacingError || error instanceof Retryable) return error;
  const { code, responseCode, response, command } = (error ?? {}) as SmtpError;
  const status = typeof responseCode === 'number' ? responseCode : 0;
  if (code === 'EAUTH' && status >= 500) {
    return new NotAllowed('The mail server refuses the name or the password. Check SMTP_URL and start again.', {
      cause: error,
    });
  }
  if (code === 'ENOAUTH') {
    return new InvalidInput(
      'The mail server wants a name and a password. Put them into SMTP_URL: smtp://name:password@host.',
      { cause: error },
    );
  }
  if (status >= 400 && status < 500) {
    return new Retryable(
      `The mail server asks to come later (${status}).`,
      status === 421 ? undefined : GREYLISTED_MS,
      { cause: error },
    );
  }
  if (code === 'ETLS') {
    return new InvalidInput(
      'The connection to the mail server is not safe (TLS): it offers none (STARTTLS), or its certificate is not valid. Check the host and port in SMTP_URL; or add ?tls=optional to it where the way to the server is safe.',
      { cause: error },
    );
  }
  if (status >= 500) return refused(status, String(response ?? ''), String(command ?? ''), error);
  if (code === 'EENVELOPE')
    return new InvalidInput('The mail has no recipient that can be written to. Check the addresses.', { cause: error });
  if (typeof code === 'string' && unreached.has(code)) {
    return new Retryable(`The mail server was not reached (${code}).`, undefined, { cause: error });
  }
  return error;
}

/**
 * Returns the error for a refused command, by the RFC 3463 code if there is one. Includes the server's response for the
 * person who corrects the settings.
 */
function refused(status: number, response: string, command: string, cause: unknown): UserFacingError {
  const code = /\b5\.\d{1,3}\.\d{1,3}\b/.exec(response)?.[0];
  const said = response.replace(/\p{C}/gu, ' ').replace(/\s+/g, ' ').slice(0, 200).toWellFormed();
  if (status === 552 || code === '5.3.4' || code === '5.2.3') {
    return new InvalidInput(
      'The mail is larger than the mail server takes. Share the files in the pod and send a link.',
      { cause },
    );
  }
  if (code === '5.1.1' || code === '5.1.10' || /^RCPT/i.test(command)) {
    return new InvalidInput(`The mail server refuses the recipient: ${said} Check the address.`, { cause });
  }
  if (/^MAIL/i.test(command) || code === '5.7.1') {
    return new NotAllowed(
      `The mail server does not let Skein send from this address: ${said} Check MAIL_DOMAIN or MAIL_ADDRESS, and the account.`,
      { cause },
    );
  }
  return new InvalidInput(`The mail server refused the mail: ${said || reasonOf(cause)}`, { cause });
}
