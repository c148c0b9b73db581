// Rebuilds the views of one pod or of all, pod by pod, under the same mutex as the acts of this process.
import type { Store } from '../../store/port.ts';
import type { Commit } from '../commit.ts';
import type { Views } from '../fold.ts';
import type { KeyedMutex } from '../keyed-mutex.ts';
import { rebuild } from './rebuild.ts';

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

/** Returns the ids of all pods. They come from the log, where every pod has a commit number 1: the views may be wrong. */
async function podsOnLog(store: Store): Promise<string[]> {
  const firsts = await store.collection<Commit>('commits').find({ where: { seq: 1 }, sort: [['pod', 'asc']] });
  return firsts.map((commit) => commit.pod);
}
