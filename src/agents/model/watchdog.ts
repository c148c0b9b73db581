// Notices a model that falls silent: the SDK's own timeout ends with the headers, and a stream may stall for ever.

export type Timers = Pick<typeof globalThis, 'setTimeout' | 'clearTimeout'>;

export interface Watchdog {
  beat(): void;
  stop(): void;
}

/** Calls `onIdle` once when `idleMs` pass without a beat; runs from the start, so also before the first byte. */
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
 * The same response, with a beat for every chunk that is read: bytes count, because the SDK hides pings, and a long thought
 * sends nothing else. The SDK only iterates the body, so no second stream is needed, which would cost more than reading.
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
