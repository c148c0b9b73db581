// A file of the pod and its versions; contents are blobs under their hash.
import type { ParticipantId } from '../participant.ts';
import type { Erased, Meta, Own, ViewDoc } from './view.ts';

export interface FileDoc extends ViewDoc {
  name: string;
  /** The newest version's number. */
  version: number;
  hash: string;
  /** Bytes. */
  size: number;
  mime: string;
  by: ParticipantId;
  at: number;
  erased?: Erased;
}

export interface VersionDoc extends ViewDoc {
  file: string;
  version: number;
  hash: string;
  size: number;
  mime: string;
  by: ParticipantId;
  at: number;
  erased?: Erased;
}

export type FileChange = { v: 1; on: 'files'; id: string } & (
  | { type: 'file_put'; name: string; version: number; hash: string; size: number; mime: string }
  | { type: 'file_erased'; reason?: string }
);

export type VersionChange = { v: 1; on: 'versions'; id: string } & (
  | { type: 'version_put'; file: string; version: number; hash: string; size: number; mime: string }
  | { type: 'version_erased'; reason?: string }
);

export function versionId(file: string, version: number): string {
  return `${file}/${version}`;
}

const erasedBy = (meta: Meta, reason: string | undefined): Erased => ({
  by: meta.actor,
  at: meta.at,
  ...(reason ? { reason } : {}),
});

export function evolveFile(doc: FileDoc | undefined, change: FileChange, meta: Meta): Own<FileDoc> | undefined {
  switch (change.type) {
    case 'file_put': {
      const { name, version, hash, size, mime } = change;
      return { name, version, hash, size, mime, by: meta.actor, at: meta.at };
    }
    case 'file_erased':
      return doc && { ...doc, hash: '', size: 0, erased: erasedBy(meta, change.reason) };
    default:
      change satisfies never;
      return doc;
  }
}

export function evolveVersion(
  doc: VersionDoc | undefined,
  change: VersionChange,
  meta: Meta,
): Own<VersionDoc> | undefined {
  switch (change.type) {
    case 'version_put': {
      const { file, version, hash, size, mime } = change;
      return { file, version, hash, size, mime, by: meta.actor, at: meta.at };
    }
    case 'version_erased':
      return doc && { ...doc, hash: '', size: 0, erased: erasedBy(meta, change.reason) };
    default:
      change satisfies never;
      return doc;
  }
}
