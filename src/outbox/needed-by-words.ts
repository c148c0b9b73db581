// Says by when a question has to be answered, and what happens if nobody answers: “Needed by tomorrow, Tue 1 Dec, 14:00.
// If nobody answers by then, Pilot goes on with: Monday.”
import { quiet } from '../digest/quiet.ts';
import type { Reader } from '../log/action.ts';
import { isAgent } from '../log/participant.ts';
import { called, namesOfAll } from '../pods/people/directory.ts';
import type { QuestionDoc } from '../pods/questions/question.ts';
import type { Texts } from '../texts/texts.ts';

interface Deps {
  read: Reader;
  texts: Pick<Texts, 'fill'>;
}

/** `when`: the time in words. Empty if the question has no end or is over. */
export async function neededByWords(deps: Deps, question: QuestionDoc, when: (at: number) => string): Promise<string> {
  const { neededBy, state } = question;
  if (neededBy === undefined || state !== 'open') return '';
  const { fill } = deps.texts;
  return [fill('question', 'needed-by', { when: when(neededBy) }), await silenceWords(deps, question)].join(' ');
}

async function silenceWords({ read, texts: { fill } }: Deps, { by, otherwise }: QuestionDoc): Promise<string> {
  const [names, words] = await Promise.all([namesOfAll(read, [by]), read.texts([otherwise])]);
  const option = words.get(otherwise ?? '');
  const person = quiet(called(names, by).name, 60);
  if (option) return fill('question', 'if-silent', { person, option: quiet(option, 75) });
  return isAgent(by) ? fill('question', 'if-silent-without', { person }) : fill('question', 'if-silent-over');
}
