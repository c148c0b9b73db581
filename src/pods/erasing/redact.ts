// redact: erases the words of a message, task, file, note or question everywhere. The log says that it was done.

import { z } from 'zod';
import { Conflict } from '../../errors.ts';
import { action } from '../action.ts';
import { atLeast } from '../members/rights.ts';
import { erasableNamed } from './erasable.ts';
import { erasureOf } from './erasure.ts';
import { mailedIn, mailedTo } from './mailed-digests.ts';

export const redact = action({
  name: 'redact',
  title: 'Erase something',
  description:
    "Erases a message, task, file (all versions), note, question, or a conversation's title for good, for all who see it. The log keeps that it was erased, by whom and why.",
  input: z.strictObject({
    what: z.string().trim().min(1).describe('Its id, #number of a task, or q3'),
    reason: z.string().trim().min(1).max(300).optional().describe('Why: it stays until you erase the same again'),
  }),
  // Counts as an effect outside, because it can't be undone: no text from outside may cause it.
  effect: 'outside',
  async load(read, { what }, ctx) {
    const found = await erasableNamed(read, ctx.pod, what);
    return { found, mailed: found.erased ? 0 : await mailedTo(read, [found], ctx) };
  },
  allow({ found: { authors, kind, erased } }, _input, ctx) {
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
  decide({ found, mailed }, { reason }, ctx) {
    const { kind, id, erased } = found;
    // A reason may repeat the erased words. A second erasure removes the first reason, if there is one.
    if (erased && !erased.reasonRef) throw new Conflict(`This ${kind} was erased already.`);
    const result = { erased: { kind, id }, ...mailedIn(mailed), outside: OUTSIDE };
    return { ...erasureOf(found, reason, ctx), result };
  },
});

/** Skein can't reach these copies. The person who erases is told, because they may have to. */
const OUTSIDE =
  'Erased in Skein, and its posts in Slack are deleted or changed. Not within reach: mails and notifications that went out, and what Slack keeps by the workspace’s own retention and export settings; an admin of the workspace sees to those.';
