// The words and the link with which the person who has a task answers somebody outside, from their own mail program.
import { unlinked } from '../../digest/quiet.ts';
import { mailtoLink } from '../../email/mailto.ts';
import type { Reader } from '../../log/action.ts';
import { textIn } from '../../pods/files/files.ts';
import { type OutsideSender, outsideSender } from '../../pods/mail/outside-sender.ts';
import { ADDRESSES } from '../../pods/pod/address.ts';
import { attachedFiles } from '../../pods/tasks/files/attached.ts';
import { reviewState } from '../../pods/tasks/review/review-state.ts';
import { TASKS, type TaskDoc } from '../../pods/tasks/task.ts';
import type { Texts } from '../../texts/texts.ts';
import type { MailOut } from '../mail/mail-out.ts';
import type { ReplyAddresses } from '../mail/reply-address.ts';

/** Absent where no mail is set up, and for words that are kept and can't be made anew. */
export interface Answering {
  address: ReplyAddresses['address'];
  /** True if the link may contain the approved answer: the words go to one person by mail. */
  filled?: true;
}

export function answeringBy({ replies }: Pick<MailOut, 'replies'>): Answering {
  return { address: replies.address };
}

interface Deps {
  read: Reader;
  texts: Texts;
  answering?: Answering | undefined;
}

export interface AnswerOutside {
  /** A sentence, in Markdown, that names who wrote and has the link. */
  line: string;
  /** Their name and address, without a link. */
  who: string;
  url: string;
}

type Task = Pick<TaskDoc, 'conversation' | 'dependsOn' | 'pod'>;

/** Undefined if a member began the conversation of the task. */
export async function answerOutside(deps: Deps, task: Task): Promise<AnswerOutside | undefined> {
  const { read, texts, answering } = deps;
  const sender = answering && (await outsideSender(read, task.conversation));
  if (!sender) return undefined;
  const { fill } = texts;
  const approved = await approvedAnswer(read, task);
  const cc = await copyTo(read, answering, sender);
  const link = (body?: string) =>
    mailtoLink({ to: sender.address, cc, title: sender.title, inReplyTo: sender.messageId, body });
  const whole = answering.filled && approved?.text ? link(approved.text) : undefined;
  const url = whole ?? link();
  if (!url) return undefined;
  const who = whoWrote(texts, sender);
  const where = approved && (whole ? fill('answer-outside', 'filled') : fill('answer-outside', 'in-file', approved));
  const answer = where ? ` ${where}` : '';
  return { line: fill('answer-outside', 'line', { who, url, answer }), who, url };
}

function whoWrote({ fill }: Texts, { name, address: plain, proved }: OutsideSender): string {
  const address = unlinked(plain, 120);
  const person = unlinked(name, 60);
  if (!person) return fill('answer-outside', proved ? 'who-unnamed' : 'who-unnamed-unproved', { address });
  return fill('answer-outside', proved ? 'who' : 'who-unproved', { person, address });
}

/** The mail joins the conversation by this address also where a mail program leaves the thread's ids out. */
async function copyTo(read: Reader, { address }: Answering, { conversation }: OutsideSender): Promise<string> {
  const { id: thread, pod } = conversation;
  const [named] = await read.find(ADDRESSES, { where: { of: pod }, limit: 1 });
  return address({ pod, thread, ...(named ? { slug: named.slug } : {}) });
}

/** The most bytes of a file that a link may contain. */
const FILLED_BYTES = 1_600;

/** Returns the number of the approved task that has the answer, and the answer itself if it is one short text. */
async function approvedAnswer(
  read: Reader,
  { dependsOn = [], pod }: Task,
): Promise<{ number: number; text?: string } | undefined> {
  const docs = await Promise.all(dependsOn.map((id) => read.get(TASKS, id)));
  const done = docs.filter((one): one is TaskDoc => one?.state === 'done' && reviewState(one) === 'approved');
  const found = await Promise.all(done.map(async (one) => ({ one, files: await attachedFiles(read, one) })));
  const [first, ...more] = found.filter(({ files }) => files.length);
  const [file, ...others] = first?.files ?? [];
  if (!first || !file || more.length) return undefined;
  const { number } = first.one;
  if (others.length || file.size > FILLED_BYTES) return { number };
  const content = await read.blob(pod, file.hash);
  const text = content && textIn(content);
  return { number, ...(text ? { text } : {}) };
}
