// Sends mails over several connections at once and measures how fast they are accepted.
import { createTransport } from 'nodemailer';

export interface Burst {
  port: number;
  mails: number;
  connections: number;
  /** Makes the ids of the burst unique. */
  name: string;
  to: string;
  /** The number of senders. */
  senders: number;
}

export interface BurstDone {
  seconds: number;
}

/** Known people. Each sends fewer than the 30 mails an hour that Skein accepts. */
export const senderOf = (n: number): string => `sender${n}@bench.example`;

/** A mail with the receiving server's Authentication-Results. */
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

/** Resolves when all mails were accepted. */
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
    // The connections are opened before the measurement.
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
