// Applies a person's message to the open questions of its conversation: the message answers one, or a “stop” withdraws
// the agents' questions.
import { type AgentId, handleOf, isAgent, isPerson, type PersonId } from '../../../log/participant.ts';
import type { Ctx } from '../../action.ts';
import type { NewMessage } from '../../conversations/new-message.ts';
import type { ControlKind, Put as ControlPut } from '../../conversations/words/control-words.ts';
import type { Wish } from '../../deliveries.ts';
import type { Change } from '../../kinds.ts';
import type { QuestionDoc } from '../question.ts';
import type { QuestionWish } from '../wishes.ts';
import type { Asked } from './asked-in.ts';
import { numbersIn, optionIn, questionMeant } from './free-words.ts';
import type { Put } from './hearing.ts';
import { mayAnswer } from './may-answer.ts';
import { amongOver } from './over-words.ts';
import { putsOffAnswer } from './put-off.ts';
import { answer, type Settling, together, withdraw } from './settle.ts';
import { isBetween, optionBetween } from './settle-between.ts';
import { allowedByWords, isSteps, optionOfAllowed } from './settle-steps.ts';
import { absentIn } from './stand-in.ts';

const NOTHING: Settling = { changes: [], deliveries: [] };
const NONE = { kind: 'none' } as const;

/** Words that do this to an agent answer none of its questions. */
const STEERING: ReadonlySet<ControlKind> = new Set(['pause', 'take_over']);

export interface Spared {
  /** The agents to whom the words only say that the answer comes later. They are not woken by it, unless it names them. */
  spares?: readonly AgentId[];
}

/**
 * Pure. Returns the changes of the answer or withdrawal, if there is one. `message`: the id of the message; `text`: its
 * own words; `at`: when they were written, in milliseconds since 1970.
 */
export function wordsSettle(
  ctx: Ctx,
  asked: Asked | undefined,
  { meant, changes }: Pick<NewMessage, 'meant' | 'changes'>,
  { message, text, at }: { message: string; text: string; at: number },
): Settling & Pick<Spared, 'spares'> {
  const { actor } = ctx;
  if (!asked || !isPerson(actor)) return NOTHING;
  const { open, late, over, texts, mail, absent } = asked;
  if (meant.stop)
    return together(
      open
        .filter(({ question }) => meant.agents.some((one) => one === question.by))
        .map((put) => withdraw(put, 'stopped')),
    );
  const steered = meant.control && STEERING.has(meant.control.kind) ? meant.control.agents : [];
  const all = open.filter(
    ({ question }) =>
      !steered.some((one) => one === question.by) &&
      !question.answers.some((one) => one.by === actor || one.for === actor) &&
      (mayAnswer(question, actor, ctx.role) ||
        (mayAnswer(question, actor, ctx.role, absent) && isNamed(question, { mail, text, named: meant.named }))),
  );
  const mine = all.filter(({ question }) => isMeant(question, { mail, text, options: optionsOf(question, texts) }));
  const others = askersOf(all.filter((put) => !mine.includes(put)));
  const said = {
    text,
    named: meant.named,
    strangers: meant.strangers,
    mail,
    open: mine.map(({ question }) => question),
  };
  const waits = postpones(mine, text, texts);
  const which = late
    ? { kind: 'late' as const, questions: [late] }
    : waits
      ? NONE
      : amongOver(questionMeant(said), { ...said, over, at, optionsOf: (one) => optionsOf(one, texts) });
  switch (which.kind) {
    case 'none':
      return { ...NOTHING, spares: waits ? [...others, ...askersOf(mine)] : others };
    case 'one': {
      const put = mine.find(({ question }) => question.id === which.question.id);
      const posted = changes.find((one) => one.type === 'message_posted');
      if (!put || !posted) return NOTHING;
      const between = isBetween(put.question);
      const choose = between ? optionBetween : put.question.onlyOptions ? optionNamed : optionIn;
      const n = choose(text, optionsOf(put.question, texts));
      // Words that choose neither wish are no decision. They are heard like any others, and whoever replied to the mail is asked
      // once more.
      if (between && n === undefined && put.question.id !== mail) return NOTHING;
      if (between && n === undefined)
        return { changes: [], deliveries: [toldOf('reminder', [put.question], [actor], message)] };
      const steps = isSteps(put.question) ? put.question : undefined;
      const allows = steps && allowedByWords(text, steps.steps);
      // A reply to its mail that allows nothing is a no, and so is what is said about a checkpoint. Other words may just be said
      // to the agent.
      if (steps && !allows && steps.id !== mail && !steps.checkpoint) return NOTHING;
      const chosen = n === undefined ? undefined : put.question.options[n];
      const choice = steps ? optionOfAllowed(steps, allows ?? []) : chosen;
      const standsFor = mayAnswer(put.question, actor, ctx.role) ? undefined : absentIn(put.question, absent);
      const answered = {
        ...(standsFor ? { for: standsFor } : {}),
        ...(choice ? { choice } : {}),
        words: posted.body,
        ...(steps ? { allows: allows ?? [] } : {}),
      };
      return answer(put, actor, answered, message, meant.agents);
    }
    case 'unclear':
    case 'late':
    case 'over': {
      const { kind, questions } = which;
      return {
        changes: endsHeard(questions, actor),
        deliveries: [toldOf(kind === 'unclear' ? 'which' : kind, questions, [actor], message)],
      };
    }
    default:
      which satisfies never;
      return NOTHING;
  }
}

