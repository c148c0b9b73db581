// Renders a message as a mail from its author, and quotes below it the message that it answers.

import type { Outgoing } from '../../email/render/compose-mail.ts';
import { type Acknowledged, type Rendered, renderAnswer } from '../../email/render/render-mail.ts';
import type { Reader } from '../../log/action.ts';
import { isAgent, isPerson, type ParticipantId } from '../../log/participant.ts';
import { MESSAGES, type MessageDoc } from '../../pods/conversations/message.ts';
import { written } from '../../pods/mail/mail-words.ts';
import { partRefs, partsOf } from '../../pods/mail/message-parts.ts';
import { called, namesOfAll } from '../../pods/people/directory.ts';
import { QUESTIONS } from '../../pods/questions/question.ts';
import type { Texts } from '../../texts/texts.ts';
import { attachmentsOf } from '../files/attachments.ts';
import type { Stamp } from './mail-out.ts';
import { replyHint } from './question-mail.ts';
import { readersWords } from './readers.ts';
import { linksOf, type MailDeps, type MailTarget } from './target.ts';

/** `after`: the oldest of several messages in the mail. What they answer stands before it. */
type Said = Pick<MailTarget, 'message' | 'text' | 'pod' | 'to'> & { after?: MessageDoc };

export async function answerIn(
  { read, texts }: Pick<MailDeps, 'read' | 'texts'>,
  said: Said,
  stamp: Stamp,
  acknowledges?: Acknowledged,
): Promise<Rendered & Pick<Outgoing, 'attachments'>> {
  const { fill } = texts;
  const { pod, message, text } = said;
  const before = await answeredIn(read, said);
  const { attachments, notes } = await attachmentsOf({ read, texts }, message);
  const names = await namesOfAll(read, [message.by, before?.by]);
  // An acknowledgement has them in its own list.
  const { readers } = stamp.facts;
  const shown = readers && !acknowledges ? `*${await readersWords({ read, texts }, readers, pod)}*` : '';
  const rendered = renderAnswer({
    markdown: [text, ...notes, await answerHint(read, texts, said, stamp), shown].filter(Boolean).join('\n\n'),
    foot: fill('mail-frame', isAgent(message.by) ? 'agent-foot' : 'member-foot', {
      name: called(names, message.by).name,
      pod: pod.name,
    }),
    links: linksOf(texts, stamp),
    ...(acknowledges ? { acknowledges } : {}),
    ...(before
      ? {
          quoted: {
            introduction: fill('mail-frame', 'quoted', { name: called(names, before.by).name }),
            text: before.text,
          },
        }
      : {}),
  });
  return { ...rendered, ...(attachments ? { attachments } : {}) };
}

/** Returns the sentence below an open question that says how to answer it by mail. */
export async function answerHint(
  read: Reader,
  { fill }: Texts,
  { message, to }: Pick<Said, 'message' | 'to'>,
  { date }: Stamp,
): Promise<string> {
  const { question: id } = message;
  const question = id ? await read.get(QUESTIONS, id) : undefined;
  return question?.state === 'open' ? replyHint({ read, fill }, question, { to, date }) : '';
}

/** Returns the newest earlier message by another author. It is quoted, so that the mail is understandable alone. */
async function answeredIn(
  read: Reader,
  { message, after = message }: Said,
): Promise<{ by: ParticipantId; text: string } | undefined> {
  const where = { conversation: after.conversation, posted: { lt: after.posted } };
  const earlier = await read.find(MESSAGES, { where, sort: [['posted', 'desc']], limit: 10 });
  const before = earlier.find(({ by, erased }) => isPerson(by) && by !== after.by && !erased);
  const text = before && written(partsOf(before, await read.texts(partRefs(before))));
  return text ? { by: before.by, text } : undefined;
}
