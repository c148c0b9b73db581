// Tells a reader whose the two versions of a file are that somebody uploaded over a newer version.
import type { Reader } from '../../../log/action.ts';
import type { ParticipantId } from '../../../log/participant.ts';
import { called, namesOfAll } from '../../people/directory.ts';
import { FILES, type FileDoc } from '../file.ts';

/** settle_conflict with `file` says which stays. */
export interface ShownConflict {
  file: string;
  /** The names of the authors of the upload and of the newer version. */
  upload: string;
  newer: string;
  /** The one that is the reader's own. */
  yours?: 'upload' | 'newer';
}

/** Returns the conflicts of the files that can be settled, by the ids of the files. */
export async function shownConflicts(
  read: Reader,
  files: readonly (FileDoc | undefined)[],
  reader: ParticipantId,
): Promise<Map<string, ShownConflict>> {
  const open = files.flatMap((file) => (file?.conflict ? [{ id: file.id, ...file.conflict }] : []));
  if (!open.length) return new Map();
  const [names, copies] = await Promise.all([
    namesOfAll(
      read,
      open.flatMap(({ by, with: author }) => [by, author]),
    ),
    Promise.all(open.map(({ copy }) => read.get(FILES, copy))),
  ]);
  return new Map(
    open.flatMap(({ id, by, with: author }, n) => {
      const copy = copies[n];
      if (!copy?.copyOf?.version || copy.erased || copy.copyOf.settled) return [];
      const newer = copy.copyOf.people.some((one) => one === reader) ? ('newer' as const) : undefined;
      const yours = by === reader ? ('upload' as const) : newer;
      const shown = { file: copy.id, upload: called(names, by).name, newer: called(names, author).name };
      return [[id, { ...shown, ...(yours ? { yours } : {}) }] as const];
    }),
  );
}
