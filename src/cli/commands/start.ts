// skein start: runs the server until it is told to stop.
import { reasonOf } from '../../errors.ts';
import { nothingElse, parseFlags } from '../flags.ts';
import { type Command, type Io, told } from '../io.ts';

export interface Started {
  url: string;
  stop(): Promise<void>;
}

/** Where the signals come from: the process itself, or a test. */
export interface Signals {
  on(signal: 'SIGINT' | 'SIGTERM', hear: () => void): unknown;
  off(signal: 'SIGINT' | 'SIGTERM', hear: () => void): unknown;
}

export interface StartDeps {
  run(): Promise<Started>;
  signals: Signals;
  now(): number;
  exit(code: number): void;
}

/** npm passes a Ctrl-C on that the terminal has sent already: what comes this soon is the same one, in milliseconds. */
const SAME_SIGNAL = 1000;

export function startCommand(deps: StartDeps = realDeps()): Command {
  return {
    name: 'start',
    ...told('start', 'Runs Skein until Ctrl-C; without settings it runs a practice workspace on this machine'),
    async run(io, args) {
      nothingElse(parseFlags(args, []), 'It takes nothing: settings come from the environment.');
      await runUntilStopped(io, deps);
    },
  };
}

async function runUntilStopped(io: Io, { run, signals, now, exit }: StartDeps): Promise<void> {
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
    const started = await run();
    io.out(`Skein runs: ${started.url}\nCtrl-C stops it.\n`);
    await asked;
    await started.stop().catch((error: unknown) => {
      throw new Error(`It did not stop cleanly: ${reasonOf(error)}`, { cause: error });
    });
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) signals.off(signal, hear);
  }
}

function realDeps(): StartDeps {
  return {
    run: async () => (await import('../../main.ts')).runMain(),
    signals: process,
    now: () => performance.now(),
    exit: (code) => process.exit(code),
  };
}
