// Handles /skein graph: the tasks of the channel's pod in the order in which they can be done.
import { InvalidInput } from '../../../errors.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';
import { notice } from '../../../slack/render/blocks.ts';
import { lineList } from '../../../slack/render/items/lists.ts';
import type { Post } from '../../../slack/render/render.ts';
import { graphList } from '../../graph-list.ts';
import type { SlackContext } from '../context.ts';

export const GRAPH_HELP = [
  { usage: '/skein graph [page]', says: "this pod's tasks in their order, and what each waits for" },
];

/** `here`: the channel's pod. Absent outside of one, where nothing is in order with anything else. */
export async function graphCommand(
  slack: SlackContext,
  person: PersonDoc,
  here: { id: string; name: string } | undefined,
  words: string,
): Promise<Post> {
  if (!here) throw new InvalidInput('Write it in the channel of a pod: each pod has an order of its own.');
  const page = /^\d{0,4}$/.test(words.trim()) ? Number(words.trim() || 1) : Number.NaN;
  if (!(page >= 1)) throw new InvalidInput('Write “/skein graph”, or “/skein graph 2” for the second page.');
  const asked = { as: person, pod: here, via: 'slack', page, more: (next: number) => `/skein graph ${next}` } as const;
  const { head, lines, foot } = await graphList(slack, slack.texts.fill, asked);
  if (!lines.length) return notice(head);
  const title = head.replaceAll('**', '');
  return lineList(
    title,
    lines.map((line) => ({ line, buttons: [] })),
    foot,
  );
}
