// Tells how documents differ by now from the version that a reader holds: the sentences of the history about their
// changes, and the difference between the two texts.
import type { Reader } from '../../log/action.ts';
import { type Commit, commitId } from '../../log/commit.ts';
import { fold } from '../../log/fold.ts';
import type { AnyKind, HeldText } from '../../log/kind.ts';
import { type Label, type Labelled, outsideIn } from '../../log/labels/label.ts';
import { ref, type ViewDoc } from '../../log/view.ts';
import { head } from '../../log/well-formed.ts';
import { textIn } from '../files/files.ts';
import { KINDS } from '../kinds.ts';
import { aliasesOf } from '../people/aliases.ts';
import { commitSentence, hasSentence } from './history.ts';
import { lineDiff } from './line-diff.ts';
import { type SentenceFacts, sentenceFactsFor } from './sentence-facts.ts';

/** A document of which a reader holds an older version. */
export interface Outdated {
  kind: AnyKind;
  doc: ViewDoc;
  /** The number of the commit as of which the reader knows the document. */
  seq: number;
}

/** How a document has changed. */
export interface Changed {
  noun: string;
  /** The newest changes, each in a sentence that names who made it. The oldest comes first. */
  lines: readonly { at: number; text: string; label?: Label | undefined }[];
  /** The number of changes that came before those in `lines`. */
  earlier: number;
  /** How often it has changed. */
  times: number;
  /** True if it may have changed more often than `times`. */
  atLeast: boolean;
  /** The difference of the texts, or the new text if the old one is not known. */
  difference?: Difference;
  /** Facts as they are now. */
  facts?: string;
}

export interface Difference {
  kind: 'difference' | 'text' | 'same';
  text: string;
  label?: Label | undefined;
}

/** The most sentences about one document. */
const MOST_LINES = 5;
/** In characters, of one document and of all together. */
const LONGEST_DIFFERENCE = 6_000;
const LONGEST_ALL = 24_000;

const COMMITS = ref<Commit>('commits');

/**
 * Returns how each document has changed. Undefined if only the reader itself (`isOwn`) or Skein's housekeeping has
 * changed it.
 */
export async function changesOfHeld(
  read: Reader,
  outdated: readonly Outdated[],
  isOwn: (commit: Commit) => boolean,
): Promise<(Changed | undefined)[]> {
  if (!outdated.length) return [];
  const commits = await commitsOf(read, outdated);
  const all = outdated.map((one) => {
    const about = aboutOf(one, commits);
    return { ...one, about, others: about.filter((commit) => commit.seq > one.seq && !isOwn(commit)) };
  });
  const known = await factsWithAliases(
    read,
    all.flatMap(({ others }) => others),
  );
  let room = LONGEST_ALL;
  const changed: (Changed | undefined)[] = [];
  for (const one of all) {
    const told = one.others.filter((commit) => hasSentence(commit, known));
    const each = told.length ? await changedBy(read, one, told, known, Math.min(room, LONGEST_DIFFERENCE)) : undefined;
    room -= each?.difference?.text.length ?? 0;
    changed.push(each);
  }
  return changed;
}

/** Loads the facts of sentences, in which aliases stand in for names that people outside have chosen for themselves. */
export async function factsWithAliases(read: Reader, commits: readonly Commit[]): Promise<SentenceFacts> {
  const known = await sentenceFactsFor(read, commits);
  const aliases = await aliasesOf(read, [...known.who.keys()]);
  const safe = [...known.who].map(([id, named]) => [id, { ...named, name: aliases.get(id) ?? named.name }] as const);
  return { ...known, who: new Map(safe) };
}

/** Reads the newest commits of the documents, and those as of which they are held, in one query. */
async function commitsOf(read: Reader, outdated: readonly Outdated[]): Promise<ReadonlyMap<string, Commit>> {
  const ids = outdated.flatMap(({ doc, seq }) => numbersOf(doc, seq).map((each) => commitId(doc.pod, each)));
  const found = ids.length ? await read.find(COMMITS, { where: { id: { in: [...new Set(ids)] } } }) : [];
  return new Map(found.map((commit) => [commit.id, commit]));
}

