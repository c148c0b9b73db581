// Raw bytes -> Mail, in processes of their own that can be killed: no mail can stop Skein, and a slow one holds up no other.
import { availableParallelism } from 'node:os';
import type { Logger } from '../../logger.ts';
import { MAIL_BYTES, READ_MS } from '../limits.ts';
import type { Mail, Unreadable } from '../mail.ts';
import { makeReadProcess, type ReadProcess, unreadable } from './read-process.ts';

export interface MailReader {
  /**
   * What can't be read is `unreadable`, with its reason. Rejects with Retryable only for reasons that are not the mail's: the reader could
   * not be started, or was stopped. As many mails are read side by side as there are processes; more wait in the order they came.
   */
  read(raw: Uint8Array): Promise<Mail | Unreadable>;
  stop(): Promise<void>;
}

export interface MailReaderOptions {
  logger: Logger;
  /** How long one mail may take, milliseconds. */
  timeLimitMs?: number;
  maxBytes?: number;
  /** At most so many mails at once. */
  processes?: number;
  /** The child's program; tests give a worse one. */
  program?: URL;
}

/** Each may grow to READ_HEAP_MB; two are the fewest with which a slow mail holds up no other. */
const PROCESSES = Math.max(2, Math.min(4, availableParallelism()));
/** One process is kept for the next mail, others go when no mail has needed them for so long. */
const REST_MS = 30_000;

/** A process is started when a mail finds all others at work. */
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
      // The newest is taken first, so that others can go.
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
