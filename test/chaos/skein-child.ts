// A whole Skein in a process of its own, to be killed: it starts when its parent says so, and tells when it is ready.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readConfig } from '../../src/config/config.ts';
import { mailHome } from '../../src/email/address.ts';
import { reasonOf } from '../../src/errors.ts';
import { WORKER } from '../../src/lanes/worker.ts';
import { start } from '../../src/main.ts';
import { AUTHSERV_ID } from '../../src/practice/mail/stamp.ts';
import type { ReadyMailSettings } from '../../src/start/mail.ts';

process.once('message', async () => {
  const leaseMs = Number(process.env.CHAOS_LEASE_MS ?? WORKER.leaseMs);
  try {
    const config = readConfig(process.env, resolve(import.meta.dirname, '../..'));
    const clock = movedClock(process.env.CHAOS_CLOCK);
    const running = await start(config, {
      worker: { ...WORKER, leaseMs },
      ...(clock ? { clock } : {}),
      ...(process.env.CHAOS_SMTP_URL ? { mail: mailThrough(process.env.CHAOS_SMTP_URL) } : {}),
    });
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

/** The parent's mail server: it is told at which door Skein takes mail now. */
function mailThrough(smtpUrl: string): ReadyMailSettings {
  const home = mailHome({ domain: process.env.CHAOS_MAIL_DOMAIN ?? '' });
  const begin = (port: number) => void process.send?.({ kind: 'door', port });
  return { kind: 'smtp', smtpUrl, home, authservId: AUTHSERV_ID, begin };
}

/** A file says how far the clock is ahead, in milliseconds: the parent moves it for all processes at once. */
function movedClock(file: string | undefined): (() => number) | undefined {
  return file ? () => Date.now() + Number(readFileSync(file, 'utf8')) : undefined;
}
