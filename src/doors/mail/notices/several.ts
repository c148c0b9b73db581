// Handles a reply to a notice about several items. A line such as “#3 done” alone is performed if it can mean only one
// of them. Other words are sent back, with the address of each item that is still open.

import type { Mail } from '../../../email/mail.ts';
import { ownText } from '../../../email/quotes/own-text.ts';
import { type ReplyCommand, readCommands } from '../../../email/quotes/reply-command.ts';
import { readSubject } from '../../../email/quotes/subject.ts';
import { trimReply } from '../../../email/quotes/trim-reply.ts';
import { escapeMarkdown } from '../../../email/render/escape-markdown.ts';
import { ownIdsIn } from '../../../email/thread.ts';
import { InvalidInput, sentenceOf, UserFacingError } from '../../../errors.ts';
import type { PersonId } from '../../../log/participant.ts';
import { ORG } from '../../../pods/members/rights.ts';
import { NEEDS, type NeedDoc } from '../../../pods/needs/need.ts';
import { TASKS } from '../../../pods/tasks/task.ts';
import { isNoticeThread, noticeItems } from '../../../pods/telling/notices/notice-thread.ts';
import { stillOpen } from '../../../pods/telling/still-open.ts';
import type { NoticeItem } from '../../../pods/telling/wishes.ts';
import { obeyAll } from '../commands.ts';
import type { MailContext, Proved } from '../context.ts';
import { keyOf } from '../origin.ts';
import { commandKey, MOST_AN_HOUR, tooMany } from '../rate.ts';
import { conversationFor, destinationOf } from './noticed.ts';

type Moving = Extract<ReplyCommand, { kind: 'done' | 'start' | 'reopen' }>;

/** Returns false if the mail answers no notice about several items. */
export async function settleNotice(mail: MailContext, arrived: Proved): Promise<boolean> {
  const { mail: read, author } = arrived;
  const threads = ownIdsIn(read, mail.home.domain)
    .filter(({ pod, thread }) => pod === ORG && isNoticeThread(thread))
    .map(({ thread }) => thread);
  if (!threads.length) return false;
  const found = await Promise.all(threads.map((one) => noticeItems(mail.read, author.id as PersonId, one)));
  const items = found.find((one) => one !== undefined);
  const words = quotedWords(mail, read);
  if (!items) await answered(mail, arrived, mail.texts.fill('notice', 'which-other', { words }));
  else if (!(await obeyed(mail, arrived, items))) await answered(mail, arrived, await whichWords(mail, arrived, items));
  return true;
}

/**
 * Performs the command. Returns false, without any effect, if the mail is no command alone, or if the command can mean
 * several items or none that waits.
 */
async function obeyed(mail: MailContext, arrived: Proved, items: readonly NoticeItem[]): Promise<boolean> {
  const command = commandIn(arrived.mail);
  const meant = command && (await meantBy(mail, items, command));
  const to = meant && (await destinationOf(mail, meant.need));
  if (!command || !meant || !to) return false;
  const { author } = arrived;
  const person = author.id as PersonId;
  // After a crash, the mail is handled again. Its own command has then settled the item.
  const key = to.conversation && commandKey(to.conversation.id, person, `${keyOf(arrived)}:0`);
  const [before] = key ? await mail.commits.find({ where: { pod: to.pod.id, key }, limit: 1 }) : [];
  const standIn = meant.absent && { for: meant.absent, at: mail.clock() };
  if (!before && !(await stillOpen(mail.read, meant.need, person, standIn))) return false;
  if (!before && (await tooMany(mail, to, author)))
    throw new InvalidInput(
      `More than ${MOST_AN_HOUR} mails came from its sender within an hour: a machine may be writing.`,
    );
  try {
    const conversation = await conversationFor(mail, arrived, to);
    if (!conversation) return false;
    // Without the number, the command is for the item of the destination.
    const { kind, line } = command;
    const { refused } = await obeyAll(mail, arrived, { ...to, conversation }, [{ kind, line }], {
      reached: [],
      speaks: false,
    });
    if (refused.length) await answered(mail, arrived, notDone(mail, to.pod.name, refused.join(' ')));
  } catch (error) {
    if (!(error instanceof UserFacingError)) throw error;
    await answered(mail, arrived, notDone(mail, to.pod.name, sentenceOf(error)));
  }
  return true;
}

