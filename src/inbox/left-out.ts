// Lists the Slack events from which nothing came: each reason, with how often and when. Skein's own posts are not listed,
// because Slack sends all of them back.
import { Retryable } from '../errors.ts';
import { type Logger, logFailure } from '../logger.ts';
import type { Collection, CollectionSpec, Doc } from '../store/port.ts';

export interface LeftOutDoc extends Doc {
  /** The reason, as words that no person chose. */
  reason: string;
  count: number;
  /** The first and the last time, in milliseconds since 1970. */
  since: number;
  at: number;
  /** Slack's id of the last one. */
  event: string;
}

export const LEFT_OUT_SPEC: CollectionSpec = { name: 'leftOutEvents', kind: 'journal', indexes: [{ fields: ['at'] }] };

/** How long a reason is listed after its last event, in milliseconds. */
const RETENTION_MS = 30 * 24 * 3_600_000;
const SHOWN = 200;
const PAGE = 200;

/** Events are counted in memory and written together, because link previews and joins come in great numbers. In milliseconds. */
const WRITE_AFTER_MS = 500;
const MOST_TRIES = 20;

export interface LeftOut {
  /** Counts an event. `id`: Slack's id of the event. */
  note(reason: string, id: string): void;
  /** Writes what was counted. Resolves when it is stored. */
  stop(): Promise<void>;
}

interface Counted {
  count: number;
  since: number;
  at: number;
  event: string;
}

export function makeLeftOut(events: Collection<LeftOutDoc>, clock: () => number, logger: Logger): LeftOut {
  let counted = new Map<string, Counted>();
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();

  function write(): void {
    clearTimeout(timer);
    timer = undefined;
    const all = counted;
    counted = new Map();
    writing = writing.then(async () => {
      try {
        for (const [reason, one] of all) await add(events, reason, one);
      } catch (error) {
        logFailure(logger, 'warn', 'the events that were left out are not listed', error, { reasons: all.size });
      }
    });
  }

  return {
    note(reason, id) {
      const at = clock();
      const before = counted.get(reason);
      counted.set(reason, { count: (before?.count ?? 0) + 1, since: before?.since ?? at, at, event: id });
      timer ??= setTimeout(write, WRITE_AFTER_MS).unref();
    },
    stop() {
      write();
      return writing;
    },
  };
}

/** Another process may count the same reason. */
async function add(
  events: Collection<LeftOutDoc>,
  reason: string,
  { count, since, at, event }: Counted,
): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const before = await events.get(reason);
    const next = { id: reason, rev: (before?.rev ?? 0) + 1, reason, at: Math.max(at, before?.at ?? 0), event };
    const sum = { ...next, count: count + (before?.count ?? 0), since: Math.min(since, before?.since ?? since) };
    const kept = before ? await events.replace(sum, before.rev) : (await events.insert([sum]))[0] === 'inserted';
    if (kept) return;
  }
  throw new Retryable('Other processes count the same events.');
}

export type ShownLeftOut = Omit<LeftOutDoc, 'id' | 'rev'>;

/** Returns the reasons, that of the newest event first. */
export async function leftOutEvents(events: Collection<LeftOutDoc>): Promise<ShownLeftOut[]> {
  const found = await events.find({ where: {}, sort: [['at', 'desc']], limit: SHOWN });
  return found.map(({ id: _id, rev: _rev, ...shown }) => shown);
}

export async function forgetLeftOut(events: Collection<LeftOutDoc>, now: number): Promise<void> {
  for (let full = true; full; ) {
    const old = await events.find({ where: { at: { lte: now - RETENTION_MS } }, sort: [['at', 'asc']], limit: PAGE });
    for (const { id } of old) await events.delete(id);
    full = old.length === PAGE;
  }
}
