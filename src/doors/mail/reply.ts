// Handles a reply by mail: performs its commands, and posts the rest as a message of the conversation.

import type { Mail } from '../../email/mail.ts';
import { invitesIn } from '../../email/parse/calendar.ts';
import { mailsIn, showsQuotes } from '../../email/quotes/split-mail.ts';
import { readSubject } from '../../email/quotes/subject.ts';
import { type Reply, trimReply } from '../../email/quotes/trim-reply.ts';
import type { ParticipantId, PersonId } from '../../log/participant.ts';
import { MESSAGES } from '../../pods/conversations/message.ts';
import { commandsIn } from '../notices/task-commands.ts';
import { ownDay } from '../own-day.ts';
import type { Commanded } from '../replies/command.ts';
import { isYes, mayPart } from '../replies/reply-command.ts';
import type { Going } from './commands/happened.ts';
import { obeyAll } from './commands/obey.ts';
import { dayTaken } from './commands/take-day.ts';
import type { MailContext, Proved } from './context.ts';
import { answerEmpty } from './empty/answer-empty.ts';
import { takeFiles } from './files.ts';
import { knownIn } from './known-mail.ts';
import { once } from './once.ts';
import { keyOf, originOf } from './origin.ts';
import { askedAlone, copiedIn, membersIn } from './recipients.ts';
import { cut, forwardedTexts, notesOf, OUTSIDE_CHARS, TEXT_CHARS } from './texts.ts';

export function messageFromReply(mail: MailContext, arrived: Proved, to: Going): Promise<void> {
  return once(mail, arrived, { pod: to.pod.id, by: arrived.author.id }, () => obeyAndSay(mail, arrived, to));
}

/**
 * Removes the quotes that match texts of the conversation. Reads the original mails only if quotes are left after that.
 */
async function trimmed(mail: MailContext, read: Mail, to: Going): Promise<Reply> {
  const reply = trimReply(read, await knownIn(mail, to, false));
  return reply.outside.length ? trimReply(read, await knownIn(mail, to, true)) : reply;
}

/** Returns the subject if a person wrote their answer into it. A subject that a mail program made is ignored. */
async function ownSubject({ read }: MailContext, mail: Mail, { conversation }: Going, rest: string): Promise<string> {
  const { title, reply, forward } = readSubject(mail.subject);
  if (!title || reply || forward) return '';
  const { titleRef } = conversation;
  const before = titleRef && (await read.texts([titleRef])).get(titleRef);
  if (before === undefined ? rest !== '' : mail.subject.toLowerCase().includes(before.toLowerCase())) return '';
  return `**${title.replaceAll('**', '')}**`;
}

/** True for a forward without a recognisable beginning. Its first line may be another person's, so it is no command. */
function mayBeTheirs(mail: Mail): boolean {
  return readSubject(mail.subject).forward && !showsQuotes(mail);
}

async function saidIn(mail: MailContext, arrived: Proved, to: Going, written: string): Promise<Commanded> {
  const { mail: read, author, at } = arrived;
  if (mayBeTheirs(read)) return { commands: [], rest: written };
  const taken = isYes(written) ? await dayTaken(mail, arrived, to) : undefined;
  if (taken) return { commands: [taken], rest: '' };
  const joined = mayPart(written) ? await joinedMail(mail, to, author.id as PersonId) : undefined;
  return commandsIn(mail.read, written, { task: to.task, joined, ...(await ownDay(mail.read, author, at)) });
}

/** Returns the author's newest mail of the conversation that joined its task. */
async function joinedMail({ read }: MailContext, { conversation }: Going, by: PersonId): Promise<string | undefined> {
  const where = { conversation: conversation.id };
  const newest = await read.find(MESSAGES, { where, sort: [['posted', 'desc']], limit: MOST_EARLIER });
  return newest.find((one) => one.by === by && one.mail?.joined)?.id;
}

/** The newest messages among which a mail that joined the task is looked for. */
const MOST_EARLIER = 100;

async function obeyAndSay(mail: MailContext, arrived: Proved, to: Going): Promise<void> {
  const { mail: read, author, answer } = arrived;
  const reply = await trimmed(mail, read, to);
  const { commands, rest } = await saidIn(mail, arrived, to, reply.repeats ? '' : reply.written);
  const by = author.id as ParticipantId;
  const key = keyOf(arrived);
  const brought = forwardedTexts([...reply.outside, ...read.forwarded.flatMap(mailsIn), ...invitesIn(read)]);
  const outside = brought && cut(brought, OUTSIDE_CHARS);
  const reached = (await membersIn(mail, to.pod.id, read)).filter((one) => one !== author.id);
  const agent = await askedAlone(mail, to.pod.id, read);
  const origin = originOf(arrived, {
    ...(outside ? { outside } : {}),
    ...(answer ? {} : { quiet: true }),
    ...(reached.length ? { reached } : {}),
    ...(agent ? { agent } : {}),
    ...(await copiedIn(mail, to.pod, read)),
  });
  const title = readSubject(read.subject).title;
  const { names, left } = await takeFiles(mail, read, { pod: to.pod.id, by, title, key, origin, at: arrived.at });
  const notes = [...notesOf(read), ...left];
  const subject = await ownSubject(mail, read, to, rest);
  const speaks = rest !== '' || names.length > 0 || notes.length > 0 || Boolean(outside);
  const obeyed = await obeyAll(mail, arrived, to, commands, { reached, speaks });
  const { refused, done, kept, remaining, answers, wakes } = obeyed;
  const text = [remaining.join('\n'), subject, cut(rest, TEXT_CHARS)].filter(Boolean).join('\n\n');
  const says = text || kept.length > 0 || names.length > 0 || notes.length > 0;
  if (!says && !outside && !commands.length) await answerEmpty(mail, arrived, to, true);
  if (says || outside) {
    await mail.blobs.put(to.pod.id, arrived.hash, arrived.raw);
    await mail.act({
      pod: to.pod.id,
      actor: by,
      via: 'email',
      action: 'post_message',
      input: { conversation: to.conversation.id, text },
      key,
      origin: {
        ...{ ...origin, files: names, notes },
        ...(kept.length ? { refused: kept } : {}),
        ...(wakes.length ? { wakes } : {}),
      },
    });
  }
  if (answers.length && answer)
    await mail.answer(
      { person: author.id as PersonId, mail: read, at: arrived.at, text: answers.join('\n') },
      `answered:${key}`,
    );
  if (refused.length && answer)
    await mail.answer(
      {
        person: author.id as PersonId,
        mail: read,
        at: arrived.at,
        text: refusedWords(mail, { refused, done }),
      },
      `refused:${key}`,
    );
}

/** Says that nothing was done, or what was done before the refusal. */
function refusedWords({ texts }: MailContext, { refused, done }: { refused: string[]; done: string[] }): string {
  const list = (lines: string[]) => lines.map((one) => `- ${one}`).join('\n');
  const reasons = list(refused);
  if (!done.length) return texts.fill('mail-refused', 'commands', { reasons });
  return texts.fill('mail-refused', 'commands-from-here', { reasons, done: list(done.map((line) => `“${line}”`)) });
}
