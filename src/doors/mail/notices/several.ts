// Handles a reply to a mail that lists several things. It is done if it says by number which thing it is for. Other words
// are sent back, with the list of what still waits.

import type { Mail } from '../../../email/mail.ts';
import { ownText } from '../../../email/quotes/own-text.ts';
import { readSubject } from '../../../email/quotes/subject.ts';
import { trimReply } from '../../../email/quotes/trim-reply.ts';
import { escapeMarkdown } from '../../../email/render/escape-markdown.ts';
import { InvalidInput } from '../../../errors.ts';
import type { PersonId } from '../../../log/participant.ts';
import { ORG } from '../../../pods/members/rights.ts';
import { onlyQuestion } from '../../../pods/needs/waiting/only-question.ts';
import { zoneOf } from '../../../pods/preferences/zone-of.ts';
import { readListReply, saysYesOrNo } from '../../replies/list-reply.ts';
import type { MailContext, Proved, ReplyThread } from '../context.ts';
import { keyOf } from '../origin.ts';
import { type ListMail, listOf, listThreadsIn, stillWaits } from './listed.ts';
import { obeyListed } from './obey-listed.ts';
import { waitingList } from './waiting.ts';

/** Returns false if the mail answers no list. */
export async function settleNotice(mail: MailContext, arrived: Proved): Promise<boolean> {
  const { mail: read, author } = arrived;
  const person = author.id as PersonId;
  const threads = listThreadsIn(mail, arrived);
  if (!threads.length) return false;
  const found = await Promise.all(threads.map((one) => listOf(mail, person, one)));
  const at = found.findIndex((one) => one !== undefined);
  const list = found[at];
  if (!list) {
    await answered(mail, arrived, {
      text: mail.texts.fill('notice', 'which-other', { words: quotedWords(mail, read) }),
    });
    return true;
  }
  const reply = isPlain(read) ? await replyIn(mail, list, person, ownText(read)) : undefined;
  const done = reply && (await obeyListed(mail, arrived, list.things, reply));
  if (done?.refused) await answered(mail, arrived, { text: done.refused });
  else if (!done) await answered(mail, arrived, await which(mail, arrived, list, threads[at] ?? ''));
  return true;
}

/** A “yes” or “no” without a number is for the one thing that asks something, where there is one alone. */
async function replyIn(mail: MailContext, { things }: ListMail, person: PersonId, text: string) {
  const numbered = readListReply(text);
  if (numbered || !saysYesOrNo(text)) return numbered;
  const waits = await Promise.all(things.map((one) => stillWaits(mail, one, person)));
  const one = await onlyQuestion(
    mail.read,
    things.filter((_, n) => waits[n]),
  );
  return one && ({ kind: 'words', number: one.number, text: text.trim() } as const);
}

/** False for a mail with a file or a forwarded mail, which no command can take. */
function isPlain(read: Mail): boolean {
  return !readSubject(read.subject).forward && !read.forwarded.length && !filesOf(read).length;
}

/** Returns the mail that brings the words back, with what still waits. */
async function which(mail: MailContext, arrived: Proved, { things, everything }: ListMail, thread: string) {
  const { fill } = mail.texts;
  const words = quotedWords(mail, arrived.mail);
  if (everything) {
    const { lines, thread } = await waitingList(mail, arrived);
    return lines
      ? { text: fill('notice', 'which', { items: lines, words }), thread }
      : { text: fill('notice', 'which-none', { words }) };
  }
  const waits = await Promise.all(things.map((one) => stillWaits(mail, one, arrived.author.id as PersonId)));
  const open = things.filter((_, n) => waits[n]);
  if (!open.length) return { text: fill('notice', 'which-none', { words }) };
  const items = await mail.answerableLines(open, await zoneOf(mail.read, arrived.author));
  return { text: fill('notice', 'which', { items, words }), thread: { pod: ORG, thread } };
}

/** Returns all that the sender wrote, as a quote, with the names of their files. */
export function quotedWords({ texts }: MailContext, read: Mail): string {
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
async function answered(
  mail: MailContext,
  arrived: Proved,
  { text, thread }: { text: string; thread?: ReplyThread | undefined },
): Promise<void> {
  const { mail: read, author, at, answer } = arrived;
  const person = author.id as PersonId;
  const to = { person, mail: read, at, text, ...(thread ? { thread } : {}) };
  if (answer && (await mail.answer(to, `notice:${person}:${keyOf(arrived)}`))) return;
  throw new InvalidInput(
    'It answers a notice about several things. Nothing was done, and its sender could not be answered.',
  );
}
