// The views of one pod or of all made again from the log, pod by pod and in turn with what this process does to each.
import type { Store } from '../store/port.ts';
import type { Commit } from './commit.ts';
import { rebuild, type Views } from './fold.ts';
import type { KeyedMutex } from './keyed-mutex.ts';

export async function rebuildAll(
  views: Views,
  mutex: KeyedMutex,
  pod: string | undefined,
): Promise<{ pod: string; commits: number }[]> {
  const done: { pod: string; commits: number }[] = [];
  for (const one of pod ? [pod] : await podsOnLog(views.store))
    done.push({ pod: one, commits: await mutex(one, () => rebuild(views, one)) });
  return done;
}

/** Every pod has a first commit: the log knows them all, whatever the views say. */
async function podsOnLog(store: Store): Promise<string[]> {
  const firsts = await store.collection<Commit>('commits').find({ where: { seq: 1 }, sort: [['pod', 'asc']] });
  return firsts.map((commit) => commit.pod);
}
