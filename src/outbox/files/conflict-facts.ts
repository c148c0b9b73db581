// Reads an upload over a newer version, as people are shown it: whose the two are, and which lines differ.
import type { Reader } from '../../log/action.ts';
import type { ParticipantId } from '../../log/participant.ts';
import { type CopyOf, FILES, type FileDoc, VERSIONS, versionId } from '../../pods/files/file.ts';
import { changesIn, lastLines, type VersionChanges } from '../../pods/files/version-changes.ts';
import { called, namesOfAll } from '../../pods/people/directory.ts';
import type { Texts } from '../../texts/texts.ts';

export interface ConflictFacts {
  copy: FileDoc;
  uploader: string;
  author: string;
  /** The number of the newer version. */
  version: number;
  /** From the newer version to the upload. Read only while nobody has settled it. */
  changes: VersionChanges;
  settled?: CopyOf['settled'] & { name: string };
}

/** In characters. */
const MOST_DIFFERENCE = 2_000;

/** Undefined for a file that is no such copy, or was stored by a Skein that settled nothing. */
export async function conflictFacts(read: Reader, copyId: string): Promise<ConflictFacts | undefined> {
  const copy = await read.get(FILES, copyId);
  const { copyOf } = copy ?? {};
  if (!copy || copy.erased || !copyOf?.version) return undefined;
  const { file, version, settled } = copyOf;
  const newer = await read.get(VERSIONS, versionId(file, version));
  if (!newer) return undefined;
  const names = await namesOfAll(read, [copy.by, newer.by, settled?.by]);
  const name = (id: ParticipantId) => called(names, id).name;
  const changes = settled ? {} : await changesIn(read, copy, newer);
  const { lines } = changes;
  return {
    ...{ copy, uploader: name(copy.by), author: name(newer.by), version },
    changes: lines ? { lines: lastLines(lines, MOST_DIFFERENCE) } : changes,
    ...(settled ? { settled: { ...settled, name: name(settled.by) } } : {}),
  };
}

export interface KeepButton {
  label: string;
  value: string;
}

/** Returns the three ways to settle it. `reader`: the person who reads them alone, if it is one. */
export function keepButtons(
  { fill }: Texts,
  { copy, uploader, author }: ConflictFacts,
  reader?: ParticipantId,
): KeepButton[] {
  const value = `${copy.pod}/${copy.id}`;
  const [upload, newer] = [
    reader === copy.by ? fill('file-conflict', 'keep-mine') : fill('file-conflict', 'keep', { person: uploader }),
    reader && reader !== copy.by && copy.copyOf?.people.includes(reader as never)
      ? fill('file-conflict', 'keep-mine')
      : fill('file-conflict', 'keep', { person: author }),
  ];
  return [
    { label: upload, value: `${value}/upload` },
    { label: newer, value: `${value}/newer` },
    { label: fill('file-conflict', 'keep-both'), value: `${value}/both` },
  ];
}

/** The line above the lines that differ, and the one that says how it was settled. Markdown. */
export function differenceLine({ fill }: Texts, { uploader, author, version }: ConflictFacts): string {
  return fill('file-conflict', 'difference', { uploader, author, version });
}

export function settledLine({ fill }: Texts, { settled, uploader, author }: ConflictFacts): string | undefined {
  if (!settled) return undefined;
  const facts = { person: settled.name, uploader, author };
  if (settled.keep === 'both') return fill('file-conflict', 'kept-both', { person: settled.name });
  return settled.keep === 'upload'
    ? fill('file-conflict', 'kept-upload', facts)
    : fill('file-conflict', 'kept-newer', facts);
}
