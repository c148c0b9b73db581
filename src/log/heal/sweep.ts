// Heals the views after a crash: applies the commits that are still pending.

import { type Commit, commitId } from '../commit.ts';
import { apply, type Fold, type Head } from '../fold.ts';

/**
 * Applies a pending commit. Before it, applies in order every earlier commit that the views lack; an interrupted
 * rebuild leaves several.
 */
export async function catchUp(deps: Fold, commit: Commit): Promise<void> {
  const { pod, seq } = commit;
  const applied = (await deps.store.collection<Head>('heads').get(pod))?.applied ?? 0;
  for (let earlier = applied + 1; earlier < seq; earlier++) {
    const missing = await deps.store.collection<Commit>('commits').get(commitId(pod, earlier));
    if (missing) await apply(deps, missing);
  }
  await apply(deps, commit);
}

/**
 * Applies commits that a crash left pending, also in pods where nobody acts. Returns how many. A pod that fails does not
 * stop the others; its error is thrown at the end.
 */
export async function sweep(deps: Fold, olderThan: number): Promise<number> {
  const log = deps.store.collection<Commit>('commits');
  const waiting = await log.find({
    where: { pending: true, at: { lte: olderThan } },
    sort: [['at', 'asc']],
    limit: 200,
  });
  const failed = new Map<string, unknown>();
  for (const commit of waiting.sort((a, b) => a.seq - b.seq)) {
    if (failed.has(commit.pod)) continue;
    await catchUp(deps, commit).catch((error: unknown) => failed.set(commit.pod, error));
  }
  for (const error of failed.values()) throw error;
  return waiting.length;
}
