// Reads the open items that a digest tells, and those of which it need not speak as news. They were told before.
import type { Commit } from '../log/commit.ts';
import type { PersonId } from '../log/participant.ts';
import { changesOf } from '../pods/kinds.ts';
import { isToTell, NEEDS, type NeedDoc } from '../pods/needs/need.ts';
import type { GatherDeps } from './deps.ts';
import type { WaitingItem } from './facts.ts';

/** Items by id, in the order in which they are told. */
export type Untold = ReadonlyMap<string, NeedDoc>;

/** Leaves out what was settled meanwhile. */
export async function untoldItems({ read }: GatherDeps, told: readonly string[]): Promise<Untold> {
  const items = await Promise.all(told.map((id) => read.get(NEEDS, id)));
  return new Map(items.flatMap((item) => (isToTell(item) ? [[item.id, item] as const] : [])));
}

/** The place of an item among those that are told; undefined if it was told before. */
export function rankOf(untold: Untold, matches: (item: NeedDoc) => boolean): { untold?: number } {
  const place = [...untold.values()].findIndex(matches);
  return place < 0 ? {} : { untold: place };
}

/** Where a digest speaks of items already: in its lists of tasks and mentions, and in the news of its pods. */
interface Covered {
  listed: readonly { untold?: number }[];
  /** False for news of a step that came after the range of a digest that had to wait. */
  isInNews(item: NeedDoc): boolean;
}

/** The lines of items of which a digest does not speak already. */
export async function otherItems(
  { lineOf }: GatherDeps,
  untold: Untold,
  { listed, isInNews }: Covered,
  waiting: readonly NeedDoc[],
): Promise<WaitingItem[]> {
  if (!lineOf) return [];
  const shown = new Set(listed.flatMap(({ untold: place }) => place ?? []));
  const fresh = [...untold.values()].flatMap((item, n) =>
    shown.has(n) || isInNews(item) ? [] : [{ item, untold: n }],
  );
  const before = waiting.filter((item) => !untold.has(item.id)).map((item) => ({ item }));
  const lines = await Promise.all(
    [...fresh, ...before].map(async ({ item, ...place }) => ({ text: await lineOf(item), item, ...place })),
  );
  return lines.flatMap(({ text, item: { id, pod, about, message }, ...place }) =>
    text ? [{ text, item: { need: id, pod }, about: [about.id, ...(message ? [message] : [])], ...place }] : [],
  );
}

/** True if the commit asked this of the reader, who was told of it by a notice or a mention. Pure. */
export function wasTold(commit: Commit, subject: string, reader: PersonId, untold: Untold): boolean {
  return changesOf(commit).some(
    (change) =>
      change.type === 'need_opened' && change.who === reader && change.about.id === subject && !untold.has(change.id),
  );
}
