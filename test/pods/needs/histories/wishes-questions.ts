// Random acts around questions: they are asked, answered by a button or in words, and taken back.
import type { ConversationDoc } from '../../../../src/pods/conversations/conversation.ts';
import type { QuestionDoc } from '../../../../src/pods/questions/question.ts';
import { by, docs, type Making, oneOf, somebody, type Wish } from './making.ts';

const WHOM: readonly [string[], ...string[][]] = [['ben'], ['gil'], ['ben', 'gil'], ['owners'], ['ada', 'ben']];

export function asked(making: Making): Wish | undefined {
  const { random, cast, n } = making;
  const conversation = oneOf(random, docs<ConversationDoc>(making, 'conversations'));
  if (!conversation) return undefined;
  const to = random.pick(WHOM);
  const needed = random.chance(0.5) ? { needed_by: random.pick(['1h', '4h', '2026-11-03', '2026-11-06']) } : {};
  const more = {
    ...needed,
    ...(random.chance(0.4) ? { fallback: random.pick(['ada', 'ben', 'gil']) } : {}),
    ...(to.length > 1 && random.chance(0.3) ? { answers: 2 } : {}),
    ...(random.chance(0.5) ? { options: ['Yes', 'No'] } : {}),
  };
  const who = random.chance(0.7) ? by(cast.scribe, '', {}) : somebody(making);
  const input = { to, question: `Q${n}. which one`, conversation: conversation.id, ...more };
  return { ...who, action: 'ask', input };
}

export function settledByAnswer(making: Making): Wish | undefined {
  const { random, cast } = making;
  const open = docs<QuestionDoc>(making, 'questions').filter(({ state }) => state === 'open' || random.chance(0.1));
  const question = oneOf(random, open);
  if (!question) return undefined;
  const actor = random.pick([cast.ada, cast.ben, cast.gil]);
  return by(actor, 'answer_question', { question: question.id, text: 'That one' });
}

/** In words, in the conversation of the question. */
export function answeredInWords(making: Making): Wish | undefined {
  const { random, cast } = making;
  const question = oneOf(random, docs<QuestionDoc>(making, 'questions'));
  if (!question) return undefined;
  const actor = random.pick([cast.ada, cast.ben, cast.gil]);
  const text = random.chance(0.5) ? 'The first one' : `q${question.number}: the second one`;
  return by(actor, 'post_message', { conversation: question.conversation, text });
}

export function takenBack(making: Making): Wish | undefined {
  const question = oneOf(making.random, docs<QuestionDoc>(making, 'questions'));
  return question && by(question.by, 'withdraw_question', { question: question.id });
}
