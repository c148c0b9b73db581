// Loads the names, texts and documents for the sentences about commits. They are read in their present state, so erased
// words are left out.
import type { Reader } from '../../log/action.ts';
import { type BodyRef, isBodyRef } from '../../log/body.ts';
import { type Commit, labelOf } from '../../log/commit.ts';
import type { Names } from '../../log/kind.ts';
import { isOutside, type Label, type Labelled, outsideIn } from '../../log/labels/label.ts';
import type { AnyChange, Ref, ViewDoc } from '../../log/view.ts';
import { labelOfAuthor } from '../conversations/message-upcast.ts';
import { type Change, changesOf, KINDS } from '../kinds.ts';
import { namesOfAll } from '../people/directory.ts';
import { namedIn } from './history.ts';

export interface SentenceFacts extends Names {
  /** Returns the label of the outside text that the sentence quotes or may quote, if there is one. */
  labelOf(commit: Commit): Label | undefined;
}

export async function sentenceFactsFor(read: Reader, commits: readonly Commit[]): Promise<SentenceFacts> {
  const changes = commits.flatMap((commit) => commit.changes);
  const [who, docs] = await Promise.all([namesOfAll(read, commits.flatMap(namedIn)), docsOf(read, changes)]);
  const unerased = [...docs].filter(([, { doc }]) => !isErased(doc));
  const erased = new Set([...docs.values()].filter(({ doc }) => isErased(doc)).map(({ doc }) => doc.id));
  const bodies = changes.flatMap((change) => ('reasonRef' in change || !erased.has(change.id) ? refsOf(change) : []));
  // An erased conversation has lost only its title.
  const titles = [...docs.values()].flatMap(({ name, doc }) => KINDS.get(name)?.title?.(doc) || []);
  const byKey = new Map(unerased.map(([key, { doc }]) => [key, doc]));
  return {
    who,
    texts: await read.texts([...bodies, ...titles]),
    doc: <D extends ViewDoc>({ name }: Ref<D>, id: string) => byKey.get(`${name} ${id}`) as D | undefined,
    labelOf: (commit) => labelIn(commit, (key) => byKey.get(key)),
  };
}

function labelIn(commit: Commit, docAt: (key: string) => ViewDoc | undefined): Label | undefined {
  const changes = changesOf(commit);
  const docs = changes.flatMap((change) => [
    docAt(`${change.on} ${change.id}`),
    ...(KINDS.get(change.on)?.docsIn?.(change) ?? []).map(({ ref, id }) => docAt(`${ref.name} ${id}`)),
  ]);
  const labelled = [...changes, ...docs].filter((one): one is (Change | ViewDoc) & Labelled => one !== undefined);
  return [labelOf(commit), labelOfAuthor(commit.actor), ...labelled.map(outsideIn)].find(isOutside);
}

/** Returns the documents that the changes are about, if they can be erased, and the documents that the sentences name. */
async function docsOf(
  read: Reader,
  changes: readonly AnyChange[],
): Promise<Map<string, { name: string; doc: ViewDoc }>> {
  const wanted = new Map<string, { ref: Ref; id: string }>();
  for (const change of changes) {
    const kind = KINDS.get(change.on);
    const own = kind?.erase ? [{ ref: kind.ref, id: change.id }] : [];
    for (const each of [...own, ...(kind?.docsIn?.(change) ?? [])]) wanted.set(`${each.ref.name} ${each.id}`, each);
  }
  const found = await Promise.all(
    [...wanted].map(async ([key, { ref, id }]) => ({ key, name: ref.name, doc: await read.get(ref, id) })),
  );
  return new Map(found.flatMap(({ key, name, doc }) => (doc ? [[key, { name, doc }] as const] : [])));
}

function isErased(doc: ViewDoc): boolean {
  return 'erased' in doc && doc.erased !== undefined;
}

/** Returns the bodies that a change added. */
function refsOf(change: AnyChange): BodyRef[] {
  return Object.values(change).flat().filter(isBodyRef);
}
