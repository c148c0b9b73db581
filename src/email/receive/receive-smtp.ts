// An SMTP server for the practice workspace on this machine. It accepts a mail only after it is saved, so none is lost.
import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { Retryable, reasonOf, UserFacingError } from '../../errors.ts';
import { type Logger, logFailure } from '../../logger.ts';
import { MAIL_BYTES } from '../limits.ts';
import type { Envelope, Ingest } from '../mail.ts';

export interface SmtpReceiverOptions {
  ingest: Ingest;
  logger: Logger;
  port?: number;
  host?: string;
  /** The name of the mailbox in envelopes. */
  mailbox?: string;
  maxBytes?: number;
  /** The clock for timestamps of mails, which may differ from Skein's. */
  now?: () => Date;
  /** Returns a sentence to refuse a recipient at once, or undefined to accept it. */
  refuse?: (address: string) => string | undefined;
}

export interface SmtpReceiver {
  port: number;
  /** Finishes running deliveries first, within a few seconds. */
  stop(): Promise<void>;
}

const CLOSE_MS = 5_000;

/** An error with the SMTP response for the client. */
function answer(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

export async function startSmtpReceiver(options: SmtpReceiverOptions): Promise<SmtpReceiver> {
  const { ingest, logger, port = 0, host = '127.0.0.1', mailbox = 'smtp', maxBytes = MAIL_BYTES, refuse } = options;
  const { now = () => new Date() } = options;
  const underWay = new Set<Promise<void>>();
  /** The mails that are being received, by session id. */
  const dataStreams = new Map<string, SMTPServerDataStream>();

  async function take(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const raw = await bytesOf(stream, maxBytes);
    if (raw === undefined) throw answer(552, `5.3.4 The mail is larger than ${maxBytes} bytes.`);
    try {
      await ingest(raw, { ...envelopeOf(session, mailbox, raw), receivedAt: now().toISOString() });
    } catch (error) {
      throw problem(error, logger);
    }
  }

  const server = new SMTPServer({
    name: 'localhost',
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: maxBytes,
    closeTimeout: CLOSE_MS,
    logger: false,
    onRcptTo({ address }, _session, done) {
      const reason = refuse?.(address);
      done(reason === undefined ? null : answer(550, `5.1.1 ${reason}`));
    },
    onData(stream, session, done) {
      dataStreams.set(session.id, stream);
      const taking = take(stream, session).then(
        () => done(null, 'saved'),
        (error: Error) => done(error),
      );
      underWay.add(taking);
      void taking.finally(() => underWay.delete(taking));
    },
    onClose(session) {
      // A mail that broke off never ends by itself, and `stop` would wait for it.
      dataStreams.get(session.id)?.destroy(answer(451, '4.4.2 The connection was lost.'));
      dataStreams.delete(session.id);
    },
  });
  // A client may break off. Without a listener the error would end the process.
  server.on('error', (error) => logger.warn('smtp connection broken', { reason: reasonOf(error) }));
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, host, () => {
      server.server.off('error', reject);
      resolve();
    });
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    async stop() {
      await Promise.all(underWay);
      await new Promise<void>((resolve) => server.close(resolve));
    },
  };
}

/** 4xx asks the sender to retry. 5xx is only for a mail that can never be accepted. */
function problem(error: unknown, logger: Logger): Error {
  if (error instanceof UserFacingError) return answer(554, `5.6.0 ${error.message}`);
  if (!(error instanceof Retryable)) logFailure(logger, 'error', 'mail not saved', error);
  return answer(451, '4.3.0 The mail could not be saved just now. Send it again later.');
}

/** Undefined above the limit. The rest is read all the same, as the protocol requires. */
async function bytesOf(stream: SMTPServerDataStream, most: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += (chunk as Buffer).length;
    if (size <= most) chunks.push(chunk as Buffer);
    else chunks.length = 0;
  }
  return size > most || stream.sizeExceeded ? undefined : Buffer.concat(chunks);
}

/** A repeated mail to the same recipients has the same arrival id: after a lost 250 the sender sends it again. */
function envelopeOf(
  { envelope, remoteAddress, hostNameAppearsAs }: SMTPServerSession,
  mailbox: string,
  raw: Buffer,
): Envelope {
  const mailFrom = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
  const rcptTo = envelope.rcptTo.map(({ address }) => address);
  const arrival = createHash('sha256')
    .update(JSON.stringify([mailFrom, rcptTo]))
    .update(raw)
    .digest('hex')
    .slice(0, 32);
  return { mailbox, arrival, mailFrom, rcptTo, remoteIp: remoteAddress, helo: hostNameAppearsAs };
}
