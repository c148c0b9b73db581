// change_answer: a person has edited the words that answered a question. The question shows the new answer, and whoever
// hears its outcome is told how it differs. If the new words are no answer, and nobody has heard the first ones, the question
// is open again. No other question is answered by it.
import { z } from 'zod';
import { NotFound } from '../../errors.ts';
import { isPerson, type ParticipantId } from '../../log/participant.ts';
import { action, type Decision } from '../action.ts';
import { CONVERSATIONS } from '../conversations/conversation.ts';
import { labelOfAuthor } from '../conversations/message-upcast.ts';
import { newMessage } from '../conversations/new-message.ts';
import { called, namesOfAll } from '../people/directory.ts';
import { PEOPLE } from '../people/person.ts';
import { requirePod } from '../require.ts';
import { optionTexts } from './answer-question.ts';
import { numberOf, type QuestionChange } from './question.ts';
import { questionNamed } from './question-words.ts';
import { meansAnswer, optionIn } from './settling/free-words.ts';
import { putsOffAnswer } from './settling/put-off.ts';
import { shown } from './settling/settle.ts';
import { allowedByWords, isSteps, stepsAnswered } from './settling/settle-steps.ts';
import { withoutWords } from './settling/taken-back/answer-in.ts';
import { reopeningOf } from './settling/taken-back/reopen.ts';

export const changeAnswer = action({
  name: 'change_answer',
  title: 'Change an answer',
  description: 'Puts other words in place of your answer to a question.',
  input: z.strictObject({ question: z.string(), text: z.string().trim().min(1).max(20_000) }),
  effect: 'write',
  internal: true,
  allow: 'guest',
  async load(read, { question: id, text }, ctx) {
    const question = await questionNamed(read, ctx.pod, id);
    const given = question.answers.find(({ by }) => by === ctx.actor);
    const hearer = question.hearer ?? question.by;
    const [options, texts, names, conversation, person] = await Promise.all([
      optionTexts(read, question),
      read.texts([given?.choice, given?.words]),
      namesOfAll(read, [hearer, question.by]),
      read.get(CONVERSATIONS, question.hearsIn ?? question.conversation),
      isPerson(ctx.actor) ? read.get(PEOPLE, ctx.actor) : undefined,
    ]);
    // “No, not yet” decides about calls that wait for a yes.
    const decides = isSteps(question) && allowedByWords(text, question.steps) !== undefined;
    const back = !decides && (!meansAnswer(text) || putsOffAnswer(text, [called(names, question.by).handle], options));
    const reopens = given && back ? await reopeningOf(read, question, ctx.at) : undefined;
    return { question, given, reopens, hearer, options, texts, names, conversation, foreign: person?.foreign };
  },
  decide(
    { question, given, reopens, hearer, options, texts, names, conversation, foreign },
    { text },
    ctx,
  ): Decision<{ number: string; hearer?: string; back?: true }> {
    requirePod(ctx);
    const q = numberOf(question);
    if (!given || !isPerson(ctx.actor) || !conversation)
      throw new NotFound(`You have not answered ${q}, so there is no answer of yours to change.`);
    const before = texts.get(given.words ?? given.choice ?? '') ?? '';
    const { name, handle } = called(names, hearer);
    if (before === text) return { changes: [], result: { number: q } };
    if (reopens) {
      // The words stay where they are: their author still says them.
      const { changes, shows } = withoutWords({ question, given, reopens });
      return { changes, deliveries: shows.flatMap(shown), result: { number: q, back: true } };
    }
    const label = labelOfAuthor(ctx.actor, foreign);
    const n = optionIn(text, options);
    const choice = n === undefined ? undefined : question.options[n];
    const change: QuestionChange = {
      ...{ v: 1, on: 'questions', id: question.id, type: 'question_answer_changed', by: ctx.actor },
      ...{ words: ctx.text(text, label), ...(choice ? { choice } : {}) },
      ...(isSteps(question) ? { allows: allowedByWords(text, question.steps) ?? [] } : {}),
    };
    // Nobody has heard an answer that others are still needed for, and another comma changes nothing.
    if (question.state === 'open' || bare(before) === bare(text))
      return { changes: [change], deliveries: shown(question), result: { number: q } };
    const known = new Map<string, ParticipantId>([[handle.toLowerCase(), hearer]]);
    const words = `@${handle} my answer to ${q} is now: ${text}${before ? `\n\nIt was: ${before}` : ''}`;
    const said = { message: ctx.id('m'), text: words, known, at: ctx.at, label };
    const { changes, deliveries } = newMessage(ctx, { id: conversation.id, doc: conversation }, said);
    return {
      // Calls that it allowed need a yes again: the agent asks anew about what it still wants to do.
      changes: [change, ...(isSteps(question) ? [stepsAnswered(question, [])] : []), ...changes],
      deliveries: [...shown(question), ...deliveries],
      result: { number: q, hearer: name },
    };
  },
});

/** The words without marks, spaces and capitals. */
function bare(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}€$£%]/gu, '');
}
