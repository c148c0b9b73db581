// Shows the files that are attached to a task, to the one person who asked for them on its card, and takes one away.
import { quiet } from '../../../digest/quiet.ts';
import { NotAllowed, NotFound } from '../../../errors.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';
import { attachedFiles } from '../../../pods/tasks/files/attached.ts';
import { TASKS } from '../../../pods/tasks/task.ts';
import type { Inbound } from '../../../slack/parse/inbound.ts';
import { actionIds } from '../../../slack/render/action-ids.ts';
import { buttons } from '../../../slack/render/blocks.ts';
import { type ListedLine, lineList } from '../../../slack/render/items/lists.ts';
import type { Post } from '../../../slack/render/render.ts';
import { enter } from '../../enter.ts';
import type { SlackContext } from '../context.ts';
import { isMemberOf } from '../pods.ts';

type Button = Extract<Inbound, { kind: 'button' }>;

/** The most files that are listed: each has buttons, and a message has room for about this many. */
const MOST_LISTED = 20;
const NAME_CHARS = 120;

/** `of`: the ids of the pod and of the task, as the button names them. */
export async function taskFilesPost(slack: SlackContext, person: PersonDoc, of: string): Promise<Post> {
  const { fill } = slack.texts;
  const [pod = '', id = ''] = of.split('/');
  // Anybody may look into a public channel and click.
  if (!(await isMemberOf(slack, pod, person)))
    throw new NotAllowed('Only members of this pod can do that. Join the channel first.');
  const task = await slack.read.get(TASKS, id);
  if (!task || task.pod !== pod || task.erased) throw new NotFound('This task is not there any more.');
  const value = `${pod}/${id}`;
  const attached = await attachedFiles(slack.read, task);
  const lines = attached.slice(0, MOST_LISTED).map(
    (file): ListedLine => ({
      line: fill('file-list', 'attached', { file: quiet(file.name, NAME_CHARS), version: file.version }),
      buttons: [
        { actionId: actionIds.fileSend, label: fill('file-list', 'send'), value: `${pod}/${file.id}/${file.version}` },
        { actionId: actionIds.fileDetach, label: fill('file-list', 'detach'), value: `${value}/${file.id}` },
      ],
    }),
  );
  const more =
    attached.length > MOST_LISTED ? fill('file-list', 'more-attached', { count: attached.length }) : undefined;
  const title = lines.length
    ? fill('file-list', 'of-task', { number: task.number })
    : fill('file-list', 'none-of-task', { number: task.number });
  const post = lineList(title, lines, more);
  const attach = { actionId: actionIds.attachFile, label: fill('task-card', 'attach'), value };
  return { ...post, blocks: [...post.blocks, buttons([attach])] };
}

/** The list is shown anew. Its button attaches the file again. */
export async function detach(slack: SlackContext, { value, triggerId }: Button, person: PersonDoc): Promise<Post> {
  const [pod = '', task = '', file = ''] = value.split('/');
  const asked = { as: person, pod: { id: pod }, via: 'slack', key: `detach:${triggerId}` } as const;
  await enter(slack, { ...asked, action: 'detach_file', input: { task, file } });
  return taskFilesPost(slack, person, value);
}
