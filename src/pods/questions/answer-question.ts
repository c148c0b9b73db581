// answer_question: a person answers a question, by a button, by mail or at any other door. Only this action and the
// person's own messages answer a question.
import { z } from 'zod';
import { Conflict, InvalidInput, NotAllowed } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import type { BodyRef } from '../../log/body.ts';
import type { Label } from '../../log/labels/label.ts';
import { isPerson } from '../../log/participant.ts';
import { action, type Ctx, type Decision } from '../action.ts';
import { CONVERSATIONS, type ConversationDoc } from '../conversations/conversation.ts';
import { labelOfAuthor } from '../conversations/message-upcast.ts';
import { newMessage } from '../conversations/new-message.ts';
import { called } from '../people/directory.ts';
import { PEOPLE } from '../people/person.ts';
import { messageNamed, requirePod } from '../require.ts';
import { numberOf, type QuestionDoc } from './question.ts';
import { askedNames, lateWords, namesIn, outcomeWords, questionNamed } from './question-words.ts';
import { optionIn } from './settling/free-words.ts';
import { withTasks } from './settling/hearing.ts';
import { mayAnswer } from './settling/may-answer.ts';
import { answer } from './settling/settle.ts';
import { allowedByWords, isSteps } from './settling/settle-steps.ts';
import { absentFor, absentIn } from './settling/stand-in.ts';
import { lifted } from './settling/unanswered.ts';
import { endsHeard } from './settling/words-settle.ts';

export const questionInput = z.string().min(1).describe('Number, as q3, or id');

export const answerQuestion = action({
  name: 'answer_question',
  title: 'Answer a question',
  description:
    'Answers an open question that is put to you: one of its options, words of your own, or both. Whoever asked hears it.',
  input: z.strictObject({
    question: questionInput,
    choice: z.string().min(1).max(200).optional().describe('One of its options, or its number from 1'),
    text: z.string().trim().min(1).max(20_000).optional().describe('Your own words'),
    message: z.string().optional().describe('The id of your message that says it'),
  }),
  effect: 'write',
  allow: 'guest',
  async load(read, { question, message }, ctx) {
    const doc = await questionNamed(read, ctx.pod, question);
    const [put] = await withTasks(read, [doc]);
    const said = message ? await messageNamed(read, ctx.pod, message) : undefined;
    return {
      put: put ?? { question: doc },
      said,
      names: await namesIn(read, [doc]),
      outcome: doc.state === 'open' ? '' : await lateWords(read, doc),
      options: await optionTexts(read, doc),
      absent: await absentFor(read, [doc], ctx.actor, ctx.at),
      conversation: await read.get(CONVERSATIONS, doc.conversation),
      foreign: isPerson(ctx.actor) ? (await read.get(PEOPLE, ctx.actor))?.foreign : undefined,
    };
  },
  decide(
    { put, said, names, outcome: ended, options, absent, conversation, foreign },
    { choice, text },
    ctx,
  ): Decision<AnswerResult> {
    requirePod(ctx);
    const { question } = put;
    const q = numberOf(question);
    if (!isPerson(ctx.actor))
      throw new NotAllowed(`${q} is for people to answer: an agent's words settle no question.`);
    if (said && said.by !== ctx.actor)
      throw new NotAllowed('That message is not yours. Answer with a message of your own.');
    const mine = question.answers.find((one) => one.by === ctx.actor || one.for === ctx.actor);
    if (question.state === 'answered' || mine) {
      const who =
        mine && mine.by !== ctx.actor ? `${called(names, mine.by).name} has answered ${q} for you` : undefined;
      throw new Conflict(
        mine
          ? `${who ?? `You have answered ${q}`} already.`
          : `${outcomeWords(question, names)} Nothing is left to do.`,
      );
    }
    const own = mayAnswer(question, ctx.actor, ctx.role);
    const standsFor = own ? undefined : absentIn(question, absent);
    if (!own && (!standsFor || !mayAnswer(question, ctx.actor, ctx.role, absent)))
      throw new NotAllowed(`${q} is put to ${askedNames(question, names).join(' and ')}. Only they can answer it.`);
    const chosen = choice === undefined ? undefined : optionNamed(choice, question, options);
    const spoken = said?.body
      ? said.body
      : text === undefined
        ? undefined
        : ctx.text(text, labelOfAuthor(ctx.actor, foreign));
    if (!chosen && !spoken) throw new InvalidInput(`Answer ${q} with one of its options, or with words.`);
    if (question.state !== 'open') {
      const outcome = `${ended} Your words are kept in the conversation.`;
      const result = { question: { id: question.id, number: q }, late: outcome };
      const heard = endsHeard([question], ctx.actor);
      // Their message stands there already.
      if (said) return { changes: heard, result };
      const label = labelOfAuthor(ctx.actor, foreign);
      const picked = chosen ? options[question.options.indexOf(chosen)] : undefined;
      const kept = keep(ctx, question, conversation, { text: [picked, text].filter(Boolean).join(': '), label });
      const lifts = lifted(ctx, conversation, ctx.at, standsFor && { by: question.by, for: standsFor });
      const changes = [...kept.changes, ...lifts, ...heard];
      return { ...kept, changes, result: { ...result, message: kept.message } };
    }
    const answered = {
      ...(standsFor ? { for: standsFor } : {}),
      ...(chosen ? { choice: chosen } : {}),
      ...(spoken ? { words: spoken } : {}),
      ...(isSteps(question) && !chosen ? { allows: allowedByWords(text ?? '', question.steps) ?? [] } : {}),
    };
    const settled = answer(put, ctx.actor, answered, said?.id ?? question.message);
    return {
      ...settled,
      changes: [...settled.changes, ...lifted(ctx, conversation, ctx.at, { by: question.by, for: standsFor })],
      result: {
        question: { id: question.id, number: q },
        answered: true,
        ...(standsFor ? { for: called(names, standsFor).name } : {}),
      },
    };
  },
});

