// The changes and deliveries that erase a document with everything that contains its words.

import type { Ctx } from '../action.ts';
import type { DeliveryWish } from '../deliveries.ts';
import { type Change, changesOf } from '../kinds.ts';
import { changed } from '../questions/settling/reminders.ts';
import type { Named } from './erasable.ts';

/** `reason`: the person's own words, which are a body too. A second erasure replaces the earlier reason. */
export function erasureOf(
  found: Named,
  reason: string | undefined,
  ctx: Ctx,
): { changes: Change[]; deliveries: DeliveryWish[] } {
  const {
    id,
    since,
    posted,
    erased,
    changes,
    bodies,
    blobs,
    postedIn,
    lines = [],
    wakes = [],
    updates = [],
    reminders = [],
    words = bodies,
    files = [],
    conversation,
    on,
    uploads = [],
  } = found;
  const earlier = erased?.reasonRef;
  const all = earlier ? [...new Set([...bodies, earlier])] : bodies;
  const from = { on, id, words, ...(files.length ? { files } : {}), ...(conversation ? { conversation } : {}) };
  const came = { since, ...(posted === undefined ? {} : { posted }), ...(erased ? {} : { from }) };
  const deliveries: DeliveryWish[] = [
    { kind: 'erase', bodies: all, postings: [id, ...lines.map(({ message }) => message)], blobs, ...came },
  ];
  if (postedIn && !erased) deliveries.push({ kind: 'unpost', conversation: postedIn, message: id });
  if (!erased)
    for (const { message, conversation } of lines) deliveries.push({ kind: 'unpost', conversation, message });
  for (const { message, conversation } of updates) deliveries.push({ kind: 'update', conversation, message });
  deliveries.push(...reminders.map(changed));
  for (const wake of wakes) if (wake.agent !== ctx.actor) deliveries.push({ kind: 'wake', ...wake });
  deliveries.push(...uploads.map((upload): DeliveryWish => ({ kind: 'unfile', ...upload })));
  const why = reason ? { reasonRef: ctx.text(reason) } : {};
  return { changes: [...changesOf({ changes: changes(why) })], deliveries };
}
