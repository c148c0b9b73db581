// Reads the files of a pod, and the versions of a file, the newest first and page by page.
import type { Reader } from '../../log/action.ts';
import { FILES, VERSIONS, type VersionDoc } from './file.ts';
import { type NamedFile, withFileNames } from './files.ts';

export interface Page<T> {
  shown: T[];
  /** The id after which the next page begins. Absent on the last page. */
  next?: string;
}

export interface PageAsked {
  limit: number;
  /** The id of the last one that is known already. */
  after?: string | undefined;
}

/** Erased files are left out, and copies that were not kept. A page with many of them takes several reads. */
export async function newestFiles(read: Reader, pod: string, { limit, after }: PageAsked): Promise<Page<NamedFile>> {
  let last = after === undefined ? undefined : await read.get(FILES, after);
  const shown: NamedFile[] = [];
  for (;;) {
    const docs = await read.find(FILES, {
      where: { pod },
      sort: [['at', 'desc']],
      limit: limit + 1,
      ...(last?.pod === pod ? { after: last } : {}),
    });
    shown.push(
      ...(await withFileNames(
        read,
        docs.filter((file) => !file.erased && !file.hidden),
      )),
    );
    last = docs.at(-1);
    if (shown.length > limit || docs.length <= limit || !last) return paged(shown, limit);
  }
}

/** Erased versions are shown, because their numbers would be missed. */
export async function newestVersions(
  read: Reader,
  file: string,
  { limit, before }: { limit: number; before?: number | undefined },
): Promise<Page<VersionDoc>> {
  const where = before === undefined ? { file } : { file, version: { lt: before } };
  return paged(await read.find(VERSIONS, { where, sort: [['version', 'desc']], limit: limit + 1 }), limit);
}

function paged<T extends { id: string }>(found: readonly T[], limit: number): Page<T> {
  const shown = found.slice(0, limit);
  const next = found.length > limit ? shown.at(-1)?.id : undefined;
  return { shown, ...(next ? { next } : {}) };
}
