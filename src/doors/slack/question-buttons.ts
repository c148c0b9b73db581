// Handles the buttons of a question. Each one chooses an option, or assigns a person's message to this question as its
// answer.
import type { PersonDoc } from '../../pods/people/person.ts';
import type { Inbound } from '../../slack/parse/inbound.ts';
import { notice } from '../../slack/render/blocks.ts';
import type { Post } from '../../slack/render/render.ts';
import { enter } from '../enter.ts';
import type { SlackContext } from './context.ts';

type Button = Extract<Inbound, { kind: 'button' }>;

/**
 * Records the answer. The answer's own delivery updates the post with the buttons. If the answer came too late, the
 * person gets a notice.
 */
export async function answerPressed(
  slack: SlackContext,
  { value, triggerId }: Button,
  person: PersonDoc,
  reply: (post: Post, replaceOriginal?: boolean) => Promise<void>,
): Promise<void> {
  const [pod = '', question = '', choice = '', message = ''] = value.split('/');
  const input = { question, ...(choice ? { choice } : {}), ...(message ? { message } : {}) };
  const key = `answer:${triggerId}`;
  const { result } = await enter(slack, {
    as: person,
    pod: { id: pod },
    action: 'answer_question',
    input,
    via: 'slack',
    key,
  });
  const { late } = result as { late?: string };
  if (late) return reply(notice(late));
  // The message could answer several questions and now belongs to one, so the notice replaces the buttons.
  if (message) await reply(notice(slack.texts.fill('question', 'taken')), true);
}