function notDone({ texts }: MailContext, pod: string, reason: string): string {
  return texts.fill('mail-refused', 'in-a-pod', { pod, reason });
}

/** Returns the command if it is all that the sender wrote. A line with a note contains words for somebody. */
function commandIn(read: Mail): Moving | undefined {
  if (readSubject(read.subject).forward || read.forwarded.length || filesOf(read).length) return undefined;
  const { commands, rest } = readCommands(ownText(read), undefined, 'task');
  const [command, ...more] = commands;
  if (!command || more.length || rest || !command.task) return undefined;
  return (command.kind === 'done' || command.kind === 'start') && !command.note ? command : undefined;
}

/** Returns the item whose task has the number. Undefined if tasks of several pods have it. */
async function meantBy(
  { read }: MailContext,
  items: readonly NoticeItem[],
  { task: number }: Moving,
): Promise<{ need: NeedDoc; absent: PersonId | undefined } | undefined> {
  const all = await Promise.all(
    items.map(async ({ need: id, for: absent }) => {
      const need = await read.get(NEEDS, id);
      const task = need?.about.on === 'tasks' ? await read.get(TASKS, need.about.id) : undefined;
      return need && task && `#${task.number}` === number ? [{ need, absent }] : [];
    }),
  );
  const [first, ...more] = all.flat();
  return more.length ? undefined : first;
}

async function whichWords(mail: MailContext, { mail: read, author }: Proved, items: readonly NoticeItem[]) {
  const { fill } = mail.texts;
  const words = quotedWords(mail, read);
  const open = await Promise.all(
    items.map(async ({ need, for: absent }) =>
      stillOpen(mail.read, await mail.read.get(NEEDS, need), author.id, absent && { for: absent, at: mail.clock() }),
    ),
  );
  const waiting = open.filter((item) => item !== undefined);
  if (!waiting.length) return fill('notice', 'which-none', { words });
  const absent = new Map(items.flatMap((item) => (item.for ? [[item.need, item.for] as const] : [])));
  return fill('notice', 'which', { items: await mail.answerableLines(waiting, absent), words });
}

/** Returns all that the sender wrote, as a quote, with the names of their files. */
function quotedWords({ texts }: MailContext, read: Mail): string {
  const { title, reply } = readSubject(read.subject);
  const { written } = trimReply(read);
  const said = [reply ? '' : title, written].filter(Boolean).join('\n\n');
  const quote = said
    .split('\n')
    .map((line) => `> ${escapeMarkdown(line)}`.trimEnd())
    .join('\n');
  const files = filesOf(read).join(', ');
  return files ? `${quote}\n\n${texts.fill('notice', 'which-files', { files: escapeMarkdown(files) })}` : quote;
}

function filesOf({ attachments }: Mail): string[] {
  return attachments.filter(({ inline }) => !inline).map(({ name }) => name);
}

/**
 * Answers the sender. A mail that gets no answer stays in the inbox with its reason, so that no word of it is lost.
 * @throws InvalidInput if it gets none
 */
async function answered(mail: MailContext, arrived: Proved, text: string): Promise<void> {
  const { mail: read, author, at, answer } = arrived;
  const person = author.id as PersonId;
  if (answer && (await mail.answer({ person, mail: read, at, text }, `notice:${person}:${keyOf(arrived)}`))) return;
  throw new InvalidInput(
    'It answers a notice about several things. Nothing was done, and its sender could not be answered.',
  );
}
