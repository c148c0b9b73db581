// Appends a decided commit to the log and brings it into the views: steps 2 and 3 of
// docs/architecture.md, “act, step by step”.
import { Retryable } from '../errors.ts';
import type { Body, Doc, Store, Write } from '../store/port.ts';
import type { Reader } from './action.ts';
import type { Text } from './body.ts';
import type { Commit } from './commit.ts';
import {
  apply,
  byDocument,
  type DeliverySaving,
  type Fold,
  type Folded,
  fold,
  type Head,
  type Known,
  postingOf,
  postingsOf,
  settle,
} from './fold.ts';
import type { Kinds } from './kind.ts';
import { type AnyChange, ref, type ViewDoc } from './view.ts';

/**
 * The contents that a decision makes beside its changes: texts and files to be stored beside the log, and the ids of
 * new things.
 */
export interface NewContents {
  bodies: (Body & Text)[];
  blobs: Map<string, Uint8Array>;
  /** Ids derived from the key. No other commit has this key, so no document has one of these ids yet. */
  ids: Set<string>;
}

/** A commit together with the state on which it was decided. */
export interface Decided {
  commit: Commit;
  contents: NewContents;
  /** Absent before the pod's first commit. */
  head: Head | undefined;
  read: Reader;
}

/**
 * `taken`: another commit has this number. `unknown`: the reply was lost or the store cannot be reached, so the log
 * must be read again.
 */
export type Appended = { kind: 'stands'; commit: Commit } | { kind: 'taken' } | { kind: 'unknown'; error: Retryable };

export async function append(deps: Fold, decided: Decided): Promise<Appended> {
  const { store } = deps;
  const { commit, contents } = decided;
  for (const [hash, content] of contents.blobs) await store.blobs.put(commit.pod, hash, content);
  const { writeAll } = store;
  if (writeAll) return appendWhole(deps, decided, writeAll);
  // Bodies are written before the commit that refers to them. A crash in between leaves a body without a reference,
  // which is harmless.
  if (contents.bodies.length) await store.bodies.put(contents.bodies);
  const insert = async () => (await store.collection<Commit>('commits').insert([commit]))[0] === 'inserted';
  const appended = await made(commit, insert);
  if (appended.kind === 'stands') await apply(deps, commit, knownTo(deps.kinds, decided));
  return appended;
}

function knownTo(kinds: Kinds, { contents, head, read }: Decided): Known {
  return {
    head,
    doc: async (view, id) => (contents.ids.has(id) ? undefined : read.get(kinds.get(view)?.ref ?? ref(view), id)),
    bodies: new Map(contents.bodies.map((body) => [body.id, body])),
  };
}

/**
 * Writes the commit, its views, its search postings and its deliveries in one transaction. The commit stays pending
 * only if its deliveries can't be saved with it.
 */
async function appendWhole(deps: Fold, decided: Decided, writeAll: NonNullable<Store['writeAll']>): Promise<Appended> {
  const { contents, head } = decided;
  const { deliveries } = decided.commit;
  const saving = deliveries.length ? await deps.savingDeliveries?.(deliveries) : NOTHING_TO_SAVE;
  const commit = { ...decided.commit, pending: !saving };
  const steps = (
    await Promise.all([...byDocument(commit).values()].map((changes) => stepOf(deps.kinds, decided, changes)))
  ).flat();
  const known = new Map(contents.bodies.map((body) => [body.id, body]));
  const applied: Head = { id: commit.pod, rev: 1, applied: commit.seq };
  const writes: Write[] = [
    // First, because it is the one that finds its place taken.
    { kind: 'insert', collection: 'commits', doc: commit },
    { kind: 'bodies', bodies: contents.bodies },
    ...steps.map(({ view, from, doc }) => put(view, from, doc)),
    { kind: 'postings', ...(await postingsOf(deps, steps.filter(saysOther(deps.kinds)), known)) },
    ...(saving ? [...saving.writes, put('heads', head, applied)] : []),
  ];
  const appended = await made(commit, () => writeAll(writes));
  if (appended.kind === 'stands') await (saving ? saving.written() : settle(deps, commit));
  return appended;
}

const NOTHING_TO_SAVE: DeliverySaving = { writes: [], async written() {} };

interface Step extends Folded {
  from: ViewDoc | undefined;
}

/** Returns one document before and after the commit; an empty list if the commit leaves the document as it is. */
async function stepOf(
  kinds: Kinds,
  { commit, contents, read }: Decided,
  changes: readonly AnyChange[],
): Promise<Step[]> {
  const [first] = changes;
  if (!first) return [];
  const view = kinds.get(first.on)?.ref ?? ref(first.on);
  const from: ViewDoc | undefined = contents.ids.has(first.id) ? undefined : await read.get(view, first.id);
  const doc = fold(kinds, from, changes, commit);
  return doc && doc !== from ? [{ view: first.on, from, doc }] : [];
}

/** True for a step that changes the search posting of its document. Other postings are not written again. */
function saysOther(kinds: Kinds): (step: Step) => boolean {
  return ({ view, from, doc }) => {
    const [before, after] = [from, doc].map((each) => {
      const posting = each && postingOf(kinds.get(view), each);
      return posting && [posting.kind, posting.at, posting.rank, ...posting.bodies].join(' ');
    });
    return before !== after;
  };
}

function put(collection: string, from: Doc | undefined, doc: Doc): Write {
  return from ? { kind: 'replace', collection, doc, expectedRev: from.rev } : { kind: 'insert', collection, doc };
}

async function made(commit: Commit, write: () => Promise<boolean>): Promise<Appended> {
  try {
    return (await write()) ? { kind: 'stands', commit } : { kind: 'taken' };
  } catch (error) {
    if (error instanceof Retryable) return { kind: 'unknown', error };
    throw error;
  }
}
