// Renders the list of what a person waits for, for /skein waiting and the Home tab.
import type { Worded } from '../../../log/body.ts';
import type { ShownAwaited } from '../../../pods/needs/waiting/list-awaited.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';
import { zoneOf } from '../../../pods/preferences/zone-of.ts';
import { actionIds } from '../../../slack/render/action-ids.ts';
import { type Button, notice } from '../../../slack/render/blocks.ts';
import { lineList } from '../../../slack/render/items/lists.ts';
import type { Post } from '../../../slack/render/render.ts';
import type { Texts } from '../../../texts/texts.ts';
import { awaitedLine } from '../../awaited-line.ts';
import { enter } from '../../enter.ts';
import type { SlackContext } from '../context.ts';
import { linksTo } from './waiting.ts';

type Shown = Worded<ShownAwaited>;

/** Undefined if they wait for nobody. */
export async function awaitedPost(slack: SlackContext, person: PersonDoc, limit = 20): Promise<Post | undefined> {
  const asked = { as: person, action: 'list_awaited', input: { limit }, via: 'slack' } as const;
  const { awaited, more } = (await enter<{ awaited: Shown[]; more?: string }>(slack, asked)).result;
  if (!awaited.length) return undefined;
  const { fill } = slack.texts;
  const links = await linksTo(slack, awaited);
  const reader = { zone: await zoneOf(slack.read, person), now: slack.clock() };
  const lines = awaited.map((one) => {
    const url = links.get(one.conversation ?? '') ?? links.get(one.pod.id) ?? '';
    return { line: awaitedLine(fill, one, url, reader), buttons: buttonsOf(fill, one) };
  });
  return lineList(fill('waiting', 'awaits'), lines, more && fill('waiting', 'more', { count: more }));
}

/** Nobody has the task: whoever waits for it gives it to somebody. */
function buttonsOf(fill: Texts['fill'], { task, pod, parts, with: people }: Shown): Button[] {
  if (task === undefined || parts !== undefined || people.length) return [];
  const actionId = `${actionIds.giveTask}${actionIds.listed}`;
  return [{ actionId, label: fill('notice', 'give'), value: `${pod.id}/${task}` }];
}

export async function onlyAwaited(slack: SlackContext, person: PersonDoc): Promise<Post> {
  return (await awaitedPost(slack, person)) ?? notice(slack.texts.fill('waiting', 'awaits-nothing'));
}

/** Returns what waits for the person, and below it what they wait for. */
export async function withAwaited(slack: SlackContext, person: PersonDoc, { text, blocks }: Post): Promise<Post> {
  const awaited = await awaitedPost(slack, person, MOST_BELOW);
  return awaited ? { text: `${text}\n${awaited.text}`, blocks: [...blocks, ...awaited.blocks] } : { text, blocks };
}

const MOST_BELOW = 10;
