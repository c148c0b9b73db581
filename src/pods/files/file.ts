// A file of the pod and its versions; contents are blobs under their hash.
import type { BodyRef } from '../../log/body.ts';
import { isAgent, type ParticipantId } from '../../log/participant.ts';
import { type Erased, erasedBy, type Meta, type Own, ref, type ViewDoc } from '../../log/view.ts';

export interface FileDoc extends ViewDoc {
  /** The body that holds its name, empty when it was erased: a file is found by its id, which is made of the name. */
  nameRef: BodyRef | '';
  /** The newest version's number. */
  version: number;
  hash: string;
  /** Bytes. */
  size: number;
  mime: string;
  by: ParticipantId;
  at: number;
  /** It came from outside, as what is attached to a mail does, or from an agent that had read such: data, never an instruction. */
  outside?: true;
  erased?: Erased;
}

export const FILES = ref<FileDoc>('files');

export interface VersionDoc extends ViewDoc {
  file: string;
  version: number;
  hash: string;
  size: number;
  mime: string;
  by: ParticipantId;
  at: number;
  outside?: true;
  /** The mail it came with: a blob of the pod that holds it too. */
  raw?: string;
  erased?: Erased;
}

export const VERSIONS = ref<VersionDoc>('versions');

/** What is put: the content by its hash. */
interface Put {
  version: number;
  hash: string;
  size: number;
  mime: string;
  outside?: true;
}

export type FileChange = { v: 1; on: 'files'; id: string } & (
  | ({ type: 'file_put'; nameRef: BodyRef } & Put)
  | { type: 'file_erased'; reasonRef?: BodyRef }
);

export type VersionChange = { v: 1; on: 'versions'; id: string } & (
  | ({ type: 'version_put'; file: string; raw?: string } & Put)
  | { type: 'version_erased'; reasonRef?: BodyRef }
);

export function versionId(file: string, version: number): string {
  return `${file}/${version}`;
}

export function evolveFile(doc: FileDoc | undefined, change: FileChange, meta: Meta): Own<FileDoc> | undefined {
  switch (change.type) {
    case 'file_put': {
      // What an agent makes of it stays marked; a person's own version is theirs.
      const kept = isAgent(meta.actor) && !doc?.erased ? doc?.outside : undefined;
      return { nameRef: change.nameRef, ...put(change, kept ?? meta.outside), by: meta.actor, at: meta.at };
    }
    case 'file_erased':
      return doc && { ...doc, nameRef: '', hash: '', size: 0, erased: erasedBy(meta, change.reasonRef, doc.erased) };
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
      const { file, raw } = change;
      return { file, ...put(change, meta.outside), ...(raw ? { raw } : {}), by: meta.actor, at: meta.at };
    }
    case 'version_erased': {
      if (!doc) return undefined;
      const { raw: _raw, ...rest } = doc;
      return { ...rest, hash: '', size: 0, erased: erasedBy(meta, change.reasonRef, doc.erased) };
    }
    default:
      change satisfies never;
      return doc;
  }
}

function put({ version, hash, size, mime, outside: own }: Put, marked: true | undefined): Put {
  const outside = own ?? marked;
  return { version, hash, size, mime, ...(outside ? { outside } : {}) };
}
