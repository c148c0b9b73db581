// Agenda as the waker on MongoDB: of all processes on the database one is woken at a time, and the others rest.
import { setTimeout as delay } from 'node:timers/promises';
import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import { reasonOf } from '../errors.ts';
import type { Logger } from '../logger.ts';

const JOB = 'look at the clock';
const EVERY = '30 seconds';
/** How long it may take to begin, in milliseconds: agenda itself waits for ever. */
const PATIENCE_MS = 10_000;
/** Agenda leaves a timer of this length behind when it stops, in milliseconds: it keeps the process for so long. */
const SCAN_MS = 4000;

/** @throws when agenda does not come to work on this database; whoever asked can do without */
export async function agendaWaker(uri: string, logger: Logger, wake: () => void): Promise<{ stop(): Promise<void> }> {
  const backend = new MongoBackend({
    address: withDatabase(uri),
    options: { maxPoolSize: 2, appName: 'skein-agenda', serverSelectionTimeoutMS: 5000 },
    collection: 'agenda',
  });
  // Connected here: agenda leaves a failure unhandled, which would end the process, and waits for ever.
  await backend.connect();
  backend.connect = async () => {};
  // The job only wakes: a lock that ends while it works would start it once more.
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

/** The database that the store uses where the address names none. */
export function withDatabase(uri: string): string {
  const [, server = uri, path = '', query = ''] = /^([^:]+:\/\/[^/?]+)(\/[^?]*)?(\?.*)?$/.exec(uri) ?? [];
  return path.length > 1 ? uri : `${server}/skein${query}`;
}
