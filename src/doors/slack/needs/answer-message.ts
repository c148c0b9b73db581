// Handles the edit and the deletion of words that answered a question. An edit changes the answer, and the agent or
// person who hears the outcome is told the difference. The author of deleted words is told whether the answer stands, and
// what can't be taken back.
import { NotAllowed } from '../../../errors.ts';
import { isPerson, type PersonId } from '../../../log/participant.ts';
import type { Deleted } from '../../../pods/conversations/delete-message.ts';
import type { MessageDoc } from '../../../pods/conversations/message.ts';
import { called, namesOfAll } from '../../../pods/people/directory.ts';
import { PEOPLE } from '../../../pods/people/person.ts';
import type { QuestionDoc } from '../../../pods/questions/question.ts';
import { type AnswerLeft, answerIn } from '../../../pods/questions/settling/taken-back/answer-in.ts';
import type { MessageDeleted } from '../../../slack/parse/inbound.ts';
import { notice } from '../../../slack/render/blocks.ts';
import { mailedDigest } from '../../notices/mailed-digest.ts';
import type { SlackContext } from '../context.ts';
import { slackAccount } from '../people/people.ts';

/** `message`: the message before the edit; `text`: its new words; `key`: that of the edit. */
export async function answerEdited(slack: SlackContext, message: MessageDoc, text: string, key: string): Promise<void> {
  const { pod, by } = message;
  const answered = isPerson(by) && text.trim() ? await answerIn(slack.read, message) : undefined;
  if (!answered || !isPerson(by)) return;
  const input = { question: answered.question.id, text };
  try {
    await slack.act({ pod, actor: by, via: 'slack', action: 'change_answer', input, key: `answer:${key}` });
  } catch (error) {
    // A person who has left the pod changes no answer any more.
    if (!(error instanceof NotAllowed)) throw error;
  }
}

export async function answerDeleted(
  slack: SlackContext,
  gone: MessageDeleted,
  { by }: MessageDoc,
  { answer, ...digests }: Deleted,
): Promise<void> {
  const told = [...(answer ? [await answerLeft(slack, answer)] : []), ...mailedDigest(slack.texts, digests)];
  const person = told.length ? await slack.read.get(PEOPLE, by) : undefined;
  const start = slackAccount(slack.identity.teamId, '');
  const user = person?.accounts.find((one) => one.startsWith(start))?.slice(start.length);
  if (!user) return;
  const post = notice(told.join('\n'));
  await slack.sender.ephemeral({ channel: gone.channel, user, post, threadTs: gone.threadTs });
}

/** The words below a notice that gave the answer are deleted. Returns what became of it, in words for its author. */
export async function takeBackAnswer(
  slack: SlackContext,
  { pod, id }: QuestionDoc,
  actor: PersonId,
  key: string,
): Promise<string | undefined> {
  const asked = { pod, actor, via: 'slack', action: 'take_back_answer', input: { question: id }, key } as const;
  const { result } = await slack.act<{ answer?: AnswerLeft }>(asked);
  return result.answer && answerLeft(slack, result.answer);
}

async function answerLeft(
  { read, texts: { fill } }: SlackContext,
  { question: number, hearer }: AnswerLeft,
): Promise<string> {
  if (!hearer) return fill('notice', 'answer-back', { number });
  return fill('notice', 'answer-stands', { number, person: called(await namesOfAll(read, [hearer]), hearer).name });
}
