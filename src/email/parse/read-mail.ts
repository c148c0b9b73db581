// Parses mails in child processes that can be killed. No mail can then stop Skein, and a slow mail delays no other.
import { availableParallelism } from 'node:os';
import type { Logger } from '../../logger.ts';
import { MAIL_BYTES, READ_MS } from '../limits.ts';
import type { Mail, Unreadable } from '../mail.ts';
import { makeReadProcess, type ReadProcess, unreadable } from './read-process.ts';

export interface MailReader {
  /**
   * Parses a mail. Returns `unreadable` with a reason if it can't be parsed. Rejects with Retryable only if the mail is
   * not the cause, because a reader process did not start or was stopped. Each process parses one mail at a time;
   * further mails wait in order.
   */
  read(raw: Uint8Array): Promise<Mail | Unreadable>;
  stop(): Promise<void>;
}

export interface MailReaderOptions {
  logger: Logger;
  /** The time limit for one mail, in milliseconds. */
  timeLimitMs?: number;
  maxBytes?: number;
  /** The most reader processes, and so the most mails that are parsed at once. */
  processes?: number;
  /** The child's program. Tests pass a faulty one. */
  program?: URL;
}

/** The most processes by default. Each may need READ_HEAP_MB. With only one, a slow mail would delay all others. */
const PROCESSES = Math.max(2, Math.min(4, availableParallelism()));
/** An idle process ends after this time, except the last one. */
const REST_MS = 30_000;

/** Starts the reader. A mail that finds all processes busy starts another one. */
export function startMailReader(options: MailReaderOptions): MailReader {
  const { logger, timeLimitMs = READ_MS, maxBytes = MAIL_BYTES, processes = PROCESSES } = options;
  const program = options.program ?? new URL('./read-child.ts', import.meta.url);
  const all: ReadProcess[] = [];
  const idle: ReadProcess[] = [];
  const waiting: ((free: ReadProcess) => void)[] = [];
  const working = new Set<Promise<unknown>>();

  function free(): Promise<ReadProcess> | ReadProcess {
    const known = idle.pop();
    if (known) return known;
    if (all.length >= processes) return new Promise((resolve) => waiting.push(resolve));
    const fresh = makeReadProcess({ logger, timeLimitMs, program });
    all.push(fresh);
    return fresh;
  }

  function release(one: ReadProcess): void {
    const next = waiting.shift();
    if (next) next(one);
    else {
      if (idle.length > 0) one.rest(REST_MS);
      // The newest idle process is used first, so that older ones stay idle and end.
      idle.push(one);
    }
  }

  async function readOne(raw: Uint8Array): Promise<Mail | Unreadable> {
    const one = await free();
    try {
      return await one.read(raw);
    } finally {
      release(one);
    }
  }

  return {
    async read(raw) {
      if (raw.byteLength > maxBytes) return tooLarge(raw.byteLength, maxBytes);
      const result = readOne(raw);
      working.add(result);
      return result.finally(() => working.delete(result));
    },
    async stop() {
      await Promise.all(all.map((one) => one.stop()));
      await Promise.allSettled(working);
    },
  };
}

export function tooLarge(bytes: number, most = MAIL_BYTES): Unreadable {
  const mb = (size: number) => Math.ceil(size / 1024 / 1024);
  return unreadable(`It has ${mb(bytes)} MB; Skein reads mails up to ${mb(most)} MB.`);
}
