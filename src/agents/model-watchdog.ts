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

/** The same response, with a beat for every chunk: bytes count, because the SDK hides pings, and a long thought sends nothing else. */
export function watchBody(response: Response, beat: () => void): Response {
  beat();
  if (!response.body) return response;
  const body = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        beat();
        controller.enqueue(chunk);
      },
    }),
  );
  const { status, statusText, headers } = response;
  return new Response(body, { status, statusText, headers });
}
