// Says in a conversation what the commands of a mail did there.
import type { PersonId } from '../../../log/participant.ts';
import { PEOPLE } from '../../../pods/people/person.ts';
import type { MailContext, Proved } from '../context.ts';
import { keyOf, originOf } from '../origin.ts';
import type { Going, Happened } from './happened.ts';

/** Posts one message to the task's conversation, for its readers in Slack and by mail. */
export async function notifyAll(
  mail: MailContext,
  arrived: Proved,
  to: Going,
  happened: readonly Happened[],
  reached: PersonId[],
): Promise<void> {
  const conversation = happened[0]?.conversation ?? to.conversation.id;
  const { messageId, references } = originOf(arrived);
  const notifies = await withoutSlack(
    mail,
    to,
    happened.flatMap(({ assigned }) => assigned ?? []),
  );
  await mail.act({
    pod: to.pod.id,
    actor: 'skein',
    via: 'email',
    action: 'post_message',
    input: { conversation, text: happened.map(({ words }) => words).join('\n\n') },
    key: `obeyed:${keyOf(arrived)}:${conversation}`,
    origin: {
      kind: 'email',
      messageId,
      ...(references ? { references } : {}),
      reached,
      ...(notifies.length ? { notifies } : {}),
    },
  });
}

/**
 * Returns the people whom a mention in the pod's channel does not reach, because they have no account in that
 * workspace.
 */
async function withoutSlack({ read }: MailContext, { pod }: Going, people: PersonId[]): Promise<PersonId[]> {
  const { place } = pod;
  if (place.kind !== 'slack') return people;
  const docs = await Promise.all(people.map((one) => read.get(PEOPLE, one)));
  return people.filter((_, n) => !docs[n]?.accounts.some((account) => account.startsWith(`slack:${place.team}:`)));
}
