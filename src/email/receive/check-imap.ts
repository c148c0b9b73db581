// Checks a mailbox for the doctor: logs in, opens the folder read-only, then enters and leaves IDLE.
import type { ImapFlow } from 'imapflow';
import { imapProblem } from './imap-session.ts';
import { type ImapAccount, starttls } from './imap-settings.ts';

export interface ImapFound {
  folder: string;
  messages: number;
  /** Tells whether the server announces new mail (IDLE). */
  idle: 'works' | 'refused' | 'missing';
}

const CONNECT_MS = 8000;

/**
 * Checks the account. Throws NotAllowed for a wrong password, NotFound for a missing folder, Retryable if the server
 * does not answer.
 */
export async function checkImap(account: ImapAccount, signal: AbortSignal): Promise<ImapFound> {
  const { host, port, secure, user, password, folder } = account;
  const imapflow = await import('imapflow');
  signal.throwIfAborted();
  const client = new imapflow.ImapFlow({
    host,
    port,
    secure,
    ...starttls(account),
    auth: { user, pass: password },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    clientInfo: { name: 'Skein' },
  });
  const leave = () => client.close();
  signal.addEventListener('abort', leave, { once: true });
  // Without a listener, an error event would end the process. The running command rejects too.
  client.on('error', leave);
  try {
    await client.connect();
    const { path, exists } = await client.mailboxOpen(folder, { readOnly: true });
    const idle = client.capabilities.has('IDLE') ? await idles(client) : 'missing';
    await client.logout();
    return { folder: path, messages: exists, idle };
  } catch (error) {
    throw imapProblem(error, account);
  } finally {
    signal.removeEventListener('abort', leave);
    client.close();
  }
}

/** Tests IDLE. imapflow sends DONE before the next command, as soon as the server has accepted IDLE. */
async function idles(client: ImapFlow): Promise<'works' | 'refused'> {
  const left = client.idle();
  await client.noop();
  return (await left) === false ? 'refused' : 'works';
}
