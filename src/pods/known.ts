// Gathers what telling commits in words needs, from what stands now: erased things are left out.
import type { Reader } from './action.ts';
import type { Commit } from './commit.ts';
import { namesOfAll } from './directory.ts';
import { type Known, namedIn } from './history.ts';
import type { ViewName, Views } from './views.ts';

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
  const standing = new Set([...messages, ...notes].filter((doc) => !doc.erased).map(({ id }) => id));
  const bodies = changes.flatMap((change) =>
    (change.on === 'messages' || change.on === 'notes') && 'body' in change && standing.has(change.id)
      ? [change.body]
      : [],
  );
  return {
    who,
    tasks: new Map(tasks.filter((task) => !task.erased).map((task) => [task.id, task])),
    files: new Map(files.filter((file) => !file.erased).map((file) => [file.id, file.name])),
    conversations: new Map(conversations.flatMap(({ id, title }) => (title ? [[id, title] as const] : []))),
    texts: await read.texts(bodies),
  };
}

async function docsOf<N extends ViewName>(read: Reader, view: N, ids: readonly string[]): Promise<Views[N][]> {
  const docs = await Promise.all(ids.map((id) => read.get(view, id)));
  return docs.filter((doc) => doc !== undefined);
}
