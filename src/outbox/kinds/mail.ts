// Sends a message of a conversation by mail to the people who follow the conversation there.
import type { Outgoing } from '../../email/render/compose-mail.ts';
import { Conflict, InvalidInput, NotYet } from '../../errors.ts';
import type { PersonId } from '../../log/participant.ts';
import { called, namesOfAll } from '../../pods/people/directory.ts';
import { type DeliveryKind, MAIL_OUT } from '../kind.ts';
import { acknowledged, answerWithin, hadWithIt, isReadElsewhere, taskOf } from '../mail/acknowledgement.ts';
import { answerIn } from '../mail/answer.ts';
import type { Stamp } from '../mail/mail-out.ts';
import { noMail } from '../mail/no-mail.ts';
import { beginsThread, readersOf } from '../mail/readers.ts';
import { head, type MailDeps, type Mailing, type MailTarget, senderOf, targetOf } from '../mail/target.ts';
import type { Parts } from '../parts.ts';
import { questionUnreached } from '../unreached.ts';

export const mail: DeliveryKind<'mail'> = {
  lane: ({ conversation }) => `mail:${conversation}`,
  resource: MAIL_OUT,
  promises: ['byte-identical'],
  // An acknowledgement in the same lane may be waiting for this answer.
  hastens: true,
  carry: async (parts, delivery) => carryMail(mailDeps(parts), delivery),
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

export async function carryMail(deps: MailDeps, delivery: Mailing): Promise<void> {
  const found = await targetOf(deps, delivery);
  const target = found && withoutThose(found, await hadBy(deps, delivery));
  if (!target) return;
  const { pod, conversation } = target;
  const shown = lookThere(target);
  if (shown) waitForThread(deps, target);
  const link = shown ? deps.linkTo(conversation) : undefined;
  const { messageId: parent, references } = conversation.mail ?? {};
  const n = delivery.id.split(':').slice(-2).join('-');
  const task = delivery.about === 'acknowledgement' ? await taskOf(deps.read, conversation.id) : undefined;
  const isFirst = task && !(await deps.out.begun(delivery.id));
  const answer = isFirst ? await answerWithin(deps, target) : undefined;
  if (answer && (await isReadElsewhere(deps, target, answer))) return;
  const readers = isFirst
    ? await readersOf(deps.read, pod.id, target.message.by)
    : await readersOfThread(deps, delivery, target);
  const sending = deps.out.sendOnce(
    delivery.id,
    (stamp) => (task ? acknowledged(deps, target, task, stamp) : said(deps, target, stamp)),
    { pod: pod.id, thread: conversation.id, n },
    {
      ...(link ? { link } : {}),
      ...(parent && isReal(parent) ? { parent } : {}),
      ...(parent && references?.length ? { references } : {}),
      ...(answer ? { answer: answer.id } : {}),
      ...(task?.assignee ? { assignee: task.assignee } : {}),
      ...(task?.followers?.length ? { followers: task.followers } : {}),
      ...(readers ? { readers } : {}),
      ...(task?.proposed && !task.due ? { proposed: task.proposed } : {}),
    },
  );
  const refused = await sending.catch(async (error: unknown) => {
    if (error instanceof InvalidInput) await reportRefused(deps, delivery, target);
    throw error;
  });
  if (refused.length) await reportUnreached(deps, delivery, target, refused);
}

async function readersOfThread({ read }: MailDeps, { about }: Mailing, { pod, message }: MailTarget) {
  return about === 'message' && (await beginsThread(read, pod, message)) ? readersOf(read, pod.id) : undefined;
}

async function hadBy(deps: MailDeps, delivery: Mailing): Promise<readonly string[]> {
  return delivery.about === 'message' ? hadWithIt(deps, delivery) : [];
}

function withoutThose(target: MailTarget, had: readonly string[]): MailTarget | undefined {
  const to = target.to.filter(({ id }) => !had.includes(id));
  return to.length ? { ...target, to } : undefined;
}

/** False for an id that Skein made for a mail without a Message-ID. */
function isReal(messageId: string): boolean {
  return !messageId.endsWith('@content>');
}

/** Reports once, in the conversation, which recipients the server refused. */
async function reportUnreached(
  { act, texts: { fill } }: MailDeps,
  delivery: Mailing,
  { to, message: { question } }: MailTarget,
  refused: string[],
): Promise<void> {
  const lower = refused.map((address) => address.toLowerCase());
  const missed = to.filter(({ email = '' }) => lower.includes(email.toLowerCase()));
  const names = missed.map(({ name }) => name);
  const people = names.length ? names.join(', ') : fill('undelivered', 'everybody');
  const text = fill('undelivered', 'refused-address', { people });
  const { id, pod, conversation } = delivery;
  const input = { conversation, text };
  await act({ pod, actor: 'skein', via: 'email', action: 'post_message', input, key: `unreached:${id}` }).catch(
    (error: unknown) => {
      // A Conflict means that an earlier attempt reported it. The text differs because people have changed their names
      // since.
      if (!(error instanceof Conflict)) throw error;
    },
  );
  await passOn({ act }, delivery, question, missed);
}

/** A question passes on from everybody whom its mail did not reach. */
async function passOn(
  { act }: Pick<MailDeps, 'act'>,
  { id, pod, about }: Mailing,
  question: string | undefined,
  missed: MailTarget['to'],
): Promise<void> {
  if (!question || about !== 'message') return;
  for (const person of missed) await questionUnreached({ act }, { id, pod, question, person: person.id as PersonId });
}

/** Reports in the conversation that the server refused the mail for good, as after a bounce. */
async function reportRefused({ act, texts }: MailDeps, delivery: Mailing, { to, message }: MailTarget): Promise<void> {
  const { id, pod, conversation } = delivery;
  const text = texts.fill('undelivered', 'refused');
  const input = { conversation, text };
  await act({ pod, actor: 'skein', via: 'email', action: 'post_message', input, key: `unsent:${id}` });
  await passOn({ act }, delivery, message.question, to);
}

/** True if all recipients can open the link to Slack: all of them get the same mail. */
function lookThere({ to }: MailTarget): boolean {
  return to.every(({ accounts }) => accounts.some((account) => account.startsWith('slack:')));
}

/** The longest time that a mail waits for the conversation's place in Slack, which its link needs. */
const WAIT_MS = 5_000;
const LOOK_MS = 1_250;

function waitForThread({ clock }: MailDeps, { conversation: { place, startedAt } }: MailTarget): void {
  // A start in the future means that the clock was set back. Without this check the mail could wait very long.
  if (place.kind !== 'slack' || place.thread || Math.abs(clock() - startedAt) > WAIT_MS) return;
  throw new NotYet('The thread of this conversation is still being posted.', LOOK_MS);
}

async function said(deps: MailDeps, target: MailTarget, stamp: Stamp): Promise<Outgoing> {
  const { message, pod } = target;
  const names = await namesOfAll(deps.read, [message.by]);
  const sender = await senderOf(deps, pod, message.by, called(names, message.by).name);
  return { ...(await head(deps, target, stamp, sender)), ...(await answerIn(deps, target, stamp)) };
}
