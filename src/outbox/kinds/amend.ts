// Updates a person's notices in Slack after an item was settled, started or put off.
import { type DeliveryKind, SLACK_APP } from '../kind.ts';
import { amendNotices } from '../slack/notices/send.ts';

export const amend: DeliveryKind<'amend'> = {
  // The same lane as for notices, so that a notice is recorded before it is updated.
  lane: ({ person }) => `notice:${person}`,
  resource: SLACK_APP,
  promises: ['idempotent'],
  about: ({ person, need }) => `amend:${person}:${need}`,
  carry: amendNotices,
};
