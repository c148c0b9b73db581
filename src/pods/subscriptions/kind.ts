// The kind `subscriptions`: how the digest settings of a person change, and how history describes it.
import { kind, type Phrase } from '../../log/kind.ts';
import { evolveSubscription, SUBSCRIPTIONS, type SubscriptionChange, type SubscriptionDoc } from './subscription.ts';

export const subscriptions = kind<SubscriptionDoc, SubscriptionChange>({
  ref: SUBSCRIPTIONS,
  indexes: [{ fields: ['pod', 'seq'] }],
  evolve: evolveSubscription,
  describe,
});

function describe(change: SubscriptionChange): Phrase | undefined {
  switch (change.type) {
    case 'digest_set': {
      const { time, timeZone, state } = change;
      const set = [
        time ? `at ${time}` : '',
        timeZone ? `in ${timeZone}` : timeZone === null ? 'in their own time zone' : '',
        state ? { on: 'on', paused: 'paused', off: 'off' }[state] : '',
      ].filter(Boolean);
      return ['set', `their daily digest: ${set.join(', ')}`];
    }
    case 'digest_closed':
      return undefined;
    default:
      change satisfies never;
      return undefined;
  }
}
