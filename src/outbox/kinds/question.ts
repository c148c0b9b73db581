// Reminds a person of open questions: in their thread with buttons, in a direct message, or by mail.
import { Retryable } from '../../errors.ts';
import type { ParticipantId, PersonId } from '../../log/participant.ts';
import { CONVERSATIONS, type ConversationDoc } from '../../pods/conversations/conversation.ts';
import type { DeliveryOf } from '../../pods/deliveries.ts';
import { MEMBERS, memberId } from '../../pods/members/member.ts';
import { ownersIn } from '../../pods/members/members-of.ts';
import { PEOPLE, type PersonDoc } from '../../pods/people/person.ts';
import { QUESTIONS, type QuestionDoc } from '../../pods/questions/question.ts';
import { waitsFor } from '../../pods/questions/settling/stand-in.ts';
import { type DeliveryKind, SLACK_APP } from '../kind.ts';
import { mailQuestions } from '../mail/question-mail.ts';
import type { Parts } from '../parts.ts';
import { remindInSlack, showReminders } from '../slack/questions/remind.ts';
import { slackUserOf } from '../slack/slack-user.ts';

type Delivery = DeliveryOf<'question'>;

export const question: DeliveryKind<'question'> = {
  lane: ({ conversation }) => `question:${conversation}`,
  resource: SLACK_APP,
  // The first guarantee is for Slack, the second for mail.
  promises: ['look-up', 'byte-identical'],
  carry: bring,
};

async function bring(parts: Parts, delivery: Delivery): Promise<void> {
  const { read } = parts;
  if (delivery.about === 'changed') return showReminders(parts, delivery.questions);
  const late = delivery.about === 'late' || delivery.about === 'over';
  const conversation = await read.get(CONVERSATIONS, delivery.conversation);
  const found = await Promise.all(delivery.questions.map((id) => read.get(QUESTIONS, id)));
  // How a question has ended is said also of an erased one, because that has none of its words.
  const questions = found.filter((one): one is QuestionDoc => one !== undefined && (late || !one.erased));
  if (!conversation) return;
  const failed: unknown[] = [];
  for (const id of delivery.to.length ? delivery.to : await ownersIn(parts.read, delivery.pod)) {
    const person = await here(parts, delivery.pod, id);
    const waiting = questions.filter((one) => waitsFor(one, id));
    // Among several that the words may be for, the person also reads how those that are over have ended.
    const left = late || (delivery.about === 'which' && waiting.length) ? questions : waiting;
    if (!person) continue;
    await bringTo(parts, delivery, conversation, person, left).catch((error: unknown) => failed.push(error));
  }
  // If one notice fails, the others are still sent. A Retryable is thrown before other errors, so that all are retried.
  if (failed.length) throw failed.find((error) => error instanceof Retryable) ?? failed[0];
}

async function here({ read }: Parts, pod: string, id: PersonId): Promise<PersonDoc | undefined> {
  const [person, member] = await Promise.all([
    read.get(PEOPLE, id),
    read.get(MEMBERS, memberId(pod, id as ParticipantId)),
  ]);
  return person?.state === 'in' && member?.state === 'in' ? person : undefined;
}

async function bringTo(
  parts: Parts,
  delivery: Delivery,
  conversation: ConversationDoc,
  person: PersonDoc,
  questions: readonly QuestionDoc[],
): Promise<void> {
  const { read, texts, slack, mail, logger } = parts;
  const key = `${delivery.id}:${person.id}`;
  const user = slackUserOf(person, slack.team);
  if (user) return remindInSlack(parts, { delivery, conversation, person, user, questions, key });
  if (!questions.length) return;
  if (mail && person.email)
    return mailQuestions({ read, texts, out: mail.out }, { delivery, conversation, person, questions, key });
  logger.warn('question not brought to a person', { delivery: delivery.id });
}
