// delete_message: erases the text of a message everywhere. The log still says that there was a message.
import { z } from 'zod';
import { action, type Decision } from '../action.ts';
import { type InMailedDigests, mailedIn, mailedTo } from '../erasing/mailed-digests.ts';
import { atLeast } from '../members/rights.ts';
import { askedBack, itemsBack, repliesWanted } from '../needs/reply-taken-back.ts';
import { questionIn } from '../questions/settling/erase-question.ts';
import { changed } from '../questions/settling/reminders.ts';
import { shown } from '../questions/settling/settle.ts';
import { type AnswerLeft, answerIn, withoutWords } from '../questions/settling/taken-back/answer-in.ts';
import { reopeningOf } from '../questions/settling/taken-back/reopen.ts';
import { messageNamed, requirePod } from '../require.ts';
import { cameBy, saidIn, wordsOf } from './message.ts';

export interface Deleted extends InMailedDigests {
  message: { id: string; erased: true };
  /** Set if the words had answered a question. */
  answer?: AnswerLeft;
}

export const deleteMessage = action({
  name: 'delete_message',
  title: 'Delete a message',
  description:
    'Erases one of your own messages (an owner: any) for all who see it. The log keeps that it was there and who erased it.',
  input: z.strictObject({ message: z.string().describe('Its id') }),
  // Counts as an effect outside, like redact, because it can't be undone.
  effect: 'outside',
  async load(read, { message }, ctx) {
    const doc = await messageNamed(read, ctx.pod, message);
    const [came, question, answered, mailed, back] = await Promise.all([
      cameBy(read, doc),
      questionIn(read, doc),
      answerIn(read, doc),
      mailedTo(read, [doc], ctx),
      itemsBack(read, doc),
    ]);
    const reopens = answered && (await reopeningOf(read, answered.question, ctx.at));
    return { doc, came, question, answered: answered && { ...answered, reopens }, mailed, back };
  },
  allow: ({ doc }, _input, ctx) =>
    (atLeast(ctx.role, 'guest') && doc.by === ctx.actor) ||
    atLeast(ctx.role, 'owner') ||
    'Only its author, while they are in the pod, or an owner of the pod can delete a message. Ask an owner.',
  decide({ doc, came, question, answered, mailed, back }, _input, ctx): Decision<Deleted> {
    const { bodies, blobs } = wordsOf(doc);
    requirePod(ctx, { archived: true });
    const { id, conversation } = doc;
    const { files = [] } = doc;
    const answer = withoutWords(answered);
    const asks = askedBack(back);
    const words = [...saidIn(doc), ...question.bodies];
    const from = { on: 'messages', id, conversation, words, ...(files.length ? { files } : {}) };
    return {
      changes: [
        { v: 1, on: 'messages', id: doc.id, type: 'message_erased', ...(back.length ? { back } : {}) },
        ...(asks.length
          ? [{ v: 1, on: 'conversations', id: conversation, type: 'reply_taken_back', asks } as const]
          : []),
        ...repliesWanted(back, doc.by),
        ...question.changes,
        ...answer.changes,
      ],
      deliveries: [
        {
          kind: 'erase',
          bodies: [...new Set([...bodies, ...question.bodies, ...answer.bodies])],
          blobs,
          postings: [doc.id],
          ...came,
          from,
        },
        ...question.reminders.map(changed),
        ...answer.shows.flatMap(shown),
        ...question.wakes
          .filter(({ agent }) => agent !== ctx.actor)
          .map((wake) => ({ kind: 'wake' as const, ...wake })),
        // A message without a place in Slack may be on its way there. The lane that posts it removes it afterwards.
        ...((doc.ours || doc.places.length === 0) && !ctx.origin
          ? [{ kind: 'unpost' as const, conversation: doc.conversation, message: doc.id }]
          : []),
      ],
      result: {
        message: { id: doc.id, erased: true },
        ...(answer.left ? { answer: answer.left } : {}),
        ...mailedIn(mailed),
      },
    };
  },
});
