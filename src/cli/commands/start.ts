// skein start: runs the server until it is told to stop.
import { setTimeout as delay } from 'node:timers/promises';
import { nothingElse, parseFlags } from '../../doors/typed/flags.ts';
import { reasonOf, UserFacingError } from '../../errors.ts';
import { type Command, helpOf, type Io } from '../io.ts';

export interface Started {
  url: string;
  stop(): Promise<void>;
}

/** The source of signals: the process, or a fake in tests. */
export interface Signals {
  on(signal: 'SIGINT' | 'SIGTERM', hear: () => void): unknown;
  off(signal: 'SIGINT' | 'SIGTERM', hear: () => void): unknown;
}

export interface StartDeps {
  /** Starts the server. Rejects soon after the signal is aborted, even if the start waits for a service. */
  run(signal: AbortSignal): Promise<Started>;
  signals: Signals;
  now(): number;
  exit(code: number): void;
}

/**
 * In milliseconds. The terminal and npm both send a signal for one Ctrl-C, so a second signal within this time counts
 * as the same one.
 */
const SAME_SIGNAL = 1000;
/**
 * How long an aborted start may take to end, in milliseconds. After that the process exits, and the next start
 * completes the work.
 */
const START_ENDS_MS = 4000;

export function startCommand(deps: StartDeps = realDeps()): Command {
  return {
    name: 'start',
    ...helpOf('start', 'Runs Skein until Ctrl-C; without settings it runs a practice workspace on this machine'),
    async run(io, args) {
      nothingElse(parseFlags(args, []), 'It takes nothing: settings come from the environment.');
      await runUntilStopped(io, deps);
    },
  };
}

async function runUntilStopped(io: Io, deps: StartDeps): Promise<void> {
  const { run, signals, now, exit } = deps;
  let first: number | undefined;
  let stopping: (() => void) | undefined;
  const asked = new Promise<void>((resolve) => {
    stopping = resolve;
  });
  const hear = () => {
    if (first === undefined) {
      first = now();
      io.err('Stopping; again to stop at once.\n');
      stopping?.();
    } else if (now() - first > SAME_SIGNAL) {
      io.err('Stopped at once. Nothing is lost: what was under way is taken up at the next start.\n');
      exit(130);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) signals.on(signal, hear);
  try {
    const giveUp = new AbortController();
    const starting = run(giveUp.signal);
    const started = await Promise.race([starting, asked]);
    if (!started) return await endStart(io, deps, giveUp, starting);
    io.out(`Skein runs: ${started.url}\nCtrl-C stops it.\n`);
    await asked;
    await started.stop().catch((error: unknown) => {
      throw new Error(`It did not stop cleanly: ${reasonOf(error)}`, { cause: error });
    });
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) signals.off(signal, hear);
  }
}

/** Ends a start that a signal has interrupted. */
async function endStart(
  io: Io,
  { exit }: StartDeps,
  giveUp: AbortController,
  starting: Promise<Started>,
): Promise<void> {
  giveUp.abort(new Error('The start was stopped.'));
  const ended = starting.then(
    (started) => started.stop(),
    (error: unknown) => {
      if (error instanceof UserFacingError) throw error;
    },
  );
  const late = delay(START_ENDS_MS, 'late' as const, { ref: false });
  if ((await Promise.race([ended, late])) !== 'late') return;
  io.err('Stopped before it had started.\n');
  exit(0);
}

function realDeps(): StartDeps {
  return {
    run: async (signal) => (await import('../../main.ts')).runMain(undefined, undefined, signal),
    signals: process,
    now: () => performance.now(),
    exit: (code) => process.exit(code),
  };
}
