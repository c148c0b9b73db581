// The event stream of changes. It reconnects when it breaks.

const AGAIN_MS = 2_000;

/**
 * @param {{ EventSource: typeof EventSource, setTimeout: typeof setTimeout }} window
 * @param {{ notice: (notice: any) => void, state: (connected: boolean) => void }} on `state(true)`: changes may have been missed, read all
 */
export function follow(window, on) {
  const source = new window.EventSource('/practice/events');
  source.addEventListener('open', () => on.state(true));
  source.addEventListener('message', (event) => on.notice(JSON.parse(event.data)));
  source.addEventListener('error', () => {
    on.state(false);
    // The browser reconnects by itself, except after an answer that is no event stream.
    if (source.readyState === 2) window.setTimeout(() => follow(window, on), AGAIN_MS);
  });
}
