// settle_conflict: says which is right, an upload or the newer version that it would have overwritten, or keeps both.
import { z } from 'zod';
import { Conflict, NotFound } from '../../../errors.ts';
import type { Reader } from '../../../log/action.ts';
import { versioned } from '../../../log/labels/label.ts';
import { action, type Decision } from '../../action.ts';
import type { DeliveryWish } from '../../deliveries.ts';
import type { Change } from '../../kinds.ts';
import { called, namesOfAll } from '../../people/directory.ts';
import { minute, requirePod } from '../../require.ts';
import { FILES, type FileDoc, versionId } from '../file.ts';
import { fileNamed } from '../files.ts';
import { KEEPS } from './keep.ts';

export const settleConflict = action({
  name: 'settle_conflict',
  title: 'Settle which version is right',
  description:
    'Settles an upload that was made from an older version: keeps the upload, the newer version, or both; its post tells all. What is not kept is hidden, not erased.',
  input: z.strictObject({
    file: z.string().min(1).describe('Name or id of the file, or of the copy beside it'),
    keep: z.enum(KEEPS),
  }),
  effect: 'write',
  async load(read, { file: name }, ctx) {
    const { copy, file } = await conflictNamed(read, ctx.pod, name);
    const by = copy.copyOf?.settled?.by;
    return { copy, file, by: by && called(await namesOfAll(read, [by]), by).name };
  },
  replaces: ({ file }, { keep }) => (keep === 'upload' ? { on: FILES.name, doc: file } : undefined),
  decide({ copy, file, by }, { keep }, ctx): Decision<{ kept: (typeof KEEPS)[number] }> {
    requirePod(ctx);
    const { copyOf } = copy;
    if (!copyOf) throw new NotFound('Nothing is to be settled about this file: no older copy of it was uploaded.');
    if (copyOf.settled)
      throw new Conflict(`${by ?? 'Somebody'} has settled this already, at ${minute(copyOf.settled.at)}.`);
    const changes: Change[] = [
      { v: 1, on: 'files', id: copy.id, type: 'copy_settled', keep },
      { v: 1, on: 'files', id: file.id, type: 'conflict_settled', keep, copyRef: copy.nameRef },
    ];
    const post: DeliveryWish[] = copyOf.post ? [{ kind: 'update', ...copyOf.post }] : [];
    if (keep !== 'upload') return { changes, deliveries: post, result: { kept: keep } };
    if (!file.nameRef || copy.erased)
      throw new NotFound('One of the two was erased, so the upload can’t take its place.');
    const { hash, size, mime, labels } = copy;
    const version = file.version + 1;
    const facts = { ...versioned({ hash: labels?.hash }), version, hash, size, mime };
    changes.push(
      { ...facts, on: 'files', id: file.id, type: 'file_put', nameRef: file.nameRef },
      { ...facts, on: 'versions', id: versionId(file.id, version), type: 'version_put', file: file.id },
    );
    return { changes, deliveries: post, result: { kept: keep } };
  },
});

/** Returns the copy, and the file beside which it is kept. @throws NotFound */
async function conflictNamed(read: Reader, pod: string, name: string): Promise<{ copy: FileDoc; file: FileDoc }> {
  const named = await fileNamed(read, pod, name);
  const copy = named.copyOf ? named : named.conflict && (await read.get(FILES, named.conflict.copy));
  const file = copy?.copyOf && (await read.get(FILES, copy.copyOf.file));
  if (copy && file && !file.erased) return { copy, file };
  throw new NotFound(`Nothing is to be settled about “${named.name}”: no older copy of it was uploaded.`);
}
