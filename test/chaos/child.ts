// Runs a Skein as a child process, reads its log, and stops or kills it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { programAt } from '../program.ts';

export interface Child {
  pid: number;
  /** Its log, line by line. */
  lines: string[];
  /** Resolves when the program is loaded. It has not started yet. */
  loaded: Promise<unknown>;
  /** Starts it. Resolves with the address of its web server when it is ready, rejects with the reason if it can't start. */
  go(): Promise<string>;
  /** Makes it look at the clock, which was moved. Resolves when what is due is decided, or when the process has ended. */
  look(): Promise<void>;
  /** kill -9. */
  kill(): void;
  /** SIGTERM. */
  term(): void;
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Called with the port at which it takes mail. */
  onDoor(listener: (port: number) => void): void;
}

type Said =
  | { kind: 'loaded' }
  | { kind: 'door'; port: number }
  | { kind: 'ready'; url: string }
  | { kind: 'looked' }
  | { kind: 'failed'; reason: string };

const HOME = resolve(import.meta.dirname, '../..');

/** Loads the program, but starts it only with `go`, so that a replacement is ready when a child is killed. */
export async function spawnChild(env: Record<string, string>): Promise<Child> {
  const { PATH = '', HOME: home = '', TMPDIR } = process.env;
  const child = spawn(process.execPath, [await programAt(join(import.meta.dirname, 'skein-child.ts'))], {
    cwd: HOME,
    env: { PATH, HOME: home, ...(TMPDIR ? { TMPDIR } : {}), ...env },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const lines: string[] = [];
  const errors = child.stderr;
  if (!errors || child.pid === undefined) throw new Error('The child process could not be started.');
  createInterface({ input: errors }).on('line', (line) => lines.push(line));
  const exited = once(child, 'exit').then(([code, signal]) => ({ code, signal }));
  const loaded = heard(child, (said) => said.kind === 'loaded');
  loaded.catch(() => {});
  return {
    pid: child.pid,
    lines,
    loaded,
    exited,
    async go() {
      await loaded;
      const answer = heard(child, (said) => said.kind === 'ready' || said.kind === 'failed');
      child.send('go');
      const said = await answer;
      if (said.kind === 'ready') return said.url;
      throw new Error(said.kind === 'failed' ? said.reason : 'unreachable');
    },
    look: () =>
      new Promise((done) => {
        child.on('message', (said: Said) => {
          if (said.kind === 'looked') done();
        });
        // Also where it is killed while it looks, and can't be told to.
        exited.then(() => done());
        child.send('look', () => {});
      }),
    kill: () => void child.kill('SIGKILL'),
    term: () => void child.kill('SIGTERM'),
    onDoor: (listener) =>
      void child.on('message', (said: Said) => {
        if (said.kind === 'door') listener(said.port);
      }),
  };
}

function heard(child: ChildProcess, wanted: (said: Said) => boolean): Promise<Said> {
  return new Promise((resolve, reject) => {
    const hear = (said: Said) => {
      if (!wanted(said)) return;
      child.off('message', hear);
      child.off('exit', gone);
      resolve(said);
    };
    const gone = () => reject(new Error('The child ended before it was ready.'));
    child.on('message', hear);
    child.once('exit', gone);
  });
}
