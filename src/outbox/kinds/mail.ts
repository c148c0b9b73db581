// Sends a message of a conversation by mail to the people who follow the conversation there.
import { InvalidInput } from '../../errors.ts';
import { type DeliveryKind, MAIL_OUT } from '../kind.ts';
import { acknowledged, answerWithin, isReadElsewhere, taskOf } from '../mail/acknowledgement.ts';
import { carryMessage } from '../mail/gathered/carry-message.ts';
import { noMail } from '../mail/no-mail.ts';
import { readersOf } from '../mail/readers.ts';
import { reportRefused, reportUnreached } from '../mail/report-unreached.ts';
import { type MailDeps, type Mailing, targetOf } from '../mail/target.ts';
import { threadFacts } from '../mail/thread-facts.ts';
import type { Parts } from '../parts.ts';

export const mail: DeliveryKind<'mail'> = {
  // The acknowledgement of a mail that joined a task waits for none before it.
  lane: ({ conversation, message, joins }) => (joins ? `mail:${conversation}:${message}` : `mail:${conversation}`),
  resource: MAIL_OUT,
  promises: ['byte-identical'],
  // An earlier mail in the same lane may be waiting for this message.
  hastens: true,
  carry: async (parts, delivery, _signal, seen) => carryMail(mailDeps(parts), delivery, seen),
};

function mailDeps({ act, read, texts, clock, slack, mail }: Parts): MailDeps {
  if (!mail) throw noMail();
  const { out, reader } = mail;
  const { conversation: linkTo } = slack.links;
  return {
    act,
    read,
    texts,
    clock,
    out,
    reader,
    linkTo,
  };
}

/** `seen`: the messages that a mail which waits has looked at. */
export function carryMail(deps: MailDeps, delivery: Mailing, seen?: string): Promise<void> {
  return delivery.about === 'acknowledgement'
    ? carryAcknowledgement(deps, delivery)
    : carryMessage(deps, delivery, seen);
}

async function carryAcknowledgement(deps: MailDeps, delivery: Mailing): Promise<void> {
  const target = await targetOf(deps, delivery);
  if (!target) return;
  const { pod, conversation, message } = target;
  const facts = threadFacts(deps, target);
  const task = await taskOf(deps.read, message);
  // The task is made in the same commit, so it is there unless it was erased.
  if (!task) return;
  const begun = await deps.out.begun(delivery.id);
  const answer = begun || message.mail?.joined ? undefined : await answerWithin(deps, target);
  if (answer && (await isReadElsewhere(deps, target, answer))) return;
  const sending = deps.out.sendOnce(
    delivery.id,
    (stamp) => acknowledged(deps, target, task, stamp),
    { pod: pod.id, thread: conversation.id, n: delivery.id.split(':').slice(-2).join('-') },
    {
      ...facts,
      ...(answer ? { answer: answer.id } : {}),
      ...(task.assignee ? { assignee: task.assignee } : {}),
      ...(task.followers?.length ? { followers: task.followers } : {}),
      ...(begun ? {} : { readers: await readersOf(deps.read, pod.id, message.by) }),
      ...(task.proposed && !task.due ? { proposed: task.proposed } : {}),
    },
  );
  const lost = { to: target.to, questions: [] };
  const refused = await sending.catch(async (error: unknown) => {
    if (error instanceof InvalidInput) await reportRefused(deps, delivery, lost);
    throw error;
  });
  if (refused.length) await reportUnreached(deps, delivery, lost, refused);
}
