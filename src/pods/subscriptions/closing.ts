// Closes a digest: the digest covers the logs up to now, and the next one begins there. Pure.

import type { PersonId } from '../../log/participant.ts';
import type { Decision } from '../action.ts';
import type { DeliveryWish } from '../deliveries.ts';
import type { DigestScope } from './range.ts';

export interface Closed {
  digest: { person: PersonId; day?: string; sent: boolean };
}

/** Returns how a person is reached: in Slack if they have an account there, else by mail. */
export function reachOf({ accounts }: { accounts: readonly string[] }): 'slack' | 'email' | undefined {
  if (accounts.some((account) => account.startsWith('slack:'))) return 'slack';
  return accounts.some((account) => account.startsWith('mail:')) ? 'email' : undefined;
}

/** Decides a digest. If `day` is absent, the person asked for the digest, so it is sent even without news. */
export function closing(person: PersonId, scope: DigestScope, day?: string): Decision<Closed> {
  const moved = scope.ranges.filter(({ from, to }) => to > from);
  const urgent = day === undefined || (scope.firstDue !== undefined && scope.firstDue <= day);
  const through = scope.person && reachOf(scope.person);
  const sent = through !== undefined && (moved.length > 0 || urgent);
  const known = scope.subscription?.positions ?? {};
  const positions = Object.fromEntries(
    scope.ranges.filter(({ pod, to }) => known[pod] !== to).map(({ pod, to }) => [pod, to]),
  );
  const delivery = (): DeliveryWish => ({
    kind: 'digest',
    person,
    through: through ?? 'slack',
    from: Object.fromEntries(moved.map(({ pod, from }) => [pod, from])),
    to: Object.fromEntries(moved.map(({ pod, to }) => [pod, to])),
    ...(day ? { day } : {}),
  });
  return {
    changes: [{ v: 1, on: 'subscriptions', id: person, type: 'digest_closed', positions, ...(day ? { day } : {}) }],
    deliveries: sent ? [delivery()] : [],
    result: { digest: { person, sent, ...(day ? { day } : {}) } },
  };
}
