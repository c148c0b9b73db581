// Loads the questions that a person's message may answer: the open ones of its conversation, and that of the mail it
// replies to.
import type { Reader } from '../../../log/action.ts';
import { isPerson, type PersonId } from '../../../log/participant.ts';
import type { Ctx } from '../../action.ts';
import type { ConversationDoc } from '../../conversations/conversation.ts';
import { needId } from '../../needs/need.ts';
import { QUESTIONS, type QuestionDoc } from '../question.ts';
import type { Put } from './hearing.ts';
import { openQuestions } from './settle.ts';
import { absentFor } from './stand-in.ts';

export interface Asked {
  open: readonly Put[];
  /** The texts of all options, by their references. */
  texts: ReadonlyMap<string, string>;
  /** The question whose mail the message answers. */
  mail?: string | undefined;
  /** The question of that mail, if it is over. */
  late?: QuestionDoc | undefined;
  /** The absent people whose deputy the author is. */
  absent: readonly PersonId[];
}

/**
 * Loads the questions that a person's message may answer. Undefined if there are none. If no question is open, only a
 * reply to a mail of Skein costs a read.
 */
export async function askedIn(read: Reader, doc: ConversationDoc | undefined, ctx: Ctx): Promise<Asked | undefined> {
  if (!doc || !isPerson(ctx.actor)) return undefined;
  const mails = ownMails(ctx);
  if (!doc.questions?.length && !mails.length) return undefined;
  const open = await openQuestions(read, doc.questions);
  const absent = await absentFor(
    read,
    open.map(({ question }) => question),
    ctx.actor,
    ctx.at,
  );
  const whose = [ctx.actor, ...absent];
  const mail = open.find(({ question }) => isAbout(question, mails, ctx, whose))?.question.id;
  const late = mails.length && !mail ? await askedBy(read, doc.id, mails, ctx) : undefined;
  if (!open.length && !late) return undefined;
  return { open, mail, late, absent, texts: await read.texts(open.flatMap(({ question }) => question.options)) };
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