/** Returns the agents with open questions that the author may answer, by whether the text chooses an option of one. */
export function putTo(ctx: Ctx, asked: Asked | undefined, text: string): ControlPut | undefined {
  const { actor, role } = ctx;
  const mine = asked?.open.filter(({ question }) => mayAnswer(question, actor, role, asked.absent)) ?? [];
  if (!asked || !mine.length) return undefined;
  const chosen = mine.filter(({ question }) => optionIn(text, optionsOf(question, asked.texts)) !== undefined);
  return { chosen: askersOf(chosen), other: askersOf(mine.filter((put) => !chosen.includes(put))) };
}

/** True if the words answer a question that only its options answer: they choose one, reply to its mail, or give its number. */
function isMeant(
  { id, number, onlyOptions }: QuestionDoc,
  { mail, text, options }: { mail: string | undefined; text: string; options: readonly string[] },
): boolean {
  if (!onlyOptions) return true;
  return id === mail || numbersIn(text).includes(number) || optionNamed(text, options) !== undefined;
}

/** “Yes, go on” chooses “Go on”, and a mere “yes” nothing. */
function optionNamed(text: string, options: readonly string[]): number | undefined {
  return optionIn(text, options) ?? optionIn(text.replace(LEAD, ''), options);
}

const LEAD = /^(?:[\s,.!:-]|@[\p{L}\p{N}._-]+|\b(?:yes|yeah|yep|ok|okay|sure|no|please|just|then|well)\b)+/iu;

/** A deputy's words answer a question only if they name it or whoever asks it, because most of them are the deputy's own. */
function isNamed(
  { id, number, by }: QuestionDoc,
  { mail, text, named }: { mail: string | undefined; text: string; named: readonly string[] },
): boolean {
  return id === mail || named.includes(by) || numbersIn(text).includes(number);
}

/** True if the words put the answer to all of these questions off, for example “let me check”. */
function postpones(mine: readonly Put[], text: string, texts: Asked['texts']): boolean {
  const names = askersOf(mine).map(handleOf);
  return mine.length > 0 && mine.every(({ question }) => putsOffAnswer(text, names, optionsOf(question, texts)));
}

function optionsOf({ options }: QuestionDoc, texts: Asked['texts']): string[] {
  return options.map((ref) => texts.get(ref) ?? '');
}

/** The person is told how those of the questions that are over have ended, so their next words are not meant for these. */
export function endsHeard(questions: readonly QuestionDoc[], person: PersonId): Change[] {
  const [first, ...more] = questions.filter(({ state }) => state !== 'open');
  if (!first) return [];
  const ids = [first, ...more].map(({ id }) => id);
  return [{ v: 1, on: 'conversations', id: first.conversation, type: 'question_end_heard', questions: ids, person }];
}

function askersOf(mine: readonly Put[]): AgentId[] {
  return mine.map(({ question }) => question.by).filter(isAgent);
}

/** Returns the question that these changes answer. */
export function answeredBy(
  { changes }: Settling,
  asked: Asked | undefined,
): (Pick<QuestionDoc, 'by'> & { for?: PersonId | undefined }) | undefined {
  const answer = changes.find((one) => one.type === 'question_answered');
  const question = asked?.open.find((one) => one.question.id === answer?.id)?.question;
  return question && { by: question.by, for: answer?.for };
}

function toldOf(
  about: QuestionWish['about'],
  questions: readonly QuestionDoc[],
  to: PersonId[],
  message: string,
): Wish<'question'> {
  const conversation = questions[0]?.conversation ?? '';
  return { kind: 'question', about, conversation, message, questions: questions.map(({ id }) => id), to };
}
