// An idle timeout for streams. The SDK's own timeout ends with the headers, and without ours a stream could stall for
// ever.

export type Timers = Pick<typeof globalThis, 'setTimeout' | 'clearTimeout'>;

export interface Watchdog {
  beat(): void;
  stop(): void;
}

/** Calls `onIdle` once when `idleMs` (milliseconds) pass without a beat; the time before the first byte counts too. */
export function startWatchdog(timers: Timers, idleMs: number, onIdle: () => void): Watchdog {
  let timer = timers.setTimeout(onIdle, idleMs);
  return {
    beat() {
      timers.clearTimeout(timer);
      timer = timers.setTimeout(onIdle, idleMs);
    },
    stop() {
      timers.clearTimeout(timer);
    },
  };
}

/**
 * Returns the same response, with a beat for every chunk of bytes. Events cannot be used for it: the SDK hides pings,
 * and during a long thought the service sends nothing else. The SDK only iterates the body, so a proxy of the iterator
 * is enough, and cheaper than a second stream.
 */
export function watchBody(response: Response, beat: () => void): Response {
  beat();
  const { body } = response;
  return body ? Object.defineProperty(response, 'body', { value: beating(body, beat) }) : response;
}

async function* beating(body: AsyncIterable<Uint8Array>, beat: () => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    beat();
    yield chunk;
  }
}
