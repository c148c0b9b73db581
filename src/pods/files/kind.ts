// The kinds `files` and `versions`: how a file changes, and how it is described, found and erased with all its versions.
import type { Reader } from '../../log/action.ts';
import { bodiesIn, type Erasable, kind, type Names, type Phrase } from '../../log/kind.ts';
import { because, quoted } from '../history/phrase.ts';
import { RECORD } from '../search/rank.ts';
import { TASKS } from '../tasks/task.ts';
import type { TaskChange } from '../tasks/task-change.ts';
import {
  evolveFile,
  evolveVersion,
  FILES,
  type FileChange,
  type FileDoc,
  upcastContent,
  VERSIONS,
  type VersionChange,
  type VersionDoc,
} from './file.ts';
import { fileNeeds } from './file-needs.ts';
import { uploadsOf } from './given.ts';

export const files = kind<FileDoc, FileChange>({
  ref: FILES,
  indexes: [{ fields: ['pod', 'at'] }],
  evolve: evolveFile,
  upcast: (change, actor) => upcastContent(change, actor),
  search: {
    kind: 'file',
    posting: ({ at, nameRef }) => ({ at, rank: RECORD, bodies: bodiesIn(nameRef) }),
    shown: ({ by }) => ({ from: by }),
  },
  title: ({ nameRef }) => nameRef,
  describe,
  entry: (change, { texts }) =>
    change.type === 'file_put' && texts.has(change.nameRef) ? { subject: change.id, weight: 'file' } : undefined,
  // A file gets a new version without the passages.
  sourceErased: 'offer',
  erase,
  needs: fileNeeds,
  held: { noun: () => 'file', text: ({ hash }) => (hash ? { blob: hash } : undefined) },
});

/** Versions have no sentence in history, because the changes of the file say enough. */
export const versions = kind<VersionDoc, VersionChange>({
  ref: VERSIONS,
  indexes: [{ fields: ['pod', 'hash'] }, { fields: ['file', 'version'] }],
  evolve: evolveVersion,
  upcast: (change, actor) => upcastContent(change, actor),
});

function describe(change: FileChange, names: Names): Phrase | undefined {
  switch (change.type) {
    case 'file_put': {
      const name = names.texts.get(change.nameRef);
      if (!name) return ['put', 'a file that is erased'];
      if (change.restores)
        return ['restored', `version ${change.restores} of the file ${quoted(name)} (as version ${change.version})`];
      return change.version === 1
        ? ['added', `the file ${quoted(name)}`]
        : ['changed', `the file ${quoted(name)} (version ${change.version})`];
    }
    case 'file_conflicted': {
      const doc = names.doc(FILES, change.id);
      const [name, copy] = [doc && names.texts.get(doc.nameRef), names.texts.get(change.copyRef)];
      const beside = copy ? `, which is kept beside it as ${quoted(copy)}` : '';
      return ['uploaded', `an older copy of ${name ? `the file ${quoted(name)}` : 'a file that is erased'}${beside}`];
    }
    case 'copy_settled':
      return undefined;
    case 'conflict_settled': {
      const doc = names.doc(FILES, change.id);
      const name = doc && names.texts.get(doc.nameRef);
      const kept = { upload: 'the upload', newer: 'the newer version', both: 'both' }[change.keep];
      return ['settled', `which version of ${name ? `the file ${quoted(name)}` : 'a file'} is right: ${kept}`];
    }
    case 'file_erased':
      return ['erased', `a file${because(change, names)}`];
    default:
      change satisfies never;
      return undefined;
  }
}

async function erase(read: Reader, { id, pod, nameRef, at, erased, conversation }: FileDoc): Promise<Erasable> {
  const all = await read.find(VERSIONS, { where: { file: id }, sort: [['version', 'asc']] });
  const unerased = all.filter((version) => !version.erased);
  // The raw mail contains the file too, so it is erased as well. The rest of the mail is stored in other bodies and
  // files.
  const hashes = [...new Set(unerased.flatMap(({ hash, raw }) => (raw ? [hash, raw] : [hash])))];
  const [users, tasks] = await Promise.all([
    read.find(VERSIONS, { where: { pod, hash: { in: hashes } } }),
    read.find(TASKS, { where: { files: id } }),
  ]);
  // Equal contents in a pod share one blob. A blob that another file still uses must stay.
  const kept = new Set(
    users.filter((version) => version.file !== id && !version.erased).map((version) => version.hash),
  );
  return {
    kind: 'file',
    id,
    // Includes the authors of erased versions, because the reasons of those erasures are erased too.
    authors: all.map((version) => version.by),
    since: Math.min(at, ...unerased.map((version) => version.at)),
    erased,
    changes: (why): (FileChange | VersionChange | TaskChange)[] => [
      { v: 1, on: 'files', id, type: 'file_erased', ...why },
      ...unerased.map(
        (version): VersionChange => ({ v: 1, on: 'versions', id: version.id, type: 'version_erased', ...why }),
      ),
      ...tasks.map(
        (task): TaskChange => ({ v: 1, on: 'tasks', id: task.id, type: 'task_detached', file: id, nameRef: '' }),
      ),
    ],
    // A file that was erased and then written again still has the reason of the first erasure.
    bodies: bodiesIn(nameRef, ...all.map((version) => version.erased?.reasonRef)),
    words: [],
    conversation,
    blobs: hashes.filter((hash) => !kept.has(hash)),
    uploads: unerased.flatMap(uploadsOf),
  };
}
