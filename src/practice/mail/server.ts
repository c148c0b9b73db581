// The practice mail server. It accepts mail over SMTP and from the driver, stores people's mailboxes, and delivers mail
// for pods to Skein.
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import { InvalidInput, Retryable, reasonOf } from '../../errors.ts';
import { type Logger, logFailure } from '../../logger.ts';
import { openPostOffice, type Posted } from './post-office.ts';
import { AUTHSERV_ID, stamped } from './stamp.ts';

export interface PracticeMail {
  /** The URL of the server to which Skein sends its mail. */
  smtpUrl: string;
  domain: string;
  authservId: string;
  /** Returns the newest mails. Older ones are removed. */
  mails(): readonly Posted[];
  /** Returns the number of the newest mail. */
  newest(): number;
  /**
   * Sends a mail. Resolves when Skein has accepted it, or when it is in a mailbox. @throws InvalidInput with the reason
   * if Skein refuses it
   */
  post(mail: { from: string; to: string[]; raw: Buffer; fail?: boolean }): Promise<Posted>;
  /** Starts the delivery of waiting and new mails to Skein's SMTP port. */
  begin(port: number): void;
  stop(): Promise<void>;
}

export interface PracticeMailOptions {
  dir: string;
  /** The domain of the addresses of pods and agents. */
  domain: string;
  clock(): number;
  logger: Logger;
}

/** The limit of a mail. Tests send less, and real servers accept 25 to 50 MB. */
const MOST_BYTES = 80 * 1024 * 1024;
const AGAIN_MS = 500;

export async function startPracticeMail({ dir, domain, clock, logger }: PracticeMailOptions): Promise<PracticeMail> {
  const office = openPostOffice(dir, logger);
  const stopping = new AbortController();
  const underWay = new Set<Promise<unknown>>();
  /** The mails that are being received, by session id. */
  const dataStreams = new Map<string, SMTPServerDataStream>();
  let door: number | undefined;

  const toSkein = (to: readonly string[]) => to.filter((address) => address.toLowerCase().endsWith(`@${domain}`));

  /**
   * Delivers a mail to Skein. Retries until Skein accepts it, because Skein may be starting or may have been killed.
   */
  async function handOn({ n, from, to, raw }: Posted): Promise<void> {
    const recipients = toSkein(to);
    while (recipients.length && !stopping.signal.aborted) {
      const refused = door === undefined ? undefined : await handedTo(door, from, recipients, raw);
      if (door !== undefined && refused === undefined) break;
      if (refused?.final) {
        settled(n);
        throw new InvalidInput(`Skein refuses the mail: ${refused.reason}`);
      }
      await delay(AGAIN_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
    if (!stopping.signal.aborted) settled(n);
  }

  /**
   * Records that a mail needs no further delivery. If that can't be stored, the next start delivers the mail again, and
   * Skein recognises the duplicate.
   */
  function settled(n: number): void {
    try {
      office.handed(n);
    } catch (error) {
      logFailure(logger, 'warn', 'practice mail: it is not kept that a mail was handed on', error, { n });
    }
  }

  function keep<T>(work: Promise<T>): Promise<T> {
    const quiet = work.then(
      () => undefined,
      () => undefined,
    );
    underWay.add(quiet);
    void quiet.then(() => underWay.delete(quiet));
    return work;
  }

  function take(from: string, to: string[], raw: Buffer, fail = false): Posted {
    const n = office.newest() + 1;
    const signed = toSkein(to).length ? stamped({ raw, from, n, fail }) : raw;
    return office.take({ from, to, raw: signed, at: clock() });
  }

  const server = new PlainServer({
    name: AUTHSERV_ID,
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: MOST_BYTES,
    closeTimeout: 1_000,
    logger: false,
    onData(stream, { envelope, id }, done) {
      dataStreams.set(id, stream);
      const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
      const to = envelope.rcptTo.map(({ address }) => address);
      const received = async () => {
        let posted: Posted;
        try {
          posted = take(from, to, await bytesOf(stream));
        } catch (error) {
          return done(refusalOf(error));
        }
        done(null, 'taken');
        await handOn(posted);
      };
      void keep(received()).catch((error: unknown) => logFailure(logger, 'info', 'practice mail refused', error));
    },
    onClose({ id }) {
      // The stream of an interrupted mail never ends by itself.
      dataStreams.get(id)?.destroy(new Error('The connection was lost.'));
      dataStreams.delete(id);
    },
  });
  server.on('error', (error) => logger.info('practice mail connection broken', { reason: reasonOf(error) }));
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  for (const mail of office.all())
    if (!mail.handed)
      void keep(handOn(mail)).catch((error: unknown) => logFailure(logger, 'info', 'practice mail refused', error));
  const { port } = server.server.address() as AddressInfo;
  return {
    smtpUrl: `smtp://127.0.0.1:${port}`,
    domain,
    authservId: AUTHSERV_ID,
    mails: office.all,
    newest: office.newest,
    async post({ from, to, raw, fail = false }) {
      const posted = take(from, to, raw, fail);
      await keep(handOn(posted));
      return posted;
    },
    begin(at) {
      door = at;
    },
    async stop() {
      stopping.abort();
      await Promise.all(underWay);
      await new Promise<void>((resolve) => server.close(resolve));
      office.close();
    },
  };
}

/** It speaks no TLS. smtp-server would read a key and a certificate for it, which takes as long as all else that it starts. */
class PlainServer extends SMTPServer {
  override updateSecureContext(): void {}
}

/**
 * Offers the mail to Skein once. Returns undefined if Skein has accepted it. `final`: true if Skein will never accept
 * it.
 */
async function handedTo(
  port: number,
  from: string,
  to: string[],
  raw: Buffer,
): Promise<{ final: boolean; reason: string } | undefined> {
  const transport = createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true });
  try {
    await transport.sendMail({ envelope: { from, to }, raw });
    return undefined;
  } catch (error) {
    const code = (error as { responseCode?: number }).responseCode ?? 0;
    return { final: code >= 500, reason: reasonOf(error) };
  } finally {
    transport.close();
  }
}

/** Returns the SMTP response. 452 means that the server is full, so the sender retries (RFC 5321, section 4.2.3). */
function refusalOf(error: unknown): Error {
  if (error instanceof Retryable) return Object.assign(new Error(error.message), { responseCode: 452 });
  return error instanceof Error ? error : new Error(reasonOf(error));
}

async function bytesOf(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  if (stream.sizeExceeded) throw Object.assign(new Error('The mail is too large.'), { responseCode: 552 });
  return Buffer.concat(chunks);
}
