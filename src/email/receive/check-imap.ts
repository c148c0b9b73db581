// Tries one mailbox once, for the doctor: logs in, opens the folder without marking anything, enters IDLE and leaves it.
import { ImapFlow } from 'imapflow';
import { imapProblem } from './imap-session.ts';
import { type ImapAccount, starttls } from './imap-settings.ts';

export interface ImapFound {
  folder: string;
  messages: number;
  /** Whether the server announces new mail by itself. */
  idle: 'works' | 'refused' | 'missing';
}

const CONNECT_MS = 8000;

/** Throws as listening does: NotAllowed for the password, NotFound for the folder, Retryable where nothing answers. */
export async function checkImap(account: ImapAccount, signal: AbortSignal): Promise<ImapFound> {
  const { host, port, secure, user, password, folder } = account;
  const client = new ImapFlow({
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
  // Without a listener an error would end the process; what was asked rejects as well.
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

/** A command sent meanwhile makes imapflow say DONE as soon as the server has let it in. */
async function idles(client: ImapFlow): Promise<'works' | 'refused'> {
  const left = client.idle();
  await client.noop();
  return (await left) === false ? 'refused' : 'works';
}
