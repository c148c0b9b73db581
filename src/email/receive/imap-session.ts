// One connection to one mailbox. Saves new mails, then waits for announcements of the server, until the connection
// ends.
import type { FetchMessageObject, FetchQueryObject, ImapFlow } from 'imapflow';
import { InvalidInput, NotAllowed, NotFound, Retryable, reasonOf } from '../../errors.ts';
import { MAIL_BYTES } from '../limits.ts';
import { tooLarge } from '../parse/read-mail.ts';
import { type Cursor, firstCursor, newUids, resume } from './imap-cursor.ts';
import { type ImapAccount, starttls } from './imap-settings.ts';
import type { ListenPorts } from './listen-ports.ts';

export interface SessionOptions {
  account: ImapAccount;
  ports: ListenPorts;
  signal: AbortSignal;
  begin: 'now' | 'all';
  /** The polling interval in milliseconds, for servers that announce nothing. */
  pollMs: number;
  /**
   * The time without data, in milliseconds, after which the server is asked for an answer. After the same time again,
   * the connection is closed.
   */
  silentMs?: number;
  /** A mail with more bytes is quarantined, and only its headers are fetched. */
  maxBytes?: number;
  /**
   * The number of failed attempts by mail, counted across connections. After the limit, the mail's headers are
   * quarantined.
   */
  failures: Map<string, number>;
  /** Called when the mailbox is open and all waiting mails are saved. */
  onReady(): void;
}

export const ATTEMPTS = 5;
const CONNECT_MS = 15_000;
/**
 * The interval after which IDLE is renewed. RFC 2177 requires 29 minutes at most, and NATs drop idle connections
 * sooner.
 */
const IDLE_MS = 4 * 60_000;
/** The default of `silentMs`. A dead connection is noticed after twice this time. */
const SILENT_MS = 45_000;

/**
 * Runs the connection, and resolves when it has ended. Throws Retryable, or an error that says how to correct the
 * account's settings.
 */
export async function imapSession(options: SessionOptions): Promise<void> {
  const { account, signal, ports, begin, onReady, silentMs = SILENT_MS } = options;
  const client = await clientOf(account, silentMs);
  if (signal.aborted) return;
  const bell = makeBell();
  client.on('exists', bell.ring);
  client.on('close', bell.ring);
  // Without a listener, an error event would end the process. After a long silence, only this listener closes the
  // connection.
  client.on('error', () => client.close());
  // A running save continues, because it does not need the mail server.
  const leave = () => client.close();
  signal.addEventListener('abort', leave, { once: true });
  try {
    await client.connect();
    const mailbox = await client.mailboxOpen(account.folder);
    const opened = { uidValidity: String(mailbox.uidValidity), uidNext: mailbox.uidNext };
    let cursor = await ports.loadCursor(account.name);
    if (!cursor) {
      cursor = firstCursor(opened, begin, ports.now());
      await ports.saveCursor(account.name, cursor);
    }
    cursor = await caughtUp(client, cursor, opened, options);
    onReady();
    while (client.usable && !signal.aborted) {
      await bell.rung(options.pollMs);
      if (client.usable && !signal.aborted) cursor = await takeNew(client, cursor, options);
    }
  } catch (error) {
    if (!signal.aborted) throw imapProblem(error, account);
  } finally {
    signal.removeEventListener('abort', leave);
    client.close();
  }
}

/** The package is loaded where there is a mailbox only: it takes a tenth of a start. */
async function clientOf(account: ImapAccount, silentMs: number): Promise<ImapFlow> {
  const imapflow = await import('imapflow');
  return new imapflow.ImapFlow({
    host: account.host,
    port: account.port,
    secure: account.secure,
    ...starttls(account),
    auth: { user: account.user, pass: account.password },
    logger: false,
    // imapflow's default of 15 seconds would delay the first announcement.
    autoIdleDelay: 100,
    maxIdleTime: IDLE_MS,
    socketTimeout: silentMs,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    clientInfo: { name: 'Skein' },
  });
}

/**
 * Returns a cursor for the mailbox's UIDVALIDITY. If it has changed, first saves the mails since the last read again.
 */
async function caughtUp(
  client: ImapFlow,
  cursor: Cursor,
  opened: { uidValidity: string; uidNext: number },
  options: SessionOptions,
): Promise<Cursor> {
  const way = resume(cursor, opened);
  if (way.kind === 'after') return takeNew(client, cursor, options);
  options.ports.logger.warn('mailbox renumbered, reading again', {
    mailbox: options.account.name,
    since: way.date.toISOString(),
  });
  const found = await answered(client, options, client.search({ since: way.date }, { uid: true }));
  if (!Array.isArray(found)) throw new Retryable('The mail server did not answer a search.');
  const next = { uidValidity: opened.uidValidity, uid: 0, seenAt: cursor.seenAt };
  const last = await takeAll(client, newUids(found, 0), next, options);
  return takeNew(client, { ...last, uid: Math.max(last.uid, opened.uidNext - 1) }, options);
}

async function takeNew(client: ImapFlow, cursor: Cursor, options: SessionOptions): Promise<Cursor> {
  const found = await answered(client, options, client.search({ uid: `${cursor.uid + 1}:*` }, { uid: true }));
  if (!Array.isArray(found)) throw new Retryable('The mail server did not answer a search.');
  return takeAll(client, newUids(found, cursor.uid), cursor, options);
}

