// A mail server that brings mails over so many connections at once, and counts how fast they are taken.
import { createTransport } from 'nodemailer';

export interface Burst {
  port: number;
  mails: number;
  connections: number;
  /** Makes the ids of this burst others than those of any other. */
  name: string;
  to: string;
  /** How many people write. */
  senders: number;
}

export interface BurstDone {
  seconds: number;
}

/** Of people who are known: each writes fewer than the 30 mails an hour that Skein takes of one. */
export const senderOf = (n: number): string => `sender${n}@bench.example`;

/** As the mail server leaves it, with its word about the sender on top. */
export function rawMail({ to, name }: Pick<Burst, 'to' | 'name'>, from: string, n: number): string {
  return [
    `Return-Path: <${from}>`,
    'Authentication-Results: mx.practice; dmarc=pass header.from=bench.example',
    `From: ${from}`,
    `To: ${to}`,
    `Subject: Fwd: Order ${name} ${n}`,
    `Message-ID: <${name}.${n}@bench.example>`,
    `Date: ${new Date().toUTCString()}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Please look into this order.',
    '',
    '---------- Forwarded message ---------',
    'From: Mill <orders@mill.example>',
    'Subject: Order',
    'To: <ada@bench.example>',
    '',
    ...Array.from({ length: 40 }, () => 'From December on rye flour costs 1.30 a kilo, and 1.25 from ten sacks on.'),
    '',
  ].join('\r\n');
}

/** Sends them all; resolves when each was taken. */
export async function sendAll(burst: Burst): Promise<BurstDone> {
  const { port, mails, connections, to, senders } = burst;
  const transport = createTransport({
    ...{ host: '127.0.0.1', port, secure: false, ignoreTLS: true },
    ...{ pool: true, maxConnections: connections, maxMessages: 1_000_000 },
  });
  const send = (n: number) => {
    const from = senderOf(n % senders);
    return transport.sendMail({ envelope: { from, to }, raw: rawMail(burst, from, n) });
  };
  try {
    // The connections stand before the clock runs.
    await Promise.all(Array.from({ length: connections }, (_, n) => send(mails + n)));
    const begun = performance.now();
    await Promise.all(Array.from({ length: mails }, (_, n) => send(n)));
    return { seconds: (performance.now() - begun) / 1000 };
  } finally {
    transport.close();
  }
}

if (process.send) {
  process.on('message', (burst: Burst) => {
    sendAll(burst).then(
      (done) => process.send?.(done),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      },
    );
  });
  process.send({ url: '' });
}
