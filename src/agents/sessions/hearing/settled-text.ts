// Builds the text that tells a model how its questions were settled: the question, and each answer with its choice,
// words, author and time. Pure.
import { isQuoted } from '../../../log/labels/label.ts';
import { attribute, fenced, inLine, outsideText } from '../fence.ts';
import { localTimes, NO_ZONE } from '../local-day.ts';
import type { HeardAnswer, HeardQuestion } from './hear-settled.ts';

export function settledText(questions: readonly HeardQuestion[], here = NO_ZONE): string {
  const timeIn = localTimes();
  return questions
    .map(({ number, state, asked, answers, says, otherwise, lost, freed, erased }) =>
      [
        `<question number="${attribute(number)}" state="${state}" asked="${attribute(asked)}">`,
        state === 'answered' && erased && `${inLine(says)} ${GONE}`,
        ...answers.map((one) => answerLine(one, here, timeIn)),
        state === 'expired' && `${inLine(says)} ${otherwise === undefined ? NO_WORD : tookWords(otherwise)}`,
        state === 'withdrawn' && [inLine(says), lost && LOST, freed && FREED].filter(Boolean).join(' '),
        '</question>',
      ]
        .filter(Boolean)
        .join('\n'),
    )
    .join('\n');
}

const NO_WORD = 'That is no yes: go on without it, or ask somebody else.';

const GONE = 'The words of the question were erased since, and perhaps those of the answer.';
const LOST = 'Nobody can answer it any more: go on without it, or ask anew if you still need it.';

const FREED = 'The calls of the list need no yes any more: go_ahead with those that are still right.';

const ERASED = 'They erased their words. Nothing is known of what they said, so it is no yes.';

function tookWords(option: string): string {
  return `You take: ${inLine(option)}. That is your own choice and nobody's yes: do nothing beyond the pod on it, and nothing that can't be undone.`;
}

function answerLine(
  { from, at, zone: own, choice, words, label }: HeardAnswer,
  here: string,
  timeIn: (zone: string, at: number) => string,
): string {
  const zone = own ?? here;
  const chosen = choice === undefined ? '' : ` choice="${attribute(choice)}"`;
  const none = choice === undefined ? ERASED : '';
  const said = words === undefined ? none : isQuoted(label) ? outsideText('answer', words) : fenced(words);
  return `<answer from="${attribute(from)}" at="${timeIn(zone, at)}"${zone === here ? '' : ` zone="${attribute(zone)}"`}${chosen}>${said}</answer>`;
}
