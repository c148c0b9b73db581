// A whole Skein in a process of its own, to be killed: it starts when its parent says so, and tells when it is ready.
import { resolve } from 'node:path';
import { readConfig } from '../../src/config.ts';
import { reasonOf } from '../../src/errors.ts';
import { WORKER } from '../../src/lanes/worker.ts';
import { start } from '../../src/main.ts';

process.once('message', async () => {
  const leaseMs = Number(process.env.CHAOS_LEASE_MS ?? WORKER.leaseMs);
  try {
    const config = readConfig(process.env, resolve(import.meta.dirname, '../..'));
    const running = await start(config, { worker: { ...WORKER, leaseMs } });
    process.once('SIGTERM', async () => {
      await running.stop();
      // Nothing else is told to end: a timer or socket left open would keep this process, and the test would see it.
      process.disconnect();
    });
    process.send?.({ kind: 'ready', url: running.url });
  } catch (error) {
    process.send?.({ kind: 'failed', reason: reasonOf(error) });
    process.disconnect();
  }
});
process.send?.({ kind: 'loaded' });
