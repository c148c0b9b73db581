// The collections that the outbox keeps.
import { laneSpecs } from '../lanes/item.ts';
import type { CollectionSpec } from '../store/port.ts';
import { REPLY_SPEC } from './mail/reply-address.ts';
import { SENDING_SPEC } from './slack/send-once.ts';
import { WORDING_SPEC } from './wordings.ts';

export const OUTBOX_SPECS: readonly CollectionSpec[] = [
  // A trail is enough: a commit is pending until its deliveries are saved, so the sweeper brings back those that a crash took.
  ...laneSpecs('outbox', 'trail'),
  SENDING_SPEC,
  REPLY_SPEC,
  WORDING_SPEC,
];