async function takeAll(client: ImapFlow, uids: number[], from: Cursor, options: SessionOptions): Promise<Cursor> {
  const { ports, account, signal } = options;
  let cursor = from;
  for (const uid of uids) {
    if (signal.aborted) return cursor;
    await takeOne(client, uid, cursor.uidValidity, options);
    cursor = { ...cursor, uid, seenAt: ports.now().toISOString() };
    await ports.saveCursor(account.name, cursor);
  }
  return cursor;
}

/** Saves one mail. Returns when it is saved, quarantined or gone. Throws if the next connection must retry it. */
async function takeOne(client: ImapFlow, uid: number, uidValidity: string, options: SessionOptions): Promise<void> {
  const { account, ports, failures, maxBytes = MAIL_BYTES } = options;
  const arrival = `${uidValidity}:${uid}`;
  const about = await fetchUid(client, options, uid, { uid: true, size: true, headers: true, internalDate: true });
  // A person or a mail rule has deleted the mail in the meantime.
  if (!about) return;
  const receivedAt = isoOf(about.internalDate);
  const envelope = { mailbox: account.name, arrival, ...(receivedAt ? { receivedAt } : {}) };
  const aside = (reason: string) => ports.putAside({ envelope, reason, headers: about.headers ?? Buffer.alloc(0) });
  if ((about.size ?? 0) > maxBytes) return aside(tooLarge(about.size ?? 0, maxBytes).reason);
  const message = await fetchUid(client, options, uid, { uid: true, source: true });
  if (!message) return;
  if (!message.source) return aside('The mail server gave no content for it.');
  try {
    await ports.ingest(message.source, envelope);
  } catch (error) {
    // The store is down, which is no failure of this mail.
    if (error instanceof Retryable) throw error;
    const count = (failures.get(arrival) ?? 0) + 1;
    failures.set(arrival, count);
    if (count < ATTEMPTS)
      throw new Retryable(`A mail could not be taken: ${reasonOf(error)}`, undefined, { cause: error });
    await aside(`It could not be taken ${ATTEMPTS} times. ${reasonOf(error)}`);
  }
  failures.delete(arrival);
}

/**
 * Returns the date as ISO 8601 (RFC 3501 section 2.3.3). imapflow gives a Date, or the raw text if it can't parse it.
 */
function isoOf(internalDate: Date | string | undefined): string | undefined {
  const time = internalDate ? new Date(internalDate).getTime() : Number.NaN;
  return Number.isFinite(time) ? new Date(time).toISOString() : undefined;
}

/**
 * Fetches a mail. Returns undefined only if the server says that it does not exist. imapflow itself also returns
 * nothing after a lost connection.
 */
async function fetchUid(
  client: ImapFlow,
  options: SessionOptions,
  uid: number,
  query: FetchQueryObject,
): Promise<FetchMessageObject | undefined> {
  const found = await answered(client, options, client.fetchAll(String(uid), query, { uid: true }));
  const message = found.find((one) => one.uid === uid);
  if (!message && (!client.usable || !client.mailbox)) throw new Retryable('The connection to the mail server ended.');
  return message;
}

/**
 * Waits for the answer, and closes the connection if nothing arrives meanwhile. imapflow would wait for ever if the
 * connection broke just before IDLE.
 */
async function answered<T>(client: ImapFlow, { silentMs = SILENT_MS }: SessionOptions, answer: Promise<T>): Promise<T> {
  let seen = client.stats().received;
  const timer = setInterval(() => {
    const { received } = client.stats();
    if (received === seen) client.close();
    seen = received;
  }, silentMs);
  try {
    return await answer;
  } finally {
    clearInterval(timer);
  }
}

/** Makes a flag that remembers an announcement which arrives while mails are being saved. */
function makeBell() {
  let rang = false;
  let wake: (() => void) | undefined;
  return {
    ring: () => {
      rang = true;
      wake?.();
    },
    async rung(within: number): Promise<void> {
      if (!rang) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, within);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      wake = undefined;
      rang = false;
    },
  };
}

/** Translates an error of imapflow. The server's response is in a field of the error, beside a generic message. */
export function imapProblem(error: unknown, { folder }: ImapAccount): Error {
  if (error instanceof Retryable || !(error instanceof Error))
    return error instanceof Error ? error : new Error(String(error));
  const { authenticationFailed, responseText, mailboxMissing, code, tlsFailed } = error as Error &
    Record<string, unknown>;
  if (authenticationFailed === true) {
    return new NotAllowed('The mail server refuses the name or the password. Check IMAP_URL.', { cause: error });
  }
  if (tlsFailed === true && code === undefined)
    return new InvalidInput(
      'The mail server offers no TLS (STARTTLS), so the password would go to it in the clear. Set IMAP_URL as imaps://…:993; or add ?tls=optional to it where the way to the server is safe.',
      { cause: error },
    );
  if (mailboxMissing === true)
    return new NotFound(`The mail server has no folder ${folder}. Check IMAP_URL.`, { cause: error });
  if (
    code === 'DEPTH_ZERO_SELF_SIGNED_CERT' ||
    code === 'ERR_TLS_CERT_ALTNAME_INVALID' ||
    code === 'CERT_HAS_EXPIRED'
  ) {
    return new InvalidInput(`The mail server's certificate is not valid (${code}). Check the host in IMAP_URL.`, {
      cause: error,
    });
  }
  const said = typeof responseText === 'string' ? responseText.slice(0, 200) : reasonOf(error);
  return new Retryable(`The connection to the mail server ended: ${said}`, undefined, { cause: error });
}
