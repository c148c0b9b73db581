// Starts a server in another process, so that its CPU time is not counted.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface Child {
  url: string;
  /** Sends a message to the server and waits for its answer. */
  ask<T>(question: object): Promise<T>;
  stop(): Promise<void>;
}

/** `file`: a module in this folder that sends `{ url }` when it listens, and answers each message. */
export async function startChild(file: string): Promise<Child> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), { execArgv: ['--import', 'tsx'] });
  const answer = async <T>(): Promise<T> => {
    const gone = new AbortController();
    const ended = once(child, 'exit', { signal: gone.signal }).then(() => {
      throw new Error(`${file} ended before it answered.`);
    });
    try {
      const [message] = await Promise.race([once(child, 'message', { signal: gone.signal }), ended]);
      return message as T;
    } finally {
      gone.abort();
      ended.catch(() => undefined);
    }
  };
  const { url } = await answer<{ url: string }>();
  return {
    url,
    ask<T>(question: object) {
      const answered = answer<T>();
      child.send(question);
      return answered;
    },
    async stop() {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}
