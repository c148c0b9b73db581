// Tells the author of a message that calls “@zebra” that nobody has that name, and which names are near it.
import { nearest } from '../../../closest.ts';
import { isAgent } from '../../../log/participant.ts';
import { isNote, strangeNames } from '../../../pods/conversations/addressing.ts';
import { type Present, someOf } from '../../../pods/people/directory.ts';
import { knownAndAbsent } from '../../../pods/people/known-names.ts';
import { notice } from '../../../slack/render/blocks.ts';
import type { Post } from '../../../slack/render/render.ts';
import type { SlackContext } from '../context.ts';
import { wordsOf } from '../text.ts';
import type { Recorded } from './recorded.ts';

/** Slack’s own words for many people, as people type them. */
const BROADCASTS = new Set(['here', 'channel', 'everyone', 'all', 'group', 'team', 'slackbot']);
const MOST_SHOWN = 5;

/** Empty unless the message begins a line with a name that nobody here has, or has one that is nearly somebody's. */
export async function unknownName(slack: SlackContext, { pod, said }: Recorded): Promise<Post[]> {
  if (!said.text.includes('@')) return [];
  const { text, mentioned } = await wordsOf(slack, said);
  if (isNote(text)) return [];
  const { known, absent } = await knownAndAbsent(slack.read, pod.id, [text]);
  const strange = strangeNames(text, { known, mentioned })
    .filter((names) => !names.some((name) => absent.has(name) || BROADCASTS.has(name)))
    .flatMap((names) => names.at(-1) ?? []);
  if (!strange.length) return [];
  const { present } = await someOf(slack.read, pod.id);
  for (const name of strange) {
    const near = nearby(name, present);
    if (!near.length && !isCalled(name, text)) continue;
    const { fill } = slack.texts;
    const which = near.length ? near : present.filter(({ id }) => isAgent(id));
    const names = which.slice(0, MOST_SHOWN).map(({ handle }) => `@${handle}`);
    const told = fill('channel-words', 'no-such-name', { name, pod: pod.name });
    const hint = names.length
      ? fill('channel-words', near.length ? 'did-you-mean' : 'agents-here', { names: names.join(', ') })
      : '';
    return [notice([told, hint].filter(Boolean).join(' '))];
  }
  return [];
}

/** True if a line begins with the name: in the middle of one it may be anything, such as a package. */
function isCalled(name: string, text: string): boolean {
  return text
    .split('\n')
    .some((line) => line.trim().toLowerCase().startsWith(`@${name}`) && !/^\s*@[^\s/]+\//.test(line));
}

function nearby(name: string, present: readonly Present[]): Present[] {
  const most = name.length > 4 ? 2 : 1;
  return present.filter((one) => nearest(name, namesOf(one), most).length > 0);
}

function namesOf({ name, handle }: Present): string[] {
  const full = name.toLowerCase();
  return [handle.toLowerCase(), full, full.split(' ')[0] ?? full];
}
