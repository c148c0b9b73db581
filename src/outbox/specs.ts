// The collections that the outbox keeps.
import { laneSpecs } from '../lanes/item.ts';
import type { CollectionSpec } from '../store/port.ts';
import { REPLY_SPEC } from './mail/reply-address.ts';
import { SENDING_SPEC } from './slack/send-once.ts';
import { WORDING_SPEC } from './wordings.ts';

export const OUTBOX_SPECS: readonly CollectionSpec[] = [
  // What a crash takes of it the sweeper brings back: its commits are pending until their deliveries are saved.
  ...laneSpecs('outbox', 'trail'),
  SENDING_SPEC,
  REPLY_SPEC,
  WORDING_SPEC,
];
