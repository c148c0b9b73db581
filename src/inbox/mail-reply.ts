// A reply by mail: its commands are done, what else it says becomes a message of the conversation.
import { type ReplyCommand, readCommands } from '../email/reply-command.ts';
import { splitForward } from '../email/split-forward.ts';
import { readSubject } from '../email/subject.ts';
import { trimReply } from '../email/trim-reply.ts';
import { NotFound, Told } from '../errors.ts';
import type { ParticipantId, PersonId } from '../pods/participant.ts';
import type { ConversationDoc } from '../pods/views/conversation.ts';
import type { Destination, MailContext, Proved } from './mail-context.ts';
import { takeFiles } from './mail-files.ts';
import { once } from './mail-once.ts';
import { keyOf, originOf } from './mail-origin.ts';
import { commandKey } from './mail-rate.ts';
import { askedAlone, membersIn } from './mail-recipients.ts';
import { cut, OUTSIDE_CHARS, TEXT_CHARS, told } from './mail-texts.ts';

type Going = Destination & { conversation: ConversationDoc };

export function messageFromReply(mail: MailContext, arrived: Proved, to: Going): Promise<void> {
  return once(mail, arrived, { pod: to.pod.id, by: arrived.author.id }, () => obeyAndSay(mail, arrived, to));
}

async function obeyAndSay(mail: MailContext, arrived: Proved, to: Going): Promise<void> {
  const { mail: read, author, answer } = arrived;
  const forward = splitForward(read);
  const { commands, rest } = readCommands(forward ? forward.above : trimReply(read).written);
  const by = author.id as ParticipantId;
  const key = keyOf(arrived);
  const refused: string[] = [];
  for (const [n, command] of commands.entries())
    await obey(mail, to, by, command, commandKey(to.conversation.id, by, `${key}:${n}`)).catch((error: unknown) => {
      if (!(error instanceof Told)) throw error;
      refused.push(`${shown(command)}: ${error.message}`);
    });
  const outside = forward && cut(forward.forwarded.map(told).join('\n\n---\n\n'), OUTSIDE_CHARS);
  const reached = (await membersIn(mail, to.pod.id, read)).filter((one) => one !== author.id);
  const agent = await askedAlone(mail, to.pod.id, read);
  const origin = originOf(arrived, {
    ...(outside ? { outside } : {}),
    ...(answer ? {} : { quiet: true }),
    ...(reached.length ? { reached } : {}),
    ...(agent ? { agent } : {}),
  });
  const title = readSubject(read.subject).title;
  const { names, left } = await takeFiles(mail, read, { pod: to.pod.id, by, title, key, origin, at: arrived.at });
  const files = names.length ? `_With_ ${names.map((name) => `\`${name.replaceAll('`', "'")}\``).join(', ')}` : '';
  const text = [cut(rest, TEXT_CHARS), files, ...left].filter(Boolean).join('\n\n');
  if (text || outside) {
    await mail.blobs.put(to.pod.id, arrived.hash, arrived.raw);
    await mail.act({
      pod: to.pod.id,
      actor: by,
      via: 'email',
      action: 'post_message',
      input: { conversation: to.conversation.id, text: text || '_(a forwarded mail)_' },
      key,
      origin,
    });
  }
  if (refused.length && answer)
    await mail.answer(
      {
        person: author.id as PersonId,
        mail: read,
        at: arrived.at,
        text: `This could not be done:\n\n${refused.map((one) => `- ${one}`).join('\n')}`,
      },
      `refused:${key}`,
    );
}

async function obey(
  mail: MailContext,
  to: Going,
  actor: ParticipantId,
  command: ReplyCommand,
  key: string,
): Promise<void> {
  const task = command.task ?? (await taskOf(mail, to.conversation));
  const act = (action: string, input: object) =>
    mail.act({ pod: to.pod.id, actor, via: 'email', action, input: { task, ...input }, key });
  switch (command.kind) {
    case 'done':
      await act('complete_task', command.note ? { note: command.note } : {});
      return;
    case 'reopen':
      await act('reopen_task', command.note ? { note: command.note } : {});
      return;
    case 'assign':
      await act('assign_task', { assignee: command.to });
      return;
    default:
      command satisfies never;
  }
}

/** The newest task of the conversation. */
async function taskOf({ read }: MailContext, { id, pod }: ConversationDoc): Promise<string> {
  const tasks = await read.find('tasks', { where: { conversation: id }, limit: 100 });
  const newest = tasks.filter((task) => task.pod === pod && !task.erased).sort((a, b) => b.number - a.number)[0];
  if (newest) return newest.id;
  throw new NotFound('No task belongs to this conversation. Name one by its number, as in “done #3”.');
}

function shown({ kind, task }: ReplyCommand): string {
  return task ? `${kind} ${task}` : kind;
}
