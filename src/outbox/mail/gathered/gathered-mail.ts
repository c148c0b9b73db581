// Renders several messages of a conversation as one mail: the oldest first, each under the name of its author. One
// message alone is rendered as an answer.
import type { Outgoing } from '../../../email/render/compose-mail.ts';
import { escapeMarkdown } from '../../../email/render/escape-markdown.ts';
import { MESSAGES, type MessageDoc } from '../../../pods/conversations/message.ts';
import { shownTo } from '../../../pods/mail/message-parts.ts';
import { called, namesOfAll } from '../../../pods/people/directory.ts';
import { answerHint, answerIn } from '../answer.ts';
import type { GatheredMail, Stamp } from '../mail-out.ts';
import { head, type MailDeps, type MailTarget, senderOf } from '../target.ts';

export interface GatheredMessage {
  message: MessageDoc;
  text: string;
}

/** A message that was erased in the meantime is not sent. */
export async function messagesOf({ read }: MailDeps, { messages }: GatheredMail): Promise<GatheredMessage[]> {
  const found = await Promise.all(
    messages.map(async (id): Promise<GatheredMessage[]> => {
      const message = await read.get(MESSAGES, id);
      const shown = message && !message.erased ? await shownTo(read, message) : undefined;
      return message && shown ? [{ message, text: shown.text }] : [];
    }),
  );
  return found.flat();
}

/** `target`: with the newest of the messages, whose author sends the mail. */
export async function gatheredMail(
  deps: MailDeps,
  target: MailTarget,
  messages: readonly GatheredMessage[],
  stamp: Stamp,
): Promise<Outgoing> {
  const { pod, message } = target;
  const names = await namesOfAll(deps.read, [message.by]);
  const sender = await senderOf(deps, pod, message.by, called(names, message.by).name);
  const [first] = messages;
  const gives = messages.flatMap((one) => one.message.gives ?? []);
  const said =
    first && messages.length > 1
      ? {
          message: { ...message, gives },
          text: await inOrder(deps, target, messages, stamp),
          pod,
          to: target.to,
          after: first.message,
        }
      : target;
  return { ...(await head(deps, target, stamp, sender)), ...(await answerIn(deps, said, stamp)) };
}

async function inOrder(
  { read, texts }: MailDeps,
  { to }: MailTarget,
  messages: readonly GatheredMessage[],
  stamp: Stamp,
): Promise<string> {
  const names = await namesOfAll(
    read,
    messages.map(({ message: { by } }) => by),
  );
  const sections = await Promise.all(
    messages.map(async ({ message, text }, n) => {
      const name = escapeMarkdown(called(names, message.by).name);
      // The hint of the newest stands below all of them.
      const hint = n < messages.length - 1 ? await answerHint(read, texts, { message, to }, stamp) : '';
      return [`**${texts.fill('mail-frame', 'quoted', { name })}**`, text, hint].filter(Boolean).join('\n\n');
    }),
  );
  return sections.join('\n\n');
}
