// The line above an agent's file: which version it is, whose, and what changed.
import type { Reader } from '../../log/action.ts';
import type { ParticipantId } from '../../log/participant.ts';
import { VERSIONS, type VersionDoc, versionId } from '../../pods/files/file.ts';
import { textIn } from '../../pods/files/files.ts';
import { lineDiff } from '../../pods/history/line-diff.ts';
import { called, namesOfAll } from '../../pods/people/directory.ts';
import type { Texts } from '../../texts/texts.ts';

/** In characters of the difference of two versions. */
const MOST_COMPARED = 50_000_000;

export async function versionWords(
  { read, texts }: { read: Reader; texts: Texts },
  version: VersionDoc,
  was: number | undefined,
): Promise<string> {
  const person = await nameOf(read, version.by);
  if (!was) return texts.fill('agent-file', 'new', { person });
  const changes = await changesSince(read, texts, version, was);
  return texts.fill('agent-file', 'version', { version: version.version, person, was, changes });
}

async function nameOf(read: Reader, by: ParticipantId): Promise<string> {
  return called(await namesOfAll(read, [by]), by).name;
}

async function changesSince(read: Reader, { fill }: Texts, version: VersionDoc, was: number): Promise<string> {
  const before = await read.get(VERSIONS, versionId(version.file, was));
  if (before?.erased) return fill('agent-file', 'erased');
  if (before?.hash === version.hash) return fill('agent-file', 'same');
  const [old, now] = [await textOf(read, before), await textOf(read, version)];
  if (old === undefined || now === undefined) return fill('agent-file', 'other');
  const lines = (lineDiff(old, now, MOST_COMPARED) ?? '').split('\n');
  const count = (sign: string) => lines.filter((line) => line.startsWith(sign)).length;
  return fill('agent-file', 'lines', { added: count('+'), removed: count('-') });
}

async function textOf(read: Reader, version: VersionDoc | undefined): Promise<string | undefined> {
  const content = version?.hash ? await read.blob(version.pod, version.hash) : undefined;
  return content && textIn(content);
}
