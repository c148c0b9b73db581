// An idle timeout for streams: the SDK's own timeout covers the headers only, and a stream may stall for ever.

export type Timers = Pick<typeof globalThis, 'setTimeout' | 'clearTimeout'>;

export interface Watchdog {
  beat(): void;
  stop(): void;
}

/** Calls `onIdle` once when `idleMs` pass without a beat, also before the first byte. */
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
 * The same response, with a beat for every chunk of bytes. Events would not do: the SDK hides pings, and a long thought
 * sends nothing else. The SDK only iterates the body, so a proxy of the iterator is enough and cheaper than a second stream.
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
