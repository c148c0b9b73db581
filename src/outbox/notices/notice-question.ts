// The line of a notice about a question to its person, or about the answer to their own.
import { quiet } from '../../digest/quiet.ts';
import type { Reader } from '../../log/action.ts';
import { ERASED } from '../../log/body.ts';
import { isAgent, type Named, type ParticipantId } from '../../log/participant.ts';
import { MESSAGES } from '../../pods/conversations/message.ts';
import { comingWords } from '../../pods/local-time.ts';
import type { NeedDoc } from '../../pods/needs/need.ts';
import { called, namesOfAll } from '../../pods/people/directory.ts';
import { numberOf, QUESTIONS, type QuestionDoc } from '../../pods/questions/question.ts';
import { answererName, namesIn } from '../../pods/questions/question-words.ts';
import type { Texts } from '../../texts/texts.ts';
import { neededByWords } from '../needed-by-words.ts';
import { passedWords } from '../passed-words.ts';
import type { Recipient } from './notice-recipient.ts';

interface Deps {
  read: Reader;
  texts: Texts;
  /** The reader's time zone. */
  zone: string;
  clock(): number;
  below?: true;
}

interface Facts extends Recipient {
  person: string;
  pod: string;
  url: string;
}

export async function questionLine(deps: Deps, item: NeedDoc, facts: Facts): Promise<string | undefined> {
  if (item.reason === 'answered') return answerLine(deps, item, facts);
  if (item.reason === 'expired') return expiredLine(deps, item, facts);
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
    text: quiet(lineIn(words.get(question.body) ?? '', deps.below), 1000),
    options: options.length ? fill('notice', 'one-of', { options: options.join(' / ') }) : '',
  };
  const asks = await askedWords(deps, item, question, said);
  const time = (at: number) => comingWords(deps.zone, at, deps.clock());
  return [asks.trim(), await neededByWords(deps, question, time)].filter(Boolean).join(' ');
}

/** Returns the first line of a text that stands whole elsewhere. */
function lineIn(text: string, below: true | undefined): string {
  const [first = '', ...more] = text.trim().split('\n');
  return below && more.length ? first.trim() : text;
}

/** Returns an open question of several lines, such as what an agent shows at a checkpoint. Undefined for any other item. */
export async function questionBelow(read: Reader, { reason, about }: NeedDoc): Promise<string | undefined> {
  const question = reason === 'asked' && about.on === 'questions' ? await read.get(QUESTIONS, about.id) : undefined;
  if (question?.state !== 'open' || question.erased) return undefined;
  const text = (await read.texts([question.body])).get(question.body)?.trim();
  return text?.includes('\n') ? text : undefined;
}

async function askedWords(
  deps: Deps,
  { who, again, round }: NeedDoc,
  question: QuestionDoc,
  said: Facts & { number: string; text: string; options: string },
): Promise<string> {
  const { fill } = deps.texts;
  const { passed = [] } = question;
  const names = passed.length ? await namesIn(deps.read, [question]) : new Map<ParticipantId, Named>();
  if (question.reopened === round) return fill('notice', 'asked-back', said);
  const handed = passed.findLast(({ to }) => to === who);
  if (handed) return fill('notice', 'handed', { ...said, why: passedWords(deps, handed, names) });
  const next = passed.findLast(({ from }) => from.some((one) => one === who) || who === 'owners');
  if (again && next) {
    const { to } = next;
    const person = to === 'owners' ? '' : quiet(called(names, to).name, 60);
    const whoNext = person ? fill('notice', 'next-person', { person }) : fill('notice', 'next-owners');
    return fill('notice', 'asked-passed', { ...said, next: whoNext });
  }
  // A reminder may come together with the news that it is open again, or before it.
  if (question.reopened !== undefined) return fill('notice', 'asked-back', said);
  return fill('notice', again ? 'asked-again' : 'asked', said);
}

/** The answer to a question that the person asked, or whose task they hold. */
async function answerLine(
  { read, texts: { fill } }: Pick<Deps, 'read' | 'texts'>,
  { message: id }: NeedDoc,
  facts: Facts,
): Promise<string | undefined> {
  const message = id ? await read.get(MESSAGES, id) : undefined;
  const question = message?.question ? await read.get(QUESTIONS, message.question) : undefined;
  if (!question) return undefined;
  if (question.state === 'expired') return unansweredLine({ read, texts: { fill } }, question, facts);
  const answer = question.answers.at(-1);
  if (!answer) return undefined;
  const [words, names] = await Promise.all([read.texts([answer.choice, answer.words]), namesIn(read, [question])]);
  const person = answer.for ? quiet(answererName(answer, names), 120) : facts.person;
  const text = [answer.choice, answer.words].flatMap((ref) => words.get(ref ?? '') ?? []).join(': ');
  return fill('notice', 'outcome', { ...facts, person, text: quiet(text, 1000) });
}

/** For whoever holds the work of a question that ended without the answers that were wanted. */
async function unansweredLine(
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

/** For whoever was asked: the question ended without the answers that were wanted, and what comes of it. */
async function expiredLine(
  { read, texts: { fill } }: Pick<Deps, 'read' | 'texts'>,
  { about, who }: NeedDoc,
  { pod, url }: Facts,
): Promise<string | undefined> {
  const question = await read.get(QUESTIONS, about.id);
  if (question?.state !== 'expired' || question.erased) return undefined;
  const { body, otherwise, answers, needed, by, hearer = by } = question;
  const [words, names] = await Promise.all([read.texts([body, otherwise]), namesOfAll(read, [hearer])]);
  const person = quiet(called(names, hearer).name, 60);
  const option = words.get(otherwise ?? '');
  const then = (() => {
    if (hearer === who) return fill('notice', 'then-yours');
    if (!isAgent(hearer)) return fill('notice', 'then-told', { person });
    if (answers.length) return fill('notice', 'then-few', { person });
    return option
      ? fill('notice', 'then-option', { person, option: quiet(option, 75) })
      : fill('notice', 'then-without', { person });
  })();
  const said = { pod, url, number: numberOf(question), text: quiet(words.get(body) ?? ERASED, 300), then };
  return answers.length
    ? fill('notice', 'expired-few', { ...said, count: `${answers.length} of ${needed}` })
    : fill('notice', 'expired', said);
}
