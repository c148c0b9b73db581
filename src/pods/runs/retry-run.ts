// retry_run: lets an agent that failed try once more; any member may use it.
import { z } from 'zod';
import { Conflict, NotFound } from '../../errors.ts';
import { handleOf, isAgent } from '../../log/participant.ts';
import { action } from '../action.ts';
import { causeOf } from '../conversations/cause.ts';
import type { MessageDoc } from '../conversations/message.ts';
import { newMessage } from '../conversations/new-message.ts';
import { called, namesOfAll } from '../people/directory.ts';
import { knownIn } from '../people/known-names.ts';
import { conversationNamed, messageNamed, requirePod } from '../require.ts';

export const retryRun = action({
  name: 'retry_run',
  title: 'Let an agent try again',
  description:
    'Asks an agent, where all see it, to try once more what it said it could not do. Once for each time it failed.',
  input: z.strictObject({ message: z.string().describe('The id of the message that says so') }),
  effect: 'write',
  allow: 'guest',
  async load(read, { message }, ctx) {
    const notice = await messageNamed(read, ctx.pod, message);
    const doc = await conversationNamed(read, ctx.pod, notice.conversation);
    const names = await namesOfAll(read, [notice.by, notice.retriedBy]);
    const cause = await causeOf(read, ctx, { id: doc.id, doc });
    return { notice, doc, names, cause, known: await knownIn(read, ctx.pod, [wordsTo(notice)], doc.agents) };
  },
  decide({ notice, doc, names, cause, known }, _input, ctx) {
    requirePod(ctx);
    if (!notice.failed || !isAgent(notice.by))
      throw new NotFound('That message tells of no failure. Ask the agent again in the thread.');
    if (notice.retriedBy)
      throw new Conflict(
        `${called(names, notice.retriedBy).name} has let it try again already. Its answer comes here.`,
      );
    if (!known.has(handleOf(notice.by)))
      throw new NotFound(`${called(names, notice.by).name} is not in this pod any more. Ask another agent.`);
    const message = ctx.id('m');
    const said = { message, text: wordsTo(notice), known, at: ctx.at };
    const added = newMessage(ctx, { id: doc.id, doc, cause }, said);
    return {
      changes: [{ v: 1, on: 'messages', id: notice.id, type: 'message_retried', by: ctx.actor }, ...added.changes],
      deliveries: [
        ...(notice.ours ? [{ kind: 'update' as const, conversation: doc.id, message: notice.id }] : []),
        ...added.deliveries,
      ],
      result: { message: { id: message, conversation: doc.id }, addressed: added.meant.agents },
    };
  },
});

function wordsTo({ by }: MessageDoc): string {
  return isAgent(by) ? `@${handleOf(by)} please try again.` : '';
}