interface AnswerResult {
  question: { id: string; number: string };
  answered?: true;
  /** The name of the absent person for whom their deputy has answered. */
  for?: string;
  /** A sentence that says how the question ended, if it was no longer open. */
  late?: string;
  message?: { id: string; conversation: string };
}

export async function optionTexts(read: Reader, { options }: QuestionDoc): Promise<string[]> {
  const texts = await read.texts(options);
  return options.map((ref) => texts.get(ref) ?? '');
}

function optionNamed(choice: string, { options, ...question }: QuestionDoc, texts: readonly string[]): BodyRef {
  const exact = texts.findIndex((text) => text.toLowerCase() === choice.trim().toLowerCase());
  const found = options[exact >= 0 ? exact : (optionIn(choice, texts) ?? -1)];
  if (found) return found;
  const all = texts.length ? `Its options are: ${texts.join(', ')}.` : 'It has no options: answer in words.';
  throw new InvalidInput(`“${choice}” is no option of ${numberOf(question)}. ${all}`);
}

/** Keeps a late answer as a plain message, which wakes nobody: the work that needed it is over. */
function keep(
  ctx: Ctx,
  question: QuestionDoc,
  doc: ConversationDoc | undefined,
  { text, label }: { text: string; label: Label | undefined },
) {
  const id = question.conversation;
  const message = ctx.id('m');
  const said = { message, text: `${numberOf(question)}: ${text}`, known: new Map(), at: ctx.at, label };
  const { changes, deliveries } = newMessage(ctx, { id, doc }, said);
  return {
    changes: changes.map((one) => (one.type === 'message_added' ? { ...one, addressed: [] } : one)),
    deliveries: deliveries.filter(({ kind }) => kind !== 'wake' && kind !== 'halt'),
    message: { id: message, conversation: id },
  };
}
