// show_run (Skein's own): puts the card of a run into its thread. It is no message of the conversation, and wakes nobody.
import { z } from 'zod';
import { isAgent } from '../../log/participant.ts';
import { action, type Decision } from '../action.ts';
import { called, namesOfAll } from '../people/directory.ts';
import { conversationNamed, requirePod } from '../require.ts';

export const showRun = action({
  name: 'show_run',
  title: 'Show a run',
  description: 'Shows in a thread what an agent does there.',
  input: z.strictObject({ conversation: z.string(), run: z.string() }),
  effect: 'write',
  internal: true,
  async load(read, { conversation }, { pod, actor }) {
    const doc = await conversationNamed(read, pod, conversation);
    return { doc, name: called(await namesOfAll(read, [actor]), actor).name };
  },
  allow: (_view, _input, { actor }) => isAgent(actor) || 'Only an agent shows what it does.',
  decide({ doc, name }, { run }, ctx): Decision<{ message?: { id: string } }> {
    requirePod(ctx);
    const agent = ctx.actor;
    if (!isAgent(agent)) return { changes: [], result: {} };
    const message = ctx.id('m');
    return {
      changes: [
        {
          ...{ v: 1, on: 'messages', id: message, type: 'message_posted', conversation: doc.id, by: 'skein' },
          ...{ body: ctx.text(`${name} is at work here.`), at: ctx.at, places: [], card: { agent, run } },
        },
      ],
      deliveries: [{ kind: 'post', conversation: doc.id, message }],
      result: { message: { id: message } },
    };
  },
});