function numbersOf({ commits = [], seq: newest }: ViewDoc, seq: number): number[] {
  return [...new Set([seq, ...commits, newest])].filter((each) => each > 0);
}

/** Returns the commits about one document, each with only the changes of that document. */
function aboutOf({ kind, doc, seq }: Outdated, commits: ReadonlyMap<string, Commit>): Commit[] {
  return numbersOf(doc, seq)
    .sort((a, b) => a - b)
    .flatMap((each) => commits.get(commitId(doc.pod, each)) ?? [])
    .map((commit) => ({
      ...commit,
      changes: commit.changes.filter(({ on, id }) => on === kind.ref.name && id === doc.id),
    }))
    .filter(({ changes }) => changes.length > 0);
}

async function changedBy(
  read: Reader,
  one: Outdated & { about: readonly Commit[] },
  told: readonly Commit[],
  known: SentenceFacts,
  most: number,
): Promise<Changed> {
  const { kind, doc, seq, about } = one;
  const { held } = kind;
  const before = heldVersion(one, about);
  const difference = await differenceOf(read, { kind, before, doc }, most);
  const facts = held?.facts?.(doc);
  return {
    noun: held?.noun(doc) ?? kind.ref.name,
    lines: told.slice(-MOST_LINES).map((commit) => ({
      at: commit.at,
      text: commitSentence(commit, known),
      label: known.labelOf(commit),
    })),
    earlier: Math.max(0, told.length - MOST_LINES),
    times: told.length,
    atLeast: (doc.commits?.[0] ?? doc.seq) > seq,
    ...(difference ? { difference } : {}),
    ...(facts && (!before || held?.facts?.(before) !== facts) ? { facts } : {}),
  };
}

/** Returns the commit that last changed the document's text. Undefined if the document does not name it any more. */
export async function textWrittenBy(
  read: Reader,
  { kind, doc }: Pick<Outdated, 'kind' | 'doc'>,
): Promise<Commit | undefined> {
  const about = aboutOf({ kind, doc, seq: 0 }, await commitsOf(read, [{ kind, doc, seq: 0 }]));
  let [made, text, by]: [ViewDoc | undefined, string | undefined, Commit | undefined] = [
    undefined,
    undefined,
    undefined,
  ];
  for (const commit of about) {
    made = fold(KINDS, made, commit.changes, commit);
    const now = made && JSON.stringify(kind.held?.text?.(made));
    if (now !== text) [text, by] = [now, commit];
  }
  return by;
}

/** Makes the document as it is held again from its commits. Undefined if they do not reach back far enough. */
function heldVersion({ seq }: Outdated, about: readonly Commit[]): ViewDoc | undefined {
  let made: ViewDoc | undefined;
  for (const commit of about) if (commit.seq <= seq) made = fold(KINDS, made, commit.changes, commit);
  return made;
}

/** Returns the difference of two versions. `before`: absent if it is not known. */
export async function differenceOf(
  read: Reader,
  { kind, before, doc }: { kind: AnyKind; before: ViewDoc | undefined; doc: ViewDoc },
  most = LONGEST_DIFFERENCE,
): Promise<Difference | undefined> {
  const held = kind.held?.text;
  const [was, is] = [before && held?.(before), held?.(doc)];
  if (!is) return undefined;
  if (JSON.stringify(was) === JSON.stringify(is)) return 'blob' in is ? { kind: 'same', text: '' } : undefined;
  const [old, now] = await Promise.all([was && readText(read, doc.pod, was), readText(read, doc.pod, is)]);
  if (now === undefined) return undefined;
  const label = [doc, before].map((each) => each && outsideIn(each as Labelled)).find((each) => each !== undefined);
  if (old === undefined) return { kind: 'text', text: head(now, most), label };
  const text = lineDiff(old, now, most);
  return text === undefined ? undefined : { kind: 'difference', text, label };
}

async function readText(read: Reader, pod: string, held: HeldText): Promise<string | undefined> {
  if ('text' in held) return held.text;
  if ('body' in held) return (await read.texts([held.body])).get(held.body);
  const content = await read.blob(pod, held.blob);
  return content && textIn(content);
}
