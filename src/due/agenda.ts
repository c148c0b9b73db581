// Wakes this process by agenda, on MongoDB. Agenda wakes one process of all at a time, so the others do not have to
// look.
import { setTimeout as delay } from 'node:timers/promises';
import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import { reasonOf } from '../errors.ts';
import type { Logger } from '../logger.ts';

const JOB = 'look at the clock';
const EVERY = '30 seconds';
/** The longest time to connect, in milliseconds. Agenda has no such limit. */
const PATIENCE_MS = 10_000;
/**
 * The interval at which agenda scans, in milliseconds. After a stop, its last timer keeps the process alive for that
 * long.
 */
const SCAN_MS = 4000;

/** @throws if agenda does not start on this database; the caller can do without it */
export async function agendaWaker(uri: string, logger: Logger, wake: () => void): Promise<{ stop(): Promise<void> }> {
  const backend = new MongoBackend({
    address: withDatabase(uri),
    options: { maxPoolSize: 2, appName: 'skein-agenda', serverSelectionTimeoutMS: 5000 },
    collection: 'agenda',
  });
  // Connects before agenda does. Inside agenda, a failure would be an unhandled rejection, which ends the process, or
  // an endless wait.
  await backend.connect();
  backend.connect = async () => {};
  // The job only wakes the look and ends at once. If it did the work itself, its lock could expire during the work, and
  // agenda would start it twice.
  const settings = { backend, processEvery: SCAN_MS, defaultLockLifetime: SCAN_MS, defaultConcurrency: 1 };
  const agenda = new Agenda({ ...settings, maxConcurrency: 1 });
  agenda.on('error', (error: unknown) => logger.warn('agenda failed', { reason: reasonOf(error) }));
  agenda.define(JOB, async () => wake(), { concurrency: 1, lockLimit: 1 });
  const stop = async () => {
    await agenda.stop(false);
    await backend.disconnect();
  };
  try {
    await within(PATIENCE_MS, async () => {
      await agenda.start();
      await agenda.every(EVERY, JOB);
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { stop };
}

async function within(ms: number, work: () => Promise<void>): Promise<void> {
  const over = new AbortController();
  const late = delay(ms, undefined, { signal: over.signal, ref: false }).then(() => {
    throw new Error(`agenda did not begin within ${ms / 1000} seconds`);
  });
  try {
    await Promise.race([work(), late]);
  } finally {
    over.abort();
    late.catch(() => {});
  }
}

/** Returns the address with the default database, if it names none. */
export function withDatabase(uri: string): string {
  const [, server = uri, path = '', query = ''] = /^([^:]+:\/\/[^/?]+)(\/[^?]*)?(\?.*)?$/.exec(uri) ?? [];
  return path.length > 1 ? uri : `${server}/skein${query}`;
}
