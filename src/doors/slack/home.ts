// Renders the Home tab: a person's pods, their open tasks, and how to begin.
import type { PersonDoc } from '../../pods/people/person.ts';
import { help, notice, podList, taskList } from '../../slack/render/blocks.ts';
import type { Block } from '../../slack/render/render.ts';
import { COMMAND_LIST } from './commands.ts';
import type { SlackContext } from './context.ts';
import { listedPods, shownPodsOf, tasksOfTheirs } from './lists.ts';
import { personOf } from './people/people.ts';

export async function homeOpened(slack: SlackContext, { user, tab }: { user: string; tab: string }): Promise<void> {
  const person = tab === 'home' ? await personOf(slack, user) : undefined;
  if (person) await slack.sender.publishHome({ user, view: { type: 'home', blocks: await homeOf(slack, person) } });
}

async function homeOf(slack: SlackContext, person: PersonDoc): Promise<Block[]> {
  const { fill } = slack.texts;
  const pods = await shownPodsOf(slack, person);
  const [listed, theirs] = await Promise.all([listedPods(slack, pods), tasksOfTheirs(slack, person, pods)]);
  const tasks = theirs.length
    ? taskList({ pod: 'your pods', tasks: theirs }).blocks
    : notice(fill('home-tab', 'no-task')).blocks;
  return [
    ...notice(fill('home-tab', 'beginning')).blocks,
    ...podList(listed).blocks,
    { type: 'divider' },
    ...tasks,
    { type: 'divider' },
    ...help(COMMAND_LIST).blocks,
  ];
}
