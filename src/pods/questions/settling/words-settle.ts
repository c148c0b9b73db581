// Applies a person's message to the open questions of its conversation: the message answers one, or a “stop” withdraws
// the agents' questions.
import type { Reader } from '../../../log/action.ts';
import { type AgentId, handleOf, isAgent, isPerson, type PersonId } from '../../../log/participant.ts';
import type { Ctx } from '../../action.ts';
import type { ConversationDoc } from '../../conversations/conversation.ts';
import type { NewMessage } from '../../conversations/new-message.ts';
import type { Wish } from '../../deliveries.ts';
import { needId } from '../../needs/need.ts';
import { QUESTIONS, type QuestionDoc } from '../question.ts';
import type { QuestionWish } from '../wishes.ts';
import { optionIn, questionMeant } from './free-words.ts';
import type { Put } from './hearing.ts';
import { mayAnswer } from './may-answer.ts';
import { putsOffAnswer } from './put-off.ts';
import { answer, openQuestions, type Settling, together, withdraw } from './settle.ts';

export interface Asked {
  open: readonly Put[];
  /** The texts of all options, by their references. */
  texts: ReadonlyMap<string, string>;
  /** The question whose mail the message answers. */
  mail?: string | undefined;
  /** The question of that mail, if it is over. */
  late?: QuestionDoc | undefined;
}

const NOTHING: Settling = { changes: [], deliveries: [] };
const NONE = { kind: 'none' } as const;

export interface Spared {
  /** The agents to whom the words only say that the answer comes later. They are not woken by it, unless it names them. */
  spares?: readonly AgentId[];
}

/**
 * Loads the questions that a person's message may answer. Undefined if there are none. If no question is open, only a
 * reply to a mail of Skein costs a read.
 */
export async function askedIn(read: Reader, doc: ConversationDoc | undefined, ctx: Ctx): Promise<Asked | undefined> {
  if (!doc || !isPerson(ctx.actor)) return undefined;
  const open = await openQuestions(read, doc.questions);
  const mails = ownMails(ctx);
  const mail = open.find(({ question }) => isAbout(question, mails, ctx))?.question.id;
  const late = mails.length && !mail ? await askedBy(read, doc.id, mails, ctx) : undefined;
  if (!open.length && !late) return undefined;
  return { open, mail, late, texts: await read.texts(open.flatMap(({ question }) => question.options)) };
}

/** The most settled questions of a conversation that are searched. */
const LOOK_BACK = 100;

async function askedBy(
  read: Reader,
  conversation: string,
  mails: readonly OwnMail[],
  ctx: Ctx,
): Promise<QuestionDoc | undefined> {
  const states = ['answered', 'expired', 'withdrawn'] as const;
  const found = await read.find(QUESTIONS, { where: { conversation, state: { in: [...states] } }, limit: LOOK_BACK });
  return found.find((question) => isAbout(question, mails, ctx));
}

/** One of our Message-IDs, `<pod.thread.n@domain>`: the thread is a conversation, or the open item of a notice. */
interface OwnMail {
  thread: string;
  /** The commit that wished for it. */
  commit: number;
}

/** The mails of this pod to which the message refers. */
function ownMails({ origin, pod }: Ctx): OwnMail[] {
  if (origin?.kind !== 'email') return [];
  return (origin.references ?? []).slice(-MOST_REFERENCES).flatMap((id) => {
    const [of, thread = '', n = ''] = id.replace(/^<|@.*$/g, '').split('.');
    return of === pod ? [{ thread, commit: Number.parseInt(n, 10) }] : [];
  });
}

const MOST_REFERENCES = 20;

/** The newest mail counts, or the address of a notice's item, which stands before all others. */
function isAbout(question: QuestionDoc, mails: readonly OwnMail[], { pod, actor }: Ctx): boolean {
  const item = isPerson(actor) ? needId(pod, actor, { on: 'questions', id: question.id }) : '';
  const newest = mails.at(-1);
  const told = newest?.thread === question.conversation && question.told.includes(newest.commit);
  return told || mails.some(({ thread }) => thread === item);
}

/**
 * Pure. Returns the changes of the answer or withdrawal, if there is one. `message`: the id of the message; `text`: its
 * own words.
 */
export function wordsSettle(
  ctx: Ctx,
  asked: Asked | undefined,
  { meant, changes }: Pick<NewMessage, 'meant' | 'changes'>,
  { message, text }: { message: string; text: string },
): Settling & Pick<Spared, 'spares'> {
  const { actor } = ctx;
  if (!asked || !isPerson(actor)) return NOTHING;
  const { open, late, texts, mail } = asked;
  if (meant.stop)
    return together(
      open
        .filter(({ question }) => meant.agents.some((one) => one === question.by))
        .map((put) => withdraw(put, 'stopped')),
    );
  const mine = open.filter(
    ({ question }) => mayAnswer(question, actor, ctx.role) && !question.answers.some(({ by }) => by === actor),
  );
  const said = {
    text,
    named: meant.named,
    strangers: meant.strangers,
    mail,
    open: mine.map(({ question }) => question),
  };
  const waits = postpones(mine, text, texts);
  const which = late ? { kind: 'late' as const, question: late } : waits ? NONE : questionMeant(said);
  switch (which.kind) {
    case 'none':
      return waits ? { ...NOTHING, spares: askersOf(mine) } : NOTHING;
    case 'one': {
      const put = mine.find(({ question }) => question.id === which.question.id);
      const posted = changes.find((one) => one.type === 'message_posted');
      if (!put || !posted) return NOTHING;
      const { options } = put.question;
      const n = optionIn(
        text,
        options.map((ref) => texts.get(ref) ?? ''),
      );
      const choice = n === undefined ? undefined : options[n];
      return answer(put, actor, { ...(choice ? { choice } : {}), words: posted.body }, message, meant.agents);
    }
    case 'unclear':
    case 'late': {
      const questions = which.kind === 'late' ? [which.question] : which.questions;
      const about = which.kind === 'late' ? 'late' : 'which';
      return { changes: [], deliveries: [toldOf(about, questions, [actor], message)] };
    }
    default:
      which satisfies never;
      return NOTHING;
  }
}

/** True if the words put the answer to all of these questions off, for example “let me check”. */
function postpones(mine: readonly Put[], text: string, texts: Asked['texts']): boolean {
  const names = askersOf(mine).map(handleOf);
  const optionsOf = ({ question }: Put) => question.options.map((ref) => texts.get(ref) ?? '');
  return mine.length > 0 && mine.every((put) => putsOffAnswer(text, names, optionsOf(put)));
}

function askersOf(mine: readonly Put[]): AgentId[] {
  return mine.map(({ question }) => question.by).filter(isAgent);
}

/** Returns the question that these changes answer. */
export function answeredBy({ changes }: Settling, asked: Asked | undefined): QuestionDoc | undefined {
  const answers = changes.find((one) => one.type === 'question_answered');
  return asked?.open.find(({ question }) => question.id === answers?.id)?.question;
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
