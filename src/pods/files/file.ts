// A file of the pod and its versions; contents are blobs under their hash.
import type { BodyRef } from '../../log/body.ts';
import { type Label, type Labels, labelsOf, outside, passedOn } from '../../log/labels/label.ts';
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
  /** Of the content, and so of its name. */
  labels?: ContentLabels;
  erased?: Erased;
}

export type ContentLabels = Labels<'hash'>;

export const FILES = ref<FileDoc>('files', (doc) => upcastContent(doc, doc.by));

export interface VersionDoc extends ViewDoc {
  file: string;
  version: number;
  hash: string;
  size: number;
  mime: string;
  by: ParticipantId;
  at: number;
  labels?: ContentLabels;
  /** The mail it came with: a blob of the pod that holds it too. */
  raw?: string;
  erased?: Erased;
}

export const VERSIONS = ref<VersionDoc>('versions', (doc) => upcastContent(doc, doc.by));

/** What is put: the content by its hash. */
interface Put {
  version: number;
  hash: string;
  size: number;
  mime: string;
  labels?: ContentLabels;
}

export type FileChange = { v: 1 | 2; on: 'files'; id: string } & (
  | ({ type: 'file_put'; nameRef: BodyRef } & Put)
  | { type: 'file_erased'; reasonRef?: BodyRef }
);

export type VersionChange = { v: 1 | 2; on: 'versions'; id: string } & (
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
      const kept = isAgent(meta.actor) && !doc?.erased ? doc?.labels?.hash : undefined;
      return { nameRef: change.nameRef, ...put(change, kept ?? meta.label), by: meta.actor, at: meta.at };
    }
    case 'file_erased': {
      if (!doc) return undefined;
      const { labels: _labels, ...rest } = doc;
      return { ...rest, nameRef: '', hash: '', size: 0, erased: erasedBy(meta, change.reasonRef, doc.erased) };
    }
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
      return { file, ...put(change, meta.label), ...(raw ? { raw } : {}), by: meta.actor, at: meta.at };
    }
    case 'version_erased': {
      if (!doc) return undefined;
      const { raw: _raw, labels: _labels, ...rest } = doc;
      return { ...rest, hash: '', size: 0, erased: erasedBy(meta, change.reasonRef, doc.erased) };
    }
    default:
      change satisfies never;
      return doc;
  }
}

function put({ version, hash, size, mime, labels: own }: Put, label: Label | undefined): Put {
  const labels = labelsOf({ hash: label, ...own });
  return { version, hash, size, mime, ...(labels ? { labels } : {}) };
}

/** 0.1.0 said `outside: true` of what was handed over as it stood, or came from an agent that had read such. */
export function upcastContent<T extends object>(content: T, by: ParticipantId): T {
  const { outside: marked, ...rest } = content as T & { outside?: true };
  if (!marked) return content;
  return { ...rest, labels: { hash: isAgent(by) ? passedOn(by) : outside({ kind: 'file', by }) } } as unknown as T;
}
