// Reads the files that are attached to a task. Pages and cards show them by their names.
import type { Reader } from '../../../log/action.ts';
import { FILES, type FileDoc } from '../../files/file.ts';
import { type NamedFile, withFileNames } from '../../files/files.ts';
import type { TaskDoc } from '../task.ts';

/** Returns them in the order in which they were attached. Erased files are left out. */
export async function attachedFiles(
  read: Pick<Reader, 'get' | 'texts'>,
  { files = [] }: Pick<TaskDoc, 'files'>,
): Promise<NamedFile[]> {
  if (!files.length) return [];
  const docs = await Promise.all(files.map((id) => read.get(FILES, id)));
  return withFileNames(
    read,
    docs.filter((doc): doc is FileDoc => doc !== undefined && !doc.erased),
  );
}
