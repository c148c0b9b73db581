// The child process with a whole Skein: it starts on a message of its parent, and reports when it is ready.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readConfig } from '../../src/config/config.ts';
import { mailHome } from '../../src/email/address.ts';
import { reasonOf } from '../../src/errors.ts';
import { WORKER } from '../../src/lanes/worker.ts';
import { start } from '../../src/main.ts';
import { AUTHSERV_ID } from '../../src/practice/mail/stamp.ts';
import type { ReadyMailSettings } from '../../src/start/mail.ts';
import { briskLimiter } from '../brisk-slack.ts';

process.once('message', async () => {
  const leaseMs = Number(process.env.CHAOS_LEASE_MS ?? WORKER.leaseMs);
  try {
    const config = readConfig(process.env, resolve(import.meta.dirname, '../..'));
    const clock = movedClock(process.env.CHAOS_CLOCK);
    const running = await start(config, {
      worker: { ...WORKER, leaseMs },
      limiter: briskLimiter(),
      ...(clock ? { clock } : {}),
      ...(process.env.CHAOS_SMTP_URL ? { mail: mailThrough(process.env.CHAOS_SMTP_URL) } : {}),
    });
    process.on('message', async () => {
      await running.look();
      process.send?.({ kind: 'looked' });
    });
    process.once('SIGTERM', async () => {
      await running.stop();
      // No process.exit: a timer or socket left open keeps this process alive, and the test notices it.
      process.disconnect();
    });
    process.send?.({ kind: 'ready', url: running.url });
  } catch (error) {
    process.send?.({ kind: 'failed', reason: reasonOf(error) });
    process.disconnect();
  }
});
process.send?.({ kind: 'loaded' });

/** Uses the parent's mail server, which is told Skein's current SMTP port. */
function mailThrough(smtpUrl: string): ReadyMailSettings {
  const home = mailHome({ domain: process.env.CHAOS_MAIL_DOMAIN ?? '' });
  const begin = (port: number) => void process.send?.({ kind: 'door', port });
  return { kind: 'smtp', smtpUrl, home, authservId: AUTHSERV_ID, begin };
}

/** A clock with an offset, in milliseconds, from a file. With it the parent moves the clock of all processes. */
function movedClock(file: string | undefined): (() => number) | undefined {
  return file ? () => Date.now() + Number(readFileSync(file, 'utf8')) : undefined;
}
