// Mails as mail programs write them.

interface Written {
  from: string;
  to: string;
  subject: string;
  id?: string;
  headers?: string[];
  text?: string;
}

/** Written once: a mail that comes again is the same mail. */
const TODAY = new Date().toUTCString();

export function aMail({ from, to, subject, id = 'mail-1', headers = [], text = 'Hello' }: Written): string {
  return [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    `Message-ID: <${id}@wildgoose.example>`,
    `Date: ${TODAY}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    ...headers,
    '',
    text,
    '',
  ].join('\r\n');
}

/** As Gmail forwards inline. */
export function forwarding({ above, ...mail }: Written & { above: string }): string {
  const text = [
    above,
    '',
    '---------- Forwarded message ---------',
    'From: Mill <orders@mill.example>',
    'Date: Fri, Nov 20, 2026 at 4:12 PM',
    'Subject: Rye flour',
    'To: <ada@wildgoose.example>',
    '',
    'Dear Ada, from December on rye flour costs 1.30 a kilo.',
    'Yours, the mill',
  ].join('\r\n');
  return aMail({ id: 'fwd-1', ...mail, text });
}
