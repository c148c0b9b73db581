// read_file: the content of a file, in its newest or an earlier version.

import { z } from 'zod';
import { NotFound } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import { type Quoted, quoted } from '../../log/body.ts';
import type { Label } from '../../log/labels/label.ts';
import { head } from '../../log/well-formed.ts';
import { action } from '../action.ts';
import { marked } from '../marked.ts';
import { called, namesOfAll } from '../people/directory.ts';
import { minute } from '../require.ts';
import { FILES, VERSIONS, versionId } from './file.ts';
import { fileNamed, megabytes, type NamedFile, textIn } from './files.ts';

/** In characters and in bytes: as much as fits into one result for a model. */
const MOST_TEXT = 100_000;
const MOST_BINARY = 1_000_000;

export const readFile = action({
  name: 'read_file',
  title: 'Read a file',
  description: 'Shows a file of the pod: its text, newest version or the one named.',
  input: z.strictObject({
    name: z.string().min(1).describe('Name or id'),
    version: z.int().min(1).optional(),
  }),
  effect: 'read',
  allow: 'guest',
  async load(read, { name, version }, ctx) {
    const file = await fileNamed(read, ctx.pod, name);
    const wanted = version === undefined || version === file.version ? file : await earlier(read, file, version);
    const content = await read.blob(ctx.pod, wanted.hash);
    if (!content)
      throw new NotFound(
        `The content of “${file.name}”, version ${wanted.version}, is gone. Ask who wrote it to put it again.`,
      );
    return { name: file.name, id: file.id, wanted, content, names: await namesOfAll(read, [wanted.by]) };
  },
  decide({ name, id, wanted, content, names }) {
    const { version, size, mime, by, at, labels } = wanted;
    const label = labels?.hash;
    const file = { id, name, version, size, mime, by: called(names, by).name, at: minute(at) };
    // An earlier version has a document of its own, whose number is that of the file's commit.
    const shows = { whole: [{ kind: FILES.name, id, seq: wanted.seq }] };
    return { changes: [], result: { file, ...shown(content, label, name), ...marked([label]) }, shows };
  },
});

async function earlier(read: Reader, file: NamedFile, version: number) {
  const found = await read.get(VERSIONS, versionId(file.id, version));
  if (found && !found.erased) return found;
  throw new NotFound(
    found
      ? `Version ${version} of “${file.name}” was erased.`
      : `“${file.name}” has no version ${version}; the newest is ${file.version}.`,
  );
}

function shown(
  content: Uint8Array,
  label: Label | undefined,
  name: string,
): { text?: Quoted; base64?: Quoted; note?: string } {
  const text = textIn(content);
  if (text === undefined && content.length > MOST_BINARY)
    return { note: `It is no text, and with ${megabytes(content.length)} too large to show here.` };
  if (text === undefined) return { base64: quoted(Buffer.from(content).toString('base64'), label, name) };
  if (text.length <= MOST_TEXT) return { text: quoted(text, label, name) };
  // Truncates without splitting a surrogate pair.
  const cut = head(text, MOST_TEXT);
  return { text: quoted(cut, label, name), note: `These are the first ${cut.length} of ${text.length} characters.` };
}
