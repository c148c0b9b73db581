// start_conversation: opens a new thread in the pod's channel with a first message.
import { z } from 'zod';
import { said } from '../../log/body.ts';
import { action } from '../action.ts';
import { knownAndAbsent } from '../people/known-names.ts';
import { titleOf } from '../people/names.ts';
import { requirePod } from '../require.ts';
import { causeOf } from './cause.ts';
import { newMessage } from './new-message.ts';
import { startedBy } from './origin/started-by.ts';
import { messageText } from './post-message.ts';

export const startConversation = action({
  name: 'start_conversation',
  title: 'Start a conversation',
  description:
    "Opens a new thread in the pod's channel, for what does not belong in the one you are in. All members see it; only those whom it names are told.",
  input: z.strictObject({
    title: titleOf(200).describe('What it is about, in a few words'),
    text: messageText.describe('The first message, Markdown'),
  }),
  effect: 'write',
  async load(read, { text }, ctx) {
    return {
      ...(await knownAndAbsent(read, ctx.pod, [text])),
      cause: await causeOf(read, ctx, { id: ctx.id('c'), doc: undefined }),
    };
  },
  decide({ known, absent, cause }, { title, text }, ctx) {
    const pod = requirePod(ctx);
    const id = ctx.id('c');
    const message = ctx.id('m');
    const titleRef = ctx.text(title);
    const added = newMessage(ctx, { id, doc: undefined, cause }, { message, text, known, absent, at: ctx.at });
    return {
      changes: [startedBy(id, pod.place, titleRef), ...added.changes],
      deliveries: added.deliveries,
      result: { conversation: { id, title: said(titleRef) }, message: { id: message }, ...added.left },
    };
  },
});
