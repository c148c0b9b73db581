// Loads the questions that a person's message may answer: the open ones of its conversation, that of the mail it replies
// to, and those that are over without the person's answer.
import type { Reader } from '../../../log/action.ts';
import { isPerson, type PersonId } from '../../../log/participant.ts';
import type { Ctx } from '../../action.ts';
import { isNote } from '../../conversations/addressing.ts';
import { overFor } from '../../conversations/asked/over.ts';
import type { ConversationDoc } from '../../conversations/conversation.ts';
import { isCommand } from '../../conversations/origin/origin-facts.ts';
import { needId } from '../../needs/need.ts';
import { QUESTIONS, type QuestionDoc } from '../question.ts';
import { numberFirst } from './free-words.ts';
import type { Put } from './hearing.ts';
import { mayAnswer } from './may-answer.ts';
import { openQuestions } from './settle.ts';
import { absentFor } from './stand-in.ts';

export interface Asked {
  open: readonly Put[];
  /** The texts of all options, by their references. */
  texts: ReadonlyMap<string, string>;
  /** The question whose mail the message answers. */
  mail?: string | undefined;
  /** The question of that mail, or whose number the message begins with, if it is over. */
  late?: QuestionDoc | undefined;
  /** The questions of whose end the author has not heard: they were asked, and have not answered. */
  over: readonly QuestionDoc[];
  /** The absent people whose deputy the author is. */
  absent: readonly PersonId[];
}

/**
 * Loads the questions that a person's message may answer. Undefined if there are none. If no question is open, only a
 * reply to a mail of Skein, or words that begin with a number such as q3, cost a read.
 */
export async function askedIn(
  read: Reader,
  doc: ConversationDoc | undefined,
  ctx: Ctx,
  text: string,
): Promise<Asked | undefined> {
  if (!doc || !isPerson(ctx.actor) || isNote(text) || isCommand(ctx)) return undefined;
  const mails = ownMails(ctx);
  const number = numberFirst(text);
  const ended = overFor(doc.over, ctx);
  if (!doc.questions?.length && !mails.length && number === undefined && !ended.length) return undefined;
  const open = await openQuestions(read, doc.questions);
  const absent = await absentFor(
    read,
    open.map(({ question }) => question),
    ctx.actor,
    ctx.at,
  );
  const whose = [ctx.actor, ...absent];
  const mail = open.find(({ question }) => isAbout(question, mails, ctx, whose))?.question.id;
  const named = number !== undefined && !mail && !open.some(({ question }) => question.number === number);
  const late =
    (mails.length && !mail ? await askedBy(read, doc.id, mails, ctx) : undefined) ??
    (named ? await overQuestion(read, doc.id, number, ctx) : undefined);
  const over = await overQuestions(read, ended, ctx);
  if (!open.length && !late && !over.length) return undefined;
  const texts = await read.texts([...open.map(({ question }) => question), ...over].flatMap(({ options }) => options));
  return { open, mail, late, over, absent, texts };
}

/** The question with this number, if it is over and this person was asked. Their words came too late for it. */
async function overQuestion(
  read: Reader,
  conversation: string,
  number: number,
  ctx: Ctx,
): Promise<QuestionDoc | undefined> {
  const [question] = await read.find(QUESTIONS, { where: { pod: ctx.pod, number }, limit: 1 });
  if (question?.conversation !== conversation || question.state === 'open' || question.erased) return undefined;
  const absent = await absentFor(read, [question], ctx.actor, ctx.at);
  return mayAnswer(question, ctx.actor, ctx.role, absent) ? question : undefined;
}

async function overQuestions(read: Reader, ids: readonly string[], ctx: Ctx): Promise<QuestionDoc[]> {
  const found = await Promise.all(ids.map((id) => read.get(QUESTIONS, id)));
  return found.filter((one): one is QuestionDoc => one !== undefined && !one.erased && unansweredBy(one, ctx));
}

function unansweredBy(question: QuestionDoc, { actor, role }: Ctx): boolean {
  const hasAnswered = question.answers.some(({ by }) => by === actor);
  return question.state !== 'open' && !hasAnswered && mayAnswer(question, actor, role);
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
  // The deputy's mail is about the item of the person who is away.
  const absent = await absentFor(read, found, ctx.actor, ctx.at);
  const whose = isPerson(ctx.actor) ? [ctx.actor, ...absent] : [];
  return found.find((question) => isAbout(question, mails, ctx, whose));
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
function isAbout(question: QuestionDoc, mails: readonly OwnMail[], { pod }: Ctx, whose: readonly PersonId[]): boolean {
  const items = [...whose, 'owners' as const].map((who) => needId(pod, who, { on: 'questions', id: question.id }));
  const newest = mails.at(-1);
  const told = newest?.thread === question.conversation && question.told.includes(newest.commit);
  return told || mails.some(({ thread }) => items.includes(thread));
}
