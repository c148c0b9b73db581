// An SMTP server for the practice workspace on this machine. It confirms a mail only after it is saved, so that none is
// lost.
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
  /** The mailbox's name in envelopes. */
  mailbox?: string;
  maxBytes?: number;
  /** Returns the time for the mails' timestamps. It may differ from Skein's clock. */
  now?: () => Date;
  /** Returns a sentence if the recipient is refused, or undefined if accepted. */
  refuse?: (address: string) => string | undefined;
}

export interface SmtpReceiver {
  port: number;
  /** Waits a few seconds for running deliveries, then stops. */
  stop(): Promise<void>;
}

const CLOSE_MS = 5_000;

/** Makes an error that contains the SMTP response for the client. */
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

  const server = new PlainServer({
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
      // An interrupted mail never ends by itself, and `stop` would wait for it.
      dataStreams.get(session.id)?.destroy(answer(451, '4.4.2 The connection was lost.'));
      dataStreams.delete(session.id);
    },
  });
  // A client may close the connection at any time. Without a listener, the error event would end the process.
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

/** It speaks no TLS, so smtp-server needs to read no key for it. */
class PlainServer extends SMTPServer {
  override updateSecureContext(): void {}
}

/**
 * Returns the response for an error. A 4xx code makes the sender retry; 5xx is only for a mail that can never be
 * accepted.
 */
function problem(error: unknown, logger: Logger): Error {
  if (error instanceof UserFacingError) return answer(554, `5.6.0 ${error.message}`);
  if (!(error instanceof Retryable)) logFailure(logger, 'error', 'mail not saved', error);
  return answer(451, '4.3.0 The mail could not be saved just now. Send it again later.');
}

/**
 * Returns the mail's bytes. Undefined if there are more than `most`; the rest is still read, because the protocol
 * requires it.
 */
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

/**
 * Makes the envelope. A mail that is sent again to the same recipients gets the same arrival id, because the sender may
 * have missed our 250.
 */
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
