// give_files (Skein's own): hands over what an agent wrote in a conversation, if its run ends without a message.
import { z } from 'zod';
import { isAgent } from '../../log/participant.ts';
import { action, type Decision } from '../action.ts';
import { newMessage } from '../conversations/new-message.ts';
import { conversationNamed } from '../require.ts';
import { givenWishes } from './given.ts';
import { writtenBy } from './written.ts';

export const giveFiles = action({
  name: 'give_files',
  title: 'Hand over files',
  description: 'Hands over the files that an agent wrote in a conversation.',
  input: z.strictObject({ conversation: z.string(), text: z.string().describe('What the mail says that brings them') }),
  effect: 'write',
  internal: true,
  load: async (read, { conversation }, ctx) => ({ doc: await conversationNamed(read, ctx.pod, conversation) }),
  allow: (_view, _input, ctx) => isAgent(ctx.actor) || 'Only an agent hands over what it wrote.',
  decide({ doc }, { text }, ctx): Decision<{ files: number }> {
    const files = writtenBy(doc.written, ctx.actor);
    const result = { files: files.length };
    if (!files.length) return { changes: [], result };
    if (!doc.mail?.people.length)
      return {
        changes: [{ v: 1, on: 'conversations', id: doc.id, type: 'files_given', by: ctx.actor }],
        deliveries: givenWishes(doc, ctx.actor, files),
        result,
      };
    // A mail needs words. They call nobody, and nobody answers them.
    const message = ctx.id('m');
    const added = newMessage(ctx, { id: doc.id, doc }, { message, text, known: new Map(), at: ctx.at });
    return {
      changes: added.changes.map((change) => {
        if (change.type === 'message_posted') return { ...change, notice: true as const };
        return change.type === 'message_added' ? { ...change, addressed: [], aside: true as const } : change;
      }),
      deliveries: added.deliveries.filter(({ kind }) => kind !== 'wake' && kind !== 'halt'),
      result,
    };
  },
});
