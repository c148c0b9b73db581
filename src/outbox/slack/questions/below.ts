// Renders the part below a question in Slack: its buttons while it is open, and then a line that says how it ended.
import type { Reader } from '../../../log/action.ts';
import { called } from '../../../pods/people/directory.ts';
import { QUESTIONS, type QuestionDoc, type Why } from '../../../pods/questions/question.ts';
import { answererName, namesIn } from '../../../pods/questions/question-words.ts';
import { optionButtons } from '../../../slack/render/blocks.ts';
import { momentToken } from '../../../slack/render/moment.ts';
import { mrkdwnOf } from '../../../slack/render/neutral.ts';
import type { Block } from '../../../slack/render/render.ts';
import type { Texts } from '../../../texts/texts.ts';
import { neededByWords } from '../../needed-by-words.ts';
import { passedWords } from '../../passed-words.ts';

export interface BelowQuestion {
  /** The lines, in Markdown. */
  lines: string[];
  /** By when it is to be answered, while it is open. */
  time?: Block;
  buttons?: Block;
}

interface Deps {
  read: Reader;
  texts: Texts;
}

export async function belowQuestion(deps: Deps, id: string | undefined): Promise<BelowQuestion | undefined> {
  const question = id ? await deps.read.get(QUESTIONS, id) : undefined;
  if (!question || question.erased) return undefined;
  const [lines, time] = await Promise.all([outcomeLines(deps, question), timeOf(deps, question)]);
  const below = time ? { lines, time } : { lines };
  if (question.state !== 'open' || !question.options.length) return below;
  return { ...below, buttons: await buttonsOf(deps, question) };
}

/** Stands for the time while the other words are escaped. Nobody types it. */
const TIME = '\u{F0000}';

/** Each reader sees the time in their own zone. */
async function timeOf(deps: Deps, question: QuestionDoc): Promise<Block | undefined> {
  const words = await neededByWords(deps, question, () => TIME);
  if (!words) return undefined;
  const text = words
    .split(TIME)
    .map(mrkdwnOf)
    .join(momentToken(question.neededBy ?? 0));
  return { type: 'context', elements: [{ type: 'mrkdwn', text }] };
}

/** Returns the buttons of a question. A button's value is the question's id and the position of its option. */
export async function buttonsOf({ read }: Pick<Deps, 'read'>, { id, pod, options }: QuestionDoc): Promise<Block> {
  const texts = await read.texts(options);
  return optionButtons(
    options.map((ref) => texts.get(ref) ?? '…'),
    (n) => `${pod}/${id}/${n + 1}`,
  );
}

/** Says who answered, to whom the question passed, or how it ended. Markdown, one line each. */
export async function outcomeLines({ read, texts }: Deps, question: QuestionDoc): Promise<string[]> {
  const { fill } = texts;
  const { answers, state, needed, otherwise, passed = [], withdrawn } = question;
  const [names, bodies] = await Promise.all([
    namesIn(read, [question]),
    read.texts([otherwise, ...answers.flatMap(({ choice, words }) => [choice, words])]),
  ]);
  const name = (one: Parameters<typeof called>[1]) => called(names, one).name;
  const said = answers.map((answer, n) => {
    const { choice, words } = answer;
    const all = [choice, words].flatMap((ref) => bodies.get(ref ?? '') ?? []);
    const fields = { person: `${answererName(answer, names)}${answer.for ? ',' : ''}`, words: inOneLine(all) };
    if (!all.length) return fill('question', 'answered-erased', { person: fields.person });
    const more = needed - answers.length;
    const last = n === answers.length - 1;
    return state === 'open' && last
      ? fill('question', 'answered-more', { ...fields, more })
      : fill('question', 'answered', fields);
  });
  const moved = passed.slice(-1).map((one) => {
    const why = passedWords({ texts }, one, names);
    return one.to === 'owners'
      ? fill('question', 'passed-to-owners', { why })
      : fill('question', 'passed', { why, person: name(one.to) });
  });
  switch (state) {
    case 'open':
      return [...said, ...moved];
    case 'answered':
      return said;
    case 'expired': {
      const option = bodies.get(otherwise ?? '');
      return [...said, option ? fill('question', 'expired-otherwise', { option }) : fill('question', 'expired')];
    }
    case 'withdrawn':
      if (withdrawn?.why === 'undecided') return [...said, fill('question', 'undecided')];
      return [...said, fill('question', partOf(withdrawn?.why), { person: name(withdrawn?.by ?? 'skein') })];
    default:
      state satisfies never;
      return said;
  }
}

function partOf(why: Why | undefined) {
  return why && why in OVER ? OVER[why as keyof typeof OVER] : 'withdrawn';
}

/** How it reads that nobody needs the answer any more. */
const OVER = {
  moot: 'moot',
  freed: 'freed',
  done: 'work-done',
  dropped: 'work-dropped',
  stopped: 'work-stopped',
  given_on: 'given-on',
} as const;

const MOST_SHOWN = 300;

/**
 * Joins a choice and the words of its answer to one line, once if both are equal. Removes marks that would end the
 * line's emphasis.
 */
function inOneLine(all: readonly string[]): string {
  const [first = '', ...rest] = all.map((text) => text.replace(/[\s_*`]+/g, ' ').trim());
  const [words = ''] = rest;
  const repeats = words.toLowerCase().startsWith(first.toLowerCase());
  const line = (repeats ? [words] : [first, words]).filter(Boolean).join(': ');
  return line.length > MOST_SHOWN ? `${line.slice(0, MOST_SHOWN)}…` : line;
}
