// restore_file: makes an older version of a file the newest. Restoring the version before undoes it.
import { z } from 'zod';
import { Conflict, NotFound } from '../../errors.ts';
import { type Said, said } from '../../log/body.ts';
import { versioned } from '../../log/labels/label.ts';
import { action, type Decision } from '../action.ts';
import { requirePod } from '../require.ts';
import { overwritten } from './conflicts/overwritten.ts';
import { FILES, VERSIONS, versionId } from './file.ts';
import { fileNamed } from './files.ts';

export const restoreFile = action({
  name: 'restore_file',
  title: 'Restore a version of a file',
  description:
    'Makes an older version of a file the newest; nobody is told at once. Nothing is lost: restore the version before to undo it.',
  input: z.strictObject({
    name: z.string().min(1).describe('Name or id'),
    version: z.int().min(1).describe('The version that is to be the newest'),
  }),
  effect: 'write',
  async load(read, { name, version }, ctx) {
    const file = await fileNamed(read, ctx.pod, name);
    return { file, older: await read.get(VERSIONS, versionId(file.id, version)) };
  },
  replaces: ({ file }) => ({ on: FILES.name, doc: file }),
  decide({ file, older }, { version: wanted }, ctx): Decision<{ file: Restored }> {
    requirePod(ctx);
    const { id, name, nameRef } = file;
    if (!older) throw new NotFound(`“${name}” has no version ${wanted}; the newest is ${file.version}.`);
    if (older.erased) throw new NotFound(`Version ${wanted} of “${name}” was erased, so it can’t be restored.`);
    if (older.hash === file.hash && !file.hidden)
      throw new Conflict(`“${name}” has the text of version ${wanted} already: its newest version is ${file.version}.`);
    const version = file.version + 1;
    const settles = overwritten(file);
    const { hash, size, mime, labels } = older;
    const facts = { ...versioned({ hash: labels?.hash }), version, hash, size, mime, restores: wanted };
    return {
      changes: [
        { ...facts, on: 'files', id, type: 'file_put', nameRef: nameRef || ctx.text(name) },
        { ...facts, on: 'versions', id: versionId(id, version), type: 'version_put', file: id },
        ...settles.changes,
      ],
      deliveries: settles.deliveries,
      result: { file: { id, name: said(nameRef, file.labels?.hash), version, was: file.version } },
    };
  },
});

interface Restored {
  id: string;
  name: Said;
  version: number;
  /** The version that was the newest before. */
  was: number;
}
