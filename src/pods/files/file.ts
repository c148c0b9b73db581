// The documents of a file and of its versions. Contents are stored as blobs, under their hash.
import type { BodyRef } from '../../log/body.ts';
import { type Label, type Labels, labelsOf, outside, passedOn } from '../../log/labels/label.ts';
import { isAgent, type ParticipantId, type PersonId } from '../../log/participant.ts';
import { type Erased, erasedBy, type Meta, type Own, ref, type ViewDoc } from '../../log/view.ts';
import type { Keep } from './conflicts/keep.ts';

export interface FileDoc extends ViewDoc {
  /** The body with the name; empty after an erasure. A file is found by its id, which is derived from the name. */
  nameRef: BodyRef | '';
  version: number;
  hash: string;
  /** In bytes. */
  size: number;
  mime: string;
  by: ParticipantId;
  at: number;
  /** The labels of the content. They apply to the name too. */
  labels?: ContentLabels;
  /** The conversation from which an agent wrote this version. */
  conversation?: string;
  /** Set if somebody uploaded a file that was made from an older version. It is kept as the file `copy`. */
  conflict?: { copy: string; by: ParticipantId; with: ParticipantId; post?: Post };
  /** Set if this file is such a copy. */
  copyOf?: CopyOf;
  /** Set on a copy that was not kept. Lists leave it out. It can still be read, and restored. */
  hidden?: true;
  erased?: Erased;
}

/** The message that tells of an upload over a newer version. */
interface Post {
  conversation: string;
  message: string;
}

export interface CopyOf {
  /** The file beside which the copy is kept. */
  file: string;
  /** The people who were told. */
  people: PersonId[];
  /** The newer version of that file. Absent on copies that an earlier version of Skein stored, like `post`. */
  version?: number;
  post?: Post;
  settled?: { by: ParticipantId; at: number; keep: Keep };
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
  /** The hash of the raw mail that brought the file and contains it too. */
  raw?: string;
  /** The conversation from which an agent wrote this version. */
  conversation?: string;
  /** The number of the older version whose content this is. */
  restores?: number;
  /** The people to whom this version was sent alone. */
  sentTo?: PersonId[];
  erased?: Erased;
}

export const VERSIONS = ref<VersionDoc>('versions', (doc) => upcastContent(doc, doc.by));

/** The fields of one write. The content is named by its hash. */
interface Put {
  version: number;
  hash: string;
  size: number;
  mime: string;
  labels?: ContentLabels;
  /** The number of the older version whose content this is. */
  restores?: number;
}

export type FileChange = { v: 1 | 2; on: 'files'; id: string } & (
  | ({ type: 'file_put'; nameRef: BodyRef; conversation?: string; copyOf?: CopyOf } & Put)
  /** An upload that was made from an older version is kept beside this file. `copyRef`: the body with its name. */
  | { type: 'file_conflicted'; copy: string; copyRef: BodyRef; post?: Post }
  /** It was decided what becomes of a copy, and of the file beside which it is kept. */
  | { type: 'copy_settled'; keep: Keep }
  | { type: 'conflict_settled'; keep: Keep; copyRef: BodyRef | '' }
  | { type: 'file_erased'; reasonRef?: BodyRef }
);

export type VersionChange = { v: 1 | 2; on: 'versions'; id: string } & (
  | ({ type: 'version_put'; file: string; raw?: string; conversation?: string } & Put)
  | { type: 'version_sent'; to: PersonId }
  | { type: 'version_erased'; reasonRef?: BodyRef }
);

export function versionId(file: string, version: number): string {
  return `${file}/${version}`;
}

export function evolveFile(doc: FileDoc | undefined, change: FileChange, meta: Meta): Own<FileDoc> | undefined {
  switch (change.type) {
    case 'file_put': {
      // A version by an agent keeps the label of the previous version, because it may repeat it. A version by a person
      // is that person's own text.
      const kept = isAgent(meta.actor) && !doc?.erased ? doc?.labels?.hash : undefined;
      const { nameRef, conversation, copyOf } = change;
      return {
        ...{ nameRef, ...put(change, kept ?? meta.label), by: meta.actor, at: meta.at },
        ...(conversation ? { conversation } : {}),
        ...(copyOf ? { copyOf } : {}),
      };
    }
    case 'file_conflicted':
      return (
        doc && {
          ...doc,
          conflict: { copy: change.copy, by: meta.actor, with: doc.by, ...(change.post ? { post: change.post } : {}) },
        }
      );
    case 'copy_settled': {
      if (!doc?.copyOf || doc.copyOf.settled) return doc;
      const { keep } = change;
      const settled = { by: meta.actor, at: meta.at, keep };
      return { ...doc, copyOf: { ...doc.copyOf, settled }, ...(keep === 'both' ? {} : { hidden: true as const }) };
    }
    case 'conflict_settled': {
      if (!doc) return undefined;
      const { conflict: _conflict, ...rest } = doc;
      return rest;
    }
    case 'file_erased': {
      if (!doc) return undefined;
      const { labels: _labels, conflict: _conflict, ...rest } = doc;
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
      const { file, raw, conversation, restores } = change;
      return {
        ...{ file, ...put(change, meta.label), by: meta.actor, at: meta.at },
        ...(raw ? { raw } : {}),
        ...(conversation ? { conversation } : {}),
        ...(restores ? { restores } : {}),
      };
    }
    case 'version_sent':
      return doc && { ...doc, sentTo: [...new Set([...(doc.sentTo ?? []), change.to])] };
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

function put({ version, hash, size, mime, labels: own }: Put, label: Label | undefined): Omit<Put, 'restores'> {
  const labels = labelsOf({ hash: label, ...own });
  return { version, hash, size, mime, ...(labels ? { labels } : {}) };
}

/**
 * Converts a file of Skein 0.1.0, which stored `outside: true` for a file that arrived by mail or in Slack, or came
 * from an agent that had read text from outside.
 */
export function upcastContent<T extends object>(content: T, by: ParticipantId): T {
  const { outside: marked, ...rest } = content as T & { outside?: true };
  if (!marked) return content;
  return { ...rest, labels: { hash: isAgent(by) ? passedOn(by) : outside({ kind: 'file', by }) } } as unknown as T;
}
