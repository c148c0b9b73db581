// Tells whoever filled in a form what became of it, and gives their words back if nothing did. Only they read it.
import { UserFacingError } from '../../../errors.ts';
import type { AnyAction } from '../../../pods/action.ts';
import type { Inbound } from '../../../slack/parse/inbound.ts';
import { notice } from '../../../slack/render/blocks.ts';
import type { Post } from '../../../slack/render/render.ts';
import type { SlackContext } from '../context.ts';
import type { About } from './about.ts';
import { namesMember, namesTask, shownFields } from './fields.ts';

/** Returns what the person wrote, without what they only chose. */
export function wordsIn(
  definition: Pick<AnyAction, 'input'>,
  fixed: About['fixed'],
  values: Readonly<Record<string, string>>,
): string[] {
  // A form that is about a task lists no others: they are written.
  const isTaskChosen = !('task' in fixed);
  const written = shownFields(definition, fixed).filter(
    (field) => field.kind !== 'switch' && !field.choices && !namesMember(field) && !(isTaskChosen && namesTask(field)),
  );
  return written.flatMap(({ name }) => values[name]?.trim() || []);
}

/** A quote of this many characters fits a section of Slack, also with its marks. */
const QUOTED_CHARS = 900;

/** All words come back: each field of a form may be as long as a section of Slack, and a quote is longer. */
export function withWords(sentence: string, words: readonly string[]): Post {
  const quotes = words.flatMap(inPieces).map((piece) => notice(piece.replace(/^/gm, '> ')));
  const said = notice(sentence);
  const posts = [said, ...quotes];
  // The text is what notifications and screen readers have of it.
  return { text: posts.map(({ text }) => text).join('\n'), blocks: posts.flatMap(({ blocks }) => blocks) };
}

function inPieces(words: string): string[] {
  const points = [...words];
  const count = Math.ceil(points.length / QUOTED_CHARS);
  return Array.from({ length: count }, (_, n) => points.slice(n * QUOTED_CHARS, (n + 1) * QUOTED_CHARS).join(''));
}

/** Slack shows a whisper only to who is in the channel. All others get a direct message. */
export async function whisper(
  slack: SlackContext,
  { user, triggerId }: Pick<Extract<Inbound, { kind: 'form' }>, 'user' | 'triggerId'>,
  channel: string | undefined,
  post: Post,
): Promise<void> {
  try {
    if (channel) return await slack.sender.ephemeral({ channel, user, post });
  } catch (error) {
    if (!(error instanceof UserFacingError)) throw error;
    slack.logger.info('told in a direct message', { why: error.message });
  }
  const direct = await slack.sender.openDm(user);
  await slack.sender.post({ channel: direct, posts: [post], key: `form:${triggerId}:told`, resend: true });
}
