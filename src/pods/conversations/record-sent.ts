// record_sent (Skein's own): stores where in Slack a message was posted.

import { z } from 'zod';
import { NotFound } from '../../errors.ts';
import { type Place, placeKey } from '../../log/place.ts';
import { action } from '../action.ts';
import type { Change } from '../kinds.ts';
import { CONVERSATIONS } from './conversation.ts';
import { MESSAGES } from './message.ts';

export const recordSent = action({
  name: 'record_sent',
  title: 'Record a post',
  description: 'Records where a message stands outside.',
  input: z.strictObject({
    message: z.string(),
    team: z.string(),
    channel: z.string(),
    /** Slack's ts of each post, in order. */
    ts: z.array(z.string()).min(1),
  }),
  effect: 'write',
  internal: true,
  async load(read, { message }, ctx) {
    // An erased message is recorded too: it may have been posted before somebody erased it.
    const doc = await read.get(MESSAGES, message);
    if (doc?.pod !== ctx.pod) throw new NotFound(`There is no message “${message}” in this pod.`);
    return { doc, conversation: await read.get(CONVERSATIONS, doc.conversation) };
  },
  allow: (_view, _input, ctx) => ctx.role === 'skein' || 'Only Skein records what it posted.',
  decide({ doc, conversation }, { team, channel, ts }) {
    const places = ts.map((one) => placeKey({ kind: 'slack', team, channel, thread: one }));
    const changes: Change[] = [{ v: 1, on: 'messages', id: doc.id, type: 'message_sent', places }];
    const first = ts[0];
    // If Skein began the conversation, its first post becomes the root of the thread.
    if (conversation?.place.kind === 'slack' && !conversation.place.thread && first) {
      const place: Place = { kind: 'slack', team, channel, thread: first };
      changes.push({
        v: 1,
        on: 'conversations',
        id: conversation.id,
        type: 'conversation_placed',
        place,
        placeKey: placeKey(place),
      });
    }
    return { changes, result: { places } };
  },
});
