// Settings that make events arrive twice, late or in another order, as in Slack. Tests set them.
import type { QueuedEvent } from '../state/state.ts';

const QUEUED_AT_MOST_MS = 200;

export interface Tamper {
  /** The number of further deliveries of each event, with the same event_id. */
  duplicates: number;
  delayMs: number;
  /** The number of events that are collected (for at most 200 ms) and then delivered with the newest first. */
  reorder: number;
  deliver(event: QueuedEvent): void;
}

export function createTamper(
  later: (ms: number, run: () => void) => void,
  send: (event: QueuedEvent, attempt: number) => void,
): Tamper {
  let queued: QueuedEvent[] = [];

  function release(): void {
    const due = queued.reverse();
    queued = [];
    for (const event of due) sendAll(event);
  }

  function sendAll(event: QueuedEvent): void {
    for (let attempt = 0; attempt <= tamper.duplicates; attempt += 1) send(event, attempt);
  }

  const tamper: Tamper = {
    duplicates: 0,
    delayMs: 0,
    reorder: 0,
    deliver(event) {
      if (tamper.delayMs > 0) {
        later(tamper.delayMs, () => sendAll(event));
      } else if (tamper.reorder > 1) {
        queued.push(event);
        if (queued.length === 1) later(QUEUED_AT_MOST_MS, release);
        if (queued.length >= tamper.reorder) release();
      } else {
        sendAll(event);
      }
    },
  };
  return tamper;
}
