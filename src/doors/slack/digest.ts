// Handles /skein digest: sends a person's digest now, or changes its time, time zone or state.
import type { PersonDoc } from '../../pods/people/person.ts';
import { notice } from '../../slack/render/blocks.ts';
import type { Post } from '../../slack/render/render.ts';
import { digestAnswer, type ShownDigest, wishOf } from '../digest-wish.ts';
import { enter } from '../enter.ts';
import type { SlackContext } from './context.ts';

export const DIGEST_HELP = [
  { usage: '/skein digest', says: 'sends you the digest of all your pods now' },
  { usage: '/skein digest at 08:30', says: 'sets when it comes; also: zone Europe/Berlin, pause, resume, stop' },
];

/** Formats a digest command as people write it in Slack. */
const inSlack = (words: string) => `/skein digest ${words}`;

export async function digestCommand(
  slack: SlackContext,
  asked: { triggerId: string },
  person: PersonDoc,
  words: readonly string[],
  at: number,
): Promise<Post> {
  const { action, input } = wishOf(words, inSlack);
  const key = `digest:${person.id}:${action === 'send_digest' ? 'now' : 'set'}:${asked.triggerId}`;
  const { result } = await enter<{ digest: ShownDigest }>(slack, { as: person, action, input, via: 'slack', key });
  if (action === 'send_digest') return notice(slack.texts.fill('digest-settings', 'sent-in-slack'));
  return notice(digestAnswer(slack.texts, result.digest, at, inSlack));
}
