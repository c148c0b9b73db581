// Fake reply addresses, for tests that only look at what is sent.
import type { ReplyAddresses } from '../../../src/outbox/mail/reply-address.ts';

export const REPLIES: Pick<ReplyAddresses, 'address'> = {
  address: async ({ slug = 'skein', thread }) => `${slug}+re-${thread}@pods.test`,
};
