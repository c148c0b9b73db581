// Renders the list of the items that wait for a person, for /skein waiting and the Home tab.
import type { Worded } from '../../../log/body.ts';
import { CONVERSATIONS } from '../../../pods/conversations/conversation.ts';
import type { ShownWaiting } from '../../../pods/needs/waiting/list-waiting.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';
import { lineList, notice } from '../../../slack/render/blocks.ts';
import type { Post } from '../../../slack/render/render.ts';
import { enter } from '../../enter.ts';
import { waitingLine } from '../../waiting-line.ts';
import type { SlackContext } from '../context.ts';

type Shown = Worded<ShownWaiting>;

/** Returns the list. `limit`: the most items that are listed; the others are only counted. */
export async function waitingPost(slack: SlackContext, person: PersonDoc, limit = 20): Promise<Post> {
  const asked = { as: person, action: 'list_waiting', input: { limit }, via: 'slack' } as const;
  const { waiting, more } = (await enter<{ waiting: Shown[]; more?: string }>(slack, asked)).result;
  const { fill } = slack.texts;
  if (!waiting.length) return notice(fill('waiting', 'none'));
  const links = await linksTo(slack, waiting);
  const zone = person.timeZone ?? 'UTC';
  const lines = waiting.map((one) => waitingLine(fill, one, links.get(one.conversation ?? '') ?? '', zone));
  const total = waiting.length + Number.parseInt(more ?? '0', 10);
  const head = total === 1 ? fill('waiting', 'one') : fill('waiting', 'several', { count: total });
  return lineList(head, [...lines, ...(more ? [fill('waiting', 'more', { count: more })] : [])]);
}

async function linksTo({ read, linkTo }: SlackContext, waiting: readonly Shown[]): Promise<Map<string, string>> {
  const ids = [...new Set(waiting.flatMap(({ conversation }) => conversation ?? []))];
  const docs = ids.length ? await read.find(CONVERSATIONS, { where: { id: { in: ids } } }) : [];
  return new Map(docs.flatMap((doc) => [[doc.id, linkTo(doc) ?? ''] as const]));
}
