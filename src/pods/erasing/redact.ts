// redact: erases the words of a message, task, file, note or question everywhere. The log says that it was done.

import { z } from 'zod';
import { Conflict } from '../../errors.ts';
import { action } from '../action.ts';
import type { DeliveryWish } from '../deliveries.ts';
import { changesOf } from '../kinds.ts';
import { atLeast } from '../members/rights.ts';
import { changed } from '../questions/settling/reminders.ts';
import { erasableNamed } from './erasable.ts';

export const redact = action({
  name: 'redact',
  title: 'Erase something',
  description:
    "Erases a message, task, file (all versions), note, question, or a conversation's title for good. The log keeps that it was erased, by whom and why.",
  input: z.strictObject({
    what: z.string().trim().min(1).describe('Its id, #number of a task, or q3'),
    reason: z.string().trim().min(1).max(300).optional().describe('Why: it stays until you erase the same again'),
  }),
  // Counts as an effect outside, because it can't be undone: no text from outside may cause it.
  effect: 'outside',
  load: (read, { what }, ctx) => erasableNamed(read, ctx.pod, what),
  allow({ authors, kind, erased }, _input, ctx) {
    if (atLeast(ctx.role, 'owner')) return true;
    // A second erasure only replaces the reason, so only the person who erased it may do that.
    if (erased && erased.by !== ctx.actor)
      return `Only who erased this ${kind}, or an owner of the pod, can erase it again. Ask an owner.`;
    const alone = authors.length > 0 && authors.every((author) => author === ctx.actor);
    return (
      (atLeast(ctx.role, 'guest') && alone) ||
      `Only who wrote this ${kind} alone, or an owner of the pod, can erase it. Ask an owner.`
    );
  },
  // The state of the pod does not matter here: an archived pod must be able to erase too.
  decide(found, { reason }, ctx) {
    const {
      kind,
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
      conversation,
      on,
      uploads = [],
    } = found;
    const earlier = erased?.reasonRef;
    // A reason may repeat the erased words. A second erasure removes the first reason, if there is one.
    if (erased && !earlier) throw new Conflict(`This ${kind} was erased already.`);
    const all = earlier ? [...new Set([...bodies, earlier])] : bodies;
    const from = { on, id, words, ...(conversation ? { conversation } : {}) };
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
    return { changes: [...changesOf({ changes: changes(why) })], deliveries, result: { erased: { kind, id } } };
  },
});
