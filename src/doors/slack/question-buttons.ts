// The buttons of a question: each gives an option, or says that the words of a message answer it.
import type { PersonDoc } from '../../pods/people/person.ts';
import type { Inbound } from '../../slack/parse/inbound.ts';
import { notice } from '../../slack/render/blocks.ts';
import type { Post } from '../../slack/render/render.ts';
import { enter } from '../enter.ts';
import type { SlackContext } from './context.ts';

type Button = Extract<Inbound, { kind: 'button' }>;

/** The post with the buttons is updated by the answer's own delivery. Only a late answer is told to its author here. */
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
  // These words were given to one of several questions: its buttons go.
  if (message) await reply(notice(slack.texts.fill('question', 'taken')), true);
}
