// Sends reads that are wanted at the same moment as one command, since each command is a way to the server and back.
import { setImmediate } from 'node:timers';
import type { mongo } from 'mongoose';
import { Retryable } from '../../errors.ts';
import { calling } from './errors.ts';

/** The documents with these ids, or the first that match the filter. `limit` absent: all. */
export type Wanted = { ids: readonly string[] } | Filtered;

interface Filtered {
  filter: object;
  sort: mongo.Sort;
  limit?: number;
}

export interface Found {
  _id: string;
}

/** Returns what was found, in no order: MongoDB promises none for the parts of a union. `shown`: MongoDB's projection. */
export type GatheredRead = <R extends Found>(collection: string, shown: object, wanted: Wanted) => Promise<R[]>;

interface Waiting {
  collection: string;
  shown: object;
  wanted: Wanted;
  settle(found: readonly Found[]): void;
  fail(error: unknown): void;
}

/** A part of one command: the ids that several reads want of a collection with the same projection, or one filter. */
interface Part {
  collection: string;
  shown: object;
  wanted: { ids: Set<string> } | Filtered;
  for: Waiting[];
}

/** The most parts in one command, and the ids after which a part takes no further reader: a command has 16 MB at most. */
const MOST_PARTS = 30;
const MOST_IDS = 5000;

export function gatherReads(db: mongo.Db): GatheredRead {
  let waiting: Waiting[] = [];

  function flush(): void {
    const parts = partsOf(waiting);
    waiting = [];
    for (let from = 0; from < parts.length; from += MOST_PARTS) void send(db, parts.slice(from, from + MOST_PARTS));
  }

  return (collection, shown, wanted) =>
    new Promise((settle, fail) => {
      // By then everything that goes on side by side has asked.
      if (!waiting.length) setImmediate(flush);
      waiting.push({ collection, shown, wanted, settle: settle as Waiting['settle'], fail });
    });
}

function partsOf(waiting: readonly Waiting[]): Part[] {
  const parts: Part[] = [];
  const open = new Map<string, { ids: Set<string>; for: Waiting[] }>();
  for (const one of waiting) {
    const { collection, shown, wanted } = one;
    if (!('ids' in wanted)) {
      parts.push({ collection, shown, wanted, for: [one] });
      continue;
    }
    const alike = `${collection} ${JSON.stringify(shown)}`;
    let part = open.get(alike);
    if (!part || part.ids.size >= MOST_IDS) {
      part = { ids: new Set(), for: [] };
      open.set(alike, part);
      parts.push({ collection, shown, wanted: { ids: part.ids }, for: part.for });
    }
    for (const id of wanted.ids) part.ids.add(id);
    part.for.push(one);
  }
  return parts;
}

async function send(db: mongo.Db, parts: readonly Part[]): Promise<void> {
  try {
    const [only, ...more] = parts;
    const found = await calling(async () => (only && !more.length ? [await alone(db, only)] : union(db, parts)));
    for (const [n, part] of parts.entries()) share(part, found[n] ?? []);
  } catch (error) {
    // The fault may be in one of the parts: only its readers get the error.
    if (parts.length > 1 && !(error instanceof Retryable)) for (const part of parts) void send(db, [part]);
    else for (const one of parts.flatMap((part) => part.for)) one.fail(error);
  }
}

type Rows = (Found & { part?: number })[];

function alone(db: mongo.Db, { collection, shown, wanted }: Part): Promise<Rows> {
  const { filter, sort, limit } = filterOf(wanted);
  const options = { projection: shown, ...(sort ? { sort } : {}), ...(limit === undefined ? {} : { limit }) };
  return db.collection<Found>(collection).find(filter, options).toArray();
}

/** Each part is a pipeline that marks its documents with the part's number. */
async function union(db: mongo.Db, parts: readonly Part[]): Promise<Rows[]> {
  const pipelines = parts.map(({ shown, wanted }, part) => {
    const { filter, sort, limit } = filterOf(wanted);
    const first = limit === undefined ? [] : [{ $sort: sort }, { $limit: limit }];
    return [{ $match: filter }, ...first, { $project: { ...shown, part: { $literal: part } } }];
  });
  const [first = [], ...others] = pipelines;
  const rows = await db
    .collection(parts[0]?.collection ?? '')
    .aggregate<Found & { part: number }>(
      [...first, ...others.map((pipeline, n) => ({ $unionWith: { coll: parts[n + 1]?.collection, pipeline } }))],
      { batchSize: MOST_IN_ANSWER },
    )
    .toArray();
  const found: Rows[] = parts.map(() => []);
  for (const row of rows) found[row.part]?.push(row);
  return found;
}

/** Without it MongoDB sends 101 documents, and the others only when asked again. */
const MOST_IN_ANSWER = 10_000;

function filterOf(wanted: Part['wanted']): { filter: object; sort?: mongo.Sort; limit?: number } {
  if (!('ids' in wanted)) return wanted;
  const [only, ...more] = wanted.ids;
  return { filter: { _id: more.length ? { $in: [...wanted.ids] } : (only ?? { $in: [] }) } };
}

function share(part: Part, found: Rows): void {
  const byId = new Map(found.map((row) => [row._id, row]));
  for (const { wanted, settle } of part.for)
    settle('ids' in wanted ? [...new Set(wanted.ids)].flatMap((id) => byId.get(id) ?? []) : found);
}
