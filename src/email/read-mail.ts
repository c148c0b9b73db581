// Raw bytes -> Mail, in a process of its own that is killed when a mail takes too long or too much: no mail can stop Skein.
import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Retryable } from '../errors.ts';
import type { Log } from '../log.ts';
import { MAIL_BYTES, READ_HEAP_MB, READ_MS } from './limits.ts';
import type { Mail, Unreadable } from './mail.ts';
import type { ReadAnswer, ReadRequest } from './read-child.ts';

export interface MailReader {
  /**
   * What can't be read is `unreadable`, with its reason. Rejects with Retryable only for reasons that are not the mail's: the reader could
   * not be started, or was stopped. One mail is read at a time.
   */
  read(raw: Uint8Array): Promise<Mail | Unreadable>;
  stop(): Promise<void>;
}

export interface MailReaderOptions {
  log: Log;
  /** How long one mail may take, milliseconds. */
  timeLimitMs?: number;
  maxBytes?: number;
  /** The child's program; tests give a worse one. */
  program?: URL;
}

/** A child that has not even started by then never will. */
const START_MS = 60_000;

/** The process is started with the first mail and kept for the next. */
export function startMailReader(options: MailReaderOptions): MailReader {
  const { log, timeLimitMs = READ_MS, maxBytes = MAIL_BYTES } = options;
  const program = options.program ?? new URL('./read-child.ts', import.meta.url);
  let child: ChildProcess | undefined;
  let line: Promise<unknown> = Promise.resolve();
  let count = 0;
  let stopped = false;

  async function started(): Promise<ChildProcess> {
    if (child?.connected) return child;
    const next = fork(program, {
      // Node 20 runs no TypeScript by itself.
      execArgv: [`--max-old-space-size=${READ_HEAP_MB}`, '--import', loaderUrl()],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: {},
    });
    child = next;
    const outcome = await answerOf(next, (message) => message.kind === 'ready', START_MS);
    if (outcome.kind === 'answer') return next;
    await ended(next);
    throw new Retryable('The mail reader could not be started.');
  }

  async function readOne(raw: Uint8Array): Promise<Mail | Unreadable> {
    if (stopped) throw new Retryable('The mail reader was stopped.');
    const reader = await started();
    count += 1;
    const n = count;
    const answer = answerOf(reader, (message) => message.kind === 'read' && message.n === n, timeLimitMs);
    reader.send({ n, raw } satisfies ReadRequest, () => {});
    const outcome = await answer;
    if (outcome.kind === 'answer' && outcome.message.kind === 'read') return outcome.message.read;
    await ended(reader);
    if (stopped) throw new Retryable('The mail reader was stopped.');
    log.warn('mail reader ended', { cause: outcome.kind, bytes: raw.byteLength });
    if (outcome.kind === 'late') return unreadable(`Reading it took longer than ${timeLimitMs / 1_000} seconds.`);
    return unreadable('Reading it took more memory than Skein gives to one mail, or broke the reader.');
  }

  return {
    async read(raw) {
      if (raw.byteLength > maxBytes) return tooLarge(raw.byteLength, maxBytes);
      const reading = line.then(() => readOne(raw));
      line = reading.catch(() => undefined);
      return reading;
    },
    async stop() {
      stopped = true;
      if (child) await ended(child);
      await line;
    },
  };
}

export function tooLarge(bytes: number, most = MAIL_BYTES): Unreadable {
  const mb = (size: number) => Math.ceil(size / 1024 / 1024);
  return unreadable(`It has ${mb(bytes)} MB; Skein reads mails up to ${mb(most)} MB.`);
}

function loaderUrl(): string {
  return pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
}

function unreadable(reason: string): Unreadable {
  return { kind: 'unreadable', reason };
}

type Outcome = { kind: 'answer'; message: ReadAnswer } | { kind: 'late' } | { kind: 'died' };

/** A send that fails shows as the child's death. */
function answerOf(child: ChildProcess, wanted: (message: ReadAnswer) => boolean, within: number): Promise<Outcome> {
  return new Promise((resolve) => {
    const finish = (outcome: Outcome) => {
      clearTimeout(timer);
      child.off('message', take).off('exit', die).off('error', die);
      resolve(outcome);
    };
    const take = (message: ReadAnswer) => {
      if (wanted(message)) finish({ kind: 'answer', message });
    };
    const die = () => finish({ kind: 'died' });
    const timer = setTimeout(() => finish({ kind: 'late' }), within);
    child.on('message', take).on('exit', die).on('error', die);
    if (child.exitCode !== null || child.signalCode !== null) die();
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await exit;
}
