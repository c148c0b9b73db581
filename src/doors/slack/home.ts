// Renders the Home tab: the items that wait for the person, their pods, their open tasks, and how to begin.
import { idOf } from '../../log/ids.ts';
import type { PersonId } from '../../log/participant.ts';
import type { PersonDoc } from '../../pods/people/person.ts';
import { notice } from '../../slack/render/blocks.ts';
import { help, podList, taskList } from '../../slack/render/items/lists.ts';
import type { Block, Post } from '../../slack/render/render.ts';
import { COMMAND_LIST } from './commands.ts';
import type { SlackContext } from './context.ts';
import { listedPods, shownPodsOf, tasksOfTheirs } from './lists.ts';
import { withAwaited } from './needs/awaited.ts';
import { waitingPost } from './needs/waiting.ts';
import { personOf } from './people/people.ts';

export async function homeOpened(slack: SlackContext, { user, tab }: { user: string; tab: string }): Promise<void> {
  const person = tab === 'home' ? await personOf(slack, user) : undefined;
  if (person) await showHome(slack, user, person);
}

/** Publishes the Home tab. `said`: what stands above it, such as why a click did nothing. */
export async function showHome(slack: SlackContext, user: string, person: PersonDoc, said?: Post): Promise<void> {
  const blocks = await homeBlocks(slack, person);
  await slack.sender.publishHome({ user, view: { type: 'home', blocks: [...(said?.blocks ?? []), ...blocks] } });
  slack.homes.opened({ user, person: person.id as PersonId, shown: shownBy(blocks) });
}

/** Returns a hash of the blocks, which is equal while the tab shows the same. */
export function shownBy(blocks: readonly Block[]): string {
  return idOf('home', JSON.stringify(blocks));
}

/** The most items that wait and that the tab shows, because it shows pods and tasks too. The command shows more. */
const MOST_AT_HOME = 10;

export async function homeBlocks(slack: SlackContext, person: PersonDoc): Promise<Block[]> {
  const { fill } = slack.texts;
  const pods = await shownPodsOf(slack, person);
  const [waiting, listed, theirs] = await Promise.all([
    waitingPost(slack, person, MOST_AT_HOME).then((post) => withAwaited(slack, person, post)),
    listedPods(slack, pods),
    tasksOfTheirs(slack, person, pods),
  ]);
  const tasks = theirs.length
    ? taskList({ pod: 'your pods', tasks: theirs, more: (page) => `/skein tasks @${person.handle} ${page}` }).blocks
    : notice(fill('home-tab', 'no-task')).blocks;
  return [
    ...waiting.blocks,
    { type: 'divider' },
    ...notice(fill('home-tab', 'beginning')).blocks,
    ...podList(listed).blocks,
    { type: 'divider' },
    ...tasks,
    { type: 'divider' },
    ...help(COMMAND_LIST).blocks,
  ];
}
