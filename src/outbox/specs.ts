// The collections of the outbox.
import { laneSpecs } from '../lanes/item.ts';
import type { CollectionSpec } from '../store/port.ts';
import { ERASURE_SPEC } from './erasing/plan.ts';
import { REPLY_SPEC } from './mail/reply-address.ts';
import { MARK_SPEC } from './slack/marks/mark-record.ts';
import { SENDING_SPEC } from './slack/send-once.ts';
import { WORDING_SPEC } from './wordings.ts';

export const OUTBOX_SPECS: readonly CollectionSpec[] = [
  // The kind `trail` is enough: a commit is pending until its deliveries are saved, so the sweeper saves deliveries
  // that a crash lost.
  ...laneSpecs('outbox', 'trail'),
  SENDING_SPEC,
  REPLY_SPEC,
  WORDING_SPEC,
  ERASURE_SPEC,
  MARK_SPEC,
];
