// Renders open questions for one person in Slack: a line that mentions the person, and the buttons of each question.
import type { Reader } from '../../log/action.ts';
import type { DeliveryOf } from '../../pods/deliveries.ts';
import type { PersonDoc } from '../../pods/people/person.ts';
import { numberOf, type QuestionDoc } from '../../pods/questions/question.ts';
import { namesIn, outcomeWords } from '../../pods/questions/question-words.ts';
import { actionIds, buttons, section } from '../../slack/render/blocks.ts';
import { mrkdwnOf } from '../../slack/render/neutral.ts';
import { type Block, type Post, render } from '../../slack/render/render.ts';
import type { Texts } from '../../texts/texts.ts';
import { buttonsOf } from './question-posts.ts';
import { slackUserOf } from './slack-user.ts';

interface Deps {
  read: Reader;
  texts: Texts;
  team: string;
}

export async function questionNotice(
  { read, texts, team }: Deps,
  { about, message }: DeliveryOf<'question'>,
  person: PersonDoc,
  questions: readonly QuestionDoc[],
): Promise<Post[]> {
  const { fill } = texts;
  const words = await read.texts(questions.map(({ body }) => body));
  const [first] = questions;
  const asked = (one: QuestionDoc) => ({ number: numberOf(one), question: words.get(one.body) ?? '' });
  const people = (name: string) =>
    name.toLowerCase() === person.handle.toLowerCase() ? slackUserOf(person, team) : undefined;
  const post = (markdown: string, below: readonly Block[]): Post[] => {
    const { posts } = render({ markdown, people });
    return posts.map((one, n) => (n === posts.length - 1 ? { ...one, blocks: [...one.blocks, ...below] } : one));
  };
  switch (about) {
    case 'which': {
      const rows = await Promise.all(questions.map((one) => row(read, texts, asked(one), one, message)));
      return post(fill('question', 'which', { person: person.handle }), rows.flat());
    }
    case 'reminder':
    case 'passed': {
      if (!first) return [];
      const below = first.options.length ? [await buttonsOf({ read }, first)] : [];
      const fields = { person: person.handle, ...asked(first) };
      return post(fill('question', about === 'passed' ? 'handed' : 'reminder', fields), below);
    }
    case 'late': {
      if (!first) return [];
      return post(fill('question', 'late', { outcome: outcomeWords(first, await namesIn(read, [first])) }), []);
    }
    default:
      about satisfies never;
      return [];
  }
}

/**
 * Renders one open question with a button. If a person's message may answer several questions, the button makes it the
 * answer to this one.
 */
async function row(
  _read: Reader,
  { fill }: Texts,
  { number, question }: { number: string; question: string },
  { pod, id }: QuestionDoc,
  message = '',
): Promise<Block[]> {
  const label = fill('question', 'this-one', { number });
  const value = `${pod}/${id}//${message}`;
  return [
    section(mrkdwnOf(fill('question', 'item', { number, question: question.replace(/\s+/g, ' ').slice(0, 500) }))),
    buttons([{ actionId: `${actionIds.answer}.${number}`, label, value }]),
  ];
}
