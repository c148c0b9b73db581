// A lease that lets one process at a time use a Slack app or read a mailbox. The other processes wait for it.
import { type Logger, logFailure } from '../logger.ts';
import type { Collection, CollectionSpec, Leased } from '../store/port.ts';
import { makeVigil } from './vigil.ts';

export interface LeaseDoc extends Leased {
  name: string;
}

export const LEASE_SPEC: CollectionSpec = { name: 'leases', kind: 'view', indexes: [{ fields: ['name'] }] };

const LEASE_MS = 10_000;

export interface OwnLease {
  isOurs(): boolean;
  stop(): Promise<void>;
}

/** Tries to get the lease until it succeeds, then renews it. Resolves after the first attempt. */
export async function startLease(
  leases: Collection<LeaseDoc>,
  name: string,
  /**
   * `wall`: real time that is never set back. `wanted`: false while this process leaves the lease to others; absent if it
   * always wants it.
   */
  deps: { owner: string; wall(): number; logger: Logger; onLeased(): void; wanted?: () => boolean },
): Promise<OwnLease> {
  const { owner, wall, wanted = () => true } = deps;
  const isAbandoned = makeVigil<LeaseDoc>(LEASE_MS);
  let until = 0;

  async function beat(): Promise<void> {
    if (!wanted()) return release();
    const now = wall();
    const doc = await leases.get(name);
    if (!doc) {
      await leases.insert([{ id: name, rev: 1, name, leaseBy: '', leaseUntil: 0 }]);
      return beat();
    }
    if (doc.leaseBy === owner) {
      const renewed = await leases.replace({ ...doc, leaseUntil: now + LEASE_MS }, doc.rev);
      // If this is the first beat, the lease is that of a dead process with the same name. It counts as newly leased.
      const first = until === 0;
      until = renewed ? now + LEASE_MS : 0;
      if (first && renewed) deps.onLeased();
      return;
    }
    const got = isAbandoned(doc, now)
      ? await leases.replace({ ...doc, leaseBy: owner, leaseUntil: now + LEASE_MS }, doc.rev)
      : await leases.claim({ where: { name }, sort: [['id', 'asc']] }, { by: owner, now, until: now + LEASE_MS });
    if (!got) return;
    until = now + LEASE_MS;
    deps.onLeased();
  }

  async function release(): Promise<void> {
    if (until === 0) return;
    until = 0;
    const doc = await leases.get(name);
    if (doc?.leaseBy === owner) await leases.replace({ ...doc, leaseBy: '', leaseUntil: 0 }, doc.rev);
  }

  const safely = () =>
    beat().catch((error: unknown) => logFailure(deps.logger, 'warn', 'lease not renewed', error, { lease: name }));
  let beating = safely();
  await beating;
  const timer = setInterval(() => {
    beating = beating.then(safely);
  }, LEASE_MS / 4);
  timer.unref();
  return {
    // Counts the lease as over a second before it ends, so that two processes never use the app at the same time.
    isOurs: () => wall() < until - 1000,
    async stop() {
      clearInterval(timer);
      await beating;
      until = 0;
      const doc = await leases.get(name);
      if (doc?.leaseBy === owner) await leases.replace({ ...doc, leaseBy: '', leaseUntil: 0 }, doc.rev);
    },
  };
}
