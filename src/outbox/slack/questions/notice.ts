// Renders questions for one person in Slack: a line that mentions the person, and the buttons of each open question. The
// same post shows later who answered, without buttons, and nothing of what was erased.
import type { Reader } from '../../../log/action.ts';
import type { PersonId } from '../../../log/participant.ts';
import { MESSAGES } from '../../../pods/conversations/message.ts';
import type { DeliveryOf } from '../../../pods/deliveries.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';
import { numberOf, type QuestionDoc, type QuestionPost } from '../../../pods/questions/question.ts';
import { waitsFor } from '../../../pods/questions/settling/stand-in.ts';
import { actionIds } from '../../../slack/render/action-ids.ts';
import { buttons, section } from '../../../slack/render/blocks.ts';
import { mrkdwnOf } from '../../../slack/render/neutral.ts';
import { type Block, type Post, render } from '../../../slack/render/render.ts';
import type { Texts } from '../../../texts/texts.ts';
import { lateNotice } from '../../late-words.ts';
import { slackUserOf } from '../slack-user.ts';
import { buttonsOf, outcomeLines } from './below.ts';

interface Deps {
  read: Reader;
  texts: Texts;
  team: string;
}

/** The subject of a post. `message`: the person's message that may answer several questions. */
type About = Pick<DeliveryOf<'question'>, 'message'> & { about: QuestionPost['about'] | 'late' | 'over' };

export async function questionNotice(
  deps: Deps,
  { about, message }: About,
  person: PersonDoc,
  questions: readonly QuestionDoc[],
): Promise<Post[]> {
  const { read, texts, team } = deps;
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
      const open = questions.filter((one) => waitsFor(one, person.id as PersonId));
      const said = message ? await read.get(MESSAGES, message) : undefined;
      const taken = questions.some(({ answers }) => answers.some((one) => one.words && one.words === said?.body));
      if (taken) return post(fill('question', 'taken'), []);
      if (!open.length || !said || said.erased) return post(await overText(deps, questions), []);
      const rows = await Promise.all(
        questions.map(async (one) =>
          open.includes(one) ? row(texts, asked(one), one, message) : [section(mrkdwnOf(await overText(deps, [one])))],
        ),
      );
      return post(fill('question', 'which', { person: person.handle }), rows.flat());
    }
    case 'reminder':
    case 'passed': {
      if (!first) return [];
      if (!waitsFor(first, person.id as PersonId)) return post(await overText(deps, [first]), []);
      const below = first.options.length ? [await buttonsOf({ read }, first)] : [];
      const fields = { person: person.handle, ...asked(first) };
      return post(fill('question', about === 'passed' ? 'handed' : 'reminder', fields), below);
    }
    case 'late':
    case 'over':
      return questions.length ? post(await lateNotice(deps, about, questions), []) : [];
    default:
      about satisfies never;
      return [];
  }
}

/**
 * Renders one open question with a button. If a person's message may answer several questions, the button makes it the
 * answer to this one.
 */
function row(
  { fill }: Texts,
  { number, question }: { number: string; question: string },
  { pod, id }: QuestionDoc,
  message = '',
): Block[] {
  const label = fill('question', 'this-one', { number });
  const value = `${pod}/${id}//${message}`;
  return [
    section(mrkdwnOf(fill('question', 'item', { number, question: shortened(question) }))),
    buttons([{ actionId: `${actionIds.answer}.${number}`, label, value }]),
  ];
}

/** Returns the questions that this person need not answer any more, each with its outcome. One post has room for it. */
async function overText(deps: Deps, questions: readonly QuestionDoc[]): Promise<string> {
  const { read, texts } = deps;
  const words = await read.texts(questions.map(({ body }) => body));
  const all = await Promise.all(
    questions.map(async (one) => {
      const number = numberOf(one);
      if (one.erased) return texts.fill('question', 'erased', { number });
      const item = texts.fill('question', 'item', { number, question: shortened(words.get(one.body) ?? '') });
      return [item, ...(await outcomeLines(deps, one))].join('\n\n');
    }),
  );
  return all.join('\n\n');
}

function shortened(question: string): string {
  return question.replace(/\s+/g, ' ').slice(0, 500);
}
