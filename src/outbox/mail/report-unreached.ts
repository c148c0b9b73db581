// Reports in the conversation whom a mail did not reach, because the mail server refused them. Their questions pass on.
import { Conflict } from '../../errors.ts';
import type { PersonId } from '../../log/participant.ts';
import type { PersonDoc } from '../../pods/people/person.ts';
import { questionUnreached } from '../unreached.ts';
import type { MailDeps, Mailing } from './target.ts';

/** A mail that did not reach everybody. `questions`: the ids of the questions in it. */
export interface Lost {
  to: readonly PersonDoc[];
  questions: readonly string[];
}

/** Reports once, in the conversation, which recipients the server refused. */
export async function reportUnreached(
  { act, texts: { fill } }: MailDeps,
  delivery: Mailing,
  { to, questions }: Lost,
  refused: readonly string[],
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
  await passOn({ act }, delivery, { to: missed, questions });
}

/** Reports in the conversation that the server refused the mail for good, as after a bounce. */
export async function reportRefused({ act, texts }: MailDeps, delivery: Mailing, lost: Lost): Promise<void> {
  const { id, pod, conversation } = delivery;
  const text = texts.fill('undelivered', 'refused');
  const input = { conversation, text };
  await act({ pod, actor: 'skein', via: 'email', action: 'post_message', input, key: `unsent:${id}` });
  await passOn({ act }, delivery, lost);
}

/** A question passes on from everybody whom its mail did not reach. */
async function passOn({ act }: Pick<MailDeps, 'act'>, { id, pod }: Mailing, { to, questions }: Lost): Promise<void> {
  for (const question of questions)
    for (const person of to) await questionUnreached({ act }, { id, pod, question, person: person.id as PersonId });
}
