// Gathers what telling commits in words needs, from what stands now: erased things are left out.
import type { Reader } from '../../log/action.ts';
import { type BodyRef, ERASED, isBodyRef } from '../../log/body.ts';
import type { Commit } from '../../log/commit.ts';
import { someOutside } from '../conversations/outside.ts';
import { namesOfAll } from '../people/directory.ts';
import type { Change, ViewName, Views } from '../views.ts';
import { type Known, namedIn } from './history.ts';

export async function knownFor(read: Reader, commits: readonly Commit[]): Promise<Known> {
  const changes = commits.flatMap((commit) => commit.changes);
  const about = (view: ViewName) => [...new Set(changes.filter(({ on }) => on === view).map(({ id }) => id))];
  const posted = changes.flatMap((change) => (change.type === 'message_posted' ? [change.conversation] : []));
  const [who, tasks, files, messages, notes, conversations] = await Promise.all([
    namesOfAll(read, commits.flatMap(namedIn)),
    docsOf(read, 'tasks', about('tasks')),
    docsOf(read, 'files', about('files')),
    docsOf(read, 'messages', about('messages')),
    docsOf(read, 'notes', about('notes')),
    docsOf(read, 'conversations', [...new Set([...about('conversations'), ...posted])]),
  ]);
  const standing = tasks.filter((task) => !task.erased);
  const erased = new Set(
    [...tasks, ...files, ...messages, ...notes, ...conversations].filter((doc) => doc.erased).map(({ id }) => id),
  );
  const bodies = changes.flatMap((change) => ('reasonRef' in change || !erased.has(change.id) ? refsOf(change) : []));
  const texts = await read.texts([
    ...bodies,
    ...standing.map((task) => task.titleRef),
    ...conversations.map((conversation) => conversation.titleRef),
  ]);
  return {
    who,
    tasks: new Map(standing.map(({ id, number, titleRef }) => [id, { number, title: texts.get(titleRef) ?? ERASED }])),
    conversations: new Map(
      conversations.flatMap(({ id, titleRef }) => {
        const title = titleRef && texts.get(titleRef);
        return title ? [[id, title] as const] : [];
      }),
    ),
    texts,
    ...someOutside([...standing, ...files, ...messages, ...notes, ...conversations].filter((doc) => !doc.erased)),
  };
}

/** The bodies that a change brought. */
function refsOf(change: Change): BodyRef[] {
  return Object.values(change).filter(isBodyRef);
}

async function docsOf<N extends ViewName>(read: Reader, view: N, ids: readonly string[]): Promise<Views[N][]> {
  const docs = await Promise.all(ids.map((id) => read.get(view, id)));
  return docs.filter((doc) => doc !== undefined);
}
