// Says to the author of words that came after a question had ended how it ended: who answered, or what was taken.
import type { Reader } from '../log/action.ts';
import { numberOf, type QuestionDoc } from '../pods/questions/question.ts';
import { lateWords } from '../pods/questions/question-words.ts';
import type { Texts } from '../texts/texts.ts';

interface Deps {
  read: Reader;
  texts: Pick<Texts, 'fill'>;
}

/** `over`: the words may have been meant for these questions. `late`: they were. Markdown. */
export async function lateNotice(
  deps: Deps,
  about: 'late' | 'over',
  questions: readonly QuestionDoc[],
): Promise<string> {
  const all = await Promise.all(questions.map((one) => endOf(deps, one)));
  const number = questions.map(numberOf).join(' or ');
  return deps.texts.fill('question', about, { outcome: all.join(' '), number });
}

/** Returns the outcome of a question, with the option that counts if nobody answered. */
export async function endOf({ read, texts }: Deps, question: QuestionDoc): Promise<string> {
  const { otherwise, state } = question;
  const outcome = await lateWords(read, question);
  const option = state === 'expired' && otherwise ? (await read.texts([otherwise])).get(otherwise) : undefined;
  return option ? `${outcome} ${texts.fill('question', 'went-on', { option })}` : outcome;
}
