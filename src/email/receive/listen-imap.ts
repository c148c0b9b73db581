// Listens to mailboxes over IMAP. Passes the mails on in order, and moves the cursor only after a mail is saved.

import { setTimeout as delay } from 'node:timers/promises';
import { Retryable, reasonOf } from '../../errors.ts';
import { imapSession } from './imap-session.ts';
import type { ImapAccount } from './imap-settings.ts';
import type { ListenPorts } from './listen-ports.ts';

export interface ListenOptions {
  ports: ListenPorts;
  accounts: ImapAccount[];
  /** How to begin a mailbox that was never read: `now` ignores the mails in it (the default), `all` reads them. */
  begin?: 'now' | 'all';
  pollMs?: number;
  /** The time without data, in milliseconds, after which the server is asked for an answer. */
  silentMs?: number;
  maxBytes?: number;
  /** The pause between two connections, in milliseconds. It doubles up to sixty times this value. */
  pauseMs?: number;
}

export interface Listening {
  /** Resolves when every mailbox was reached once, and the mails that waited there are saved. */
  ready: Promise<void>;
  /** Stops after the running save is finished. */
  stop(): Promise<void>;
}

const POLL_MS = 60_000;
const PAUSE_MS = 1_000;
/** The pause after a refused password, which only a person can correct. */
const REFUSED_MS = 60_000;

export function listenImap({ accounts, ...options }: ListenOptions): Listening {
  const stopping = new AbortController();
  const loops = accounts.map((account) => keepListening(account, options, stopping.signal));
  return {
    ready: Promise.all(loops.map(({ ready }) => ready)).then(() => undefined),
    async stop() {
      stopping.abort();
      await Promise.all(loops.map(({ ended }) => ended));
    },
  };
}

function keepListening(account: ImapAccount, options: Omit<ListenOptions, 'accounts'>, signal: AbortSignal) {
  const { ports, begin = 'now', pollMs = POLL_MS, pauseMs = PAUSE_MS, maxBytes, silentMs } = options;
  const failures = new Map<string, number>();
  let tries = 0;
  let isReady = () => {};
  const ready = new Promise<void>((resolve) => {
    isReady = resolve;
  });
  const onReady = () => {
    tries = 0;
    ports.logger.info('mailbox open', { mailbox: account.name });
    isReady();
  };
  const session = {
    account,
    ports,
    signal,
    begin,
    pollMs,
    failures,
    onReady,
    ...(maxBytes === undefined ? {} : { maxBytes }),
    ...(silentMs === undefined ? {} : { silentMs }),
  };

  async function listen(): Promise<void> {
    while (!signal.aborted) {
      let pause = pauseMs;
      try {
        await imapSession(session);
        if (!signal.aborted) ports.logger.info('mailbox closed, opening it again', { mailbox: account.name });
      } catch (error) {
        ports.logger.warn('mailbox not open', { mailbox: account.name, reason: reasonOf(error), tries });
        const wanted = error instanceof Retryable ? error.retryAfterMs : Math.max(REFUSED_MS, pauseMs);
        pause = wanted ?? Math.min(pauseMs * 2 ** tries, pauseMs * 60);
        tries += 1;
      }
      // An abort ends the pause early. The loop then checks the signal and stops.
      await delay(pause, undefined, { signal }).catch(() => undefined);
    }
  }
  return { ready, ended: listen() };
}
