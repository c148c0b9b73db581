// The line of a notice about a question to its person, or about the answer to their own.
import { quiet } from '../digest/quiet.ts';
import type { Reader } from '../log/action.ts';
import { ERASED } from '../log/body.ts';
import { MESSAGES } from '../pods/conversations/message.ts';
import type { NeedDoc } from '../pods/needs/need.ts';
import { numberOf, QUESTIONS, type QuestionDoc } from '../pods/questions/question.ts';
import { answererName, namesIn } from '../pods/questions/question-words.ts';
import type { Texts } from '../texts/texts.ts';
import { passedWords } from './passed-words.ts';

interface Deps {
  read: Reader;
  texts: Texts;
}

export async function questionLine(
  deps: Deps,
  item: NeedDoc,
  facts: { person: string; pod: string; url: string },
): Promise<string | undefined> {
  if (item.reason === 'answered') return answerLine(deps, item, facts);
  const { reason, about } = item;
  const {
    read,
    texts: { fill },
  } = deps;
  const question = reason === 'asked' && about.on === 'questions' ? await read.get(QUESTIONS, about.id) : undefined;
  if (!question || question.erased) return undefined;
  const words = await read.texts([question.body, ...question.options]);
  const options = question.options.flatMap((ref) => words.get(ref) ?? []).map((text) => quiet(text, 75));
  const said = {
    ...facts,
    number: numberOf(question),
    text: quiet(words.get(question.body) ?? '', 1000),
    options: options.length ? fill('notice', 'one-of', { options: options.join(' / ') }) : '',
  };
  const passed = question.passed?.findLast(({ to }) => to === item.who);
  if (!passed) return fill('notice', item.again ? 'asked-again' : 'asked', said);
  return fill('notice', 'handed', { ...said, why: passedWords(deps, passed, await namesIn(read, [question])) });
}

/** The answer to a question that the person asked, or whose task they hold. */
async function answerLine(
  { read, texts: { fill } }: Deps,
  { message: id }: NeedDoc,
  facts: { person: string; pod: string; url: string },
): Promise<string | undefined> {
  const message = id ? await read.get(MESSAGES, id) : undefined;
  const question = message?.question ? await read.get(QUESTIONS, message.question) : undefined;
  if (!question) return undefined;
  if (question.state === 'expired') return expiredLine({ read, texts: { fill } }, question, facts);
  const answer = question.answers.at(-1);
  if (!answer) return undefined;
  const [words, names] = await Promise.all([read.texts([answer.choice, answer.words]), namesIn(read, [question])]);
  const person = answer.for ? quiet(answererName(answer, names), 120) : facts.person;
  const text = [answer.choice, answer.words].flatMap((ref) => words.get(ref ?? '') ?? []).join(': ');
  return fill('notice', 'outcome', { ...facts, person, text: quiet(text, 1000) });
}

/** The question ended without the answers that were wanted. */
async function expiredLine(
  { read, texts: { fill } }: { read: Reader; texts: Pick<Texts, 'fill'> },
  question: QuestionDoc,
  { pod, url }: { pod: string; url: string },
): Promise<string> {
  const words = question.erased ? undefined : (await read.texts([question.body])).get(question.body);
  const { answers, needed } = question;
  const said = { pod, url, number: numberOf(question), text: quiet(words ?? ERASED, 300) };
  return answers.length
    ? fill('notice', 'too-few', { ...said, count: `${answers.length} of ${needed}` })
    : fill('notice', 'unanswered', said);
}
