// One child process that parses one mail at a time. It is started on demand, and killed if a mail takes too much time
// or memory.
import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Retryable } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import { READ_HEAP_MB } from '../limits.ts';
import type { Mail, Unreadable } from '../mail.ts';
import type { ReadAnswer, ReadRequest } from './read-child.ts';

export interface ReadProcess {
  /**
   * Parses one mail. Call it for only one mail at a time. Rejects with Retryable if the mail is not the cause of a
   * failure.
   */
  read(raw: Uint8Array): Promise<Mail | Unreadable>;
  /** Ends the process if no mail comes within this time. A later mail starts it again. */
  rest(afterMs: number): void;
  stop(): Promise<void>;
}

export interface ReadProcessOptions {
  logger: Logger;
  timeLimitMs: number;
  program: URL;
}

/** A child that takes longer to start counts as failed. */
const START_MS = 60_000;

export function makeReadProcess({ logger, timeLimitMs, program }: ReadProcessOptions): ReadProcess {
  let child: ChildProcess | undefined;
  let count = 0;
  let stopped = false;
  let resting: NodeJS.Timeout | undefined;

  async function started(): Promise<ChildProcess> {
    if (child?.connected) return child;
    const next = fork(program, {
      execArgv: [`--max-old-space-size=${READ_HEAP_MB}`, ...loaderOf(program)],
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

  return {
    async read(raw) {
      clearTimeout(resting);
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
      logger.warn('mail reader ended', { cause: outcome.kind, bytes: raw.byteLength });
      if (outcome.kind === 'late') return unreadable(`Reading it took longer than ${timeLimitMs / 1_000} seconds.`);
      return unreadable('Reading it took more memory than Skein gives to one mail, or broke the reader.');
    },
    rest(afterMs) {
      clearTimeout(resting);
      resting = setTimeout(() => {
        child?.kill('SIGKILL');
        child = undefined;
      }, afterMs).unref();
    },
    async stop() {
      stopped = true;
      clearTimeout(resting);
      if (child) await ended(child);
    },
  };
}

export function unreadable(reason: string): Unreadable {
  return { kind: 'unreadable', reason };
}

/** Node 20 can't run TypeScript without this loader. */
function loaderOf({ pathname }: URL): string[] {
  if (!pathname.endsWith('.ts')) return [];
  return ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href];
}

type Outcome = { kind: 'answer'; message: ReadAnswer } | { kind: 'late' } | { kind: 'died' };

/** Returns the child's answer. If sending fails, the child's exit reports that. */
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
