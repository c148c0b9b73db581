// Shows on a person's notices in Slack how an item stands now: settled, started, or put off.
import { type DeliveryKind, SLACK_APP } from '../kind.ts';
import { amendNotices } from '../slack/notices/send.ts';

export const amend: DeliveryKind<'amend'> = {
  // The lane of the notices: a notice is recorded before it is amended.
  lane: ({ person }) => `notice:${person}`,
  resource: SLACK_APP,
  promises: ['idempotent'],
  about: ({ person, need }) => `amend:${person}:${need}`,
  carry: amendNotices,
};
