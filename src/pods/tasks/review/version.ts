// Names the version of what is reviewed: those of the task's files, else its text.
import type { Reader } from '../../../log/action.ts';
import { FILES } from '../../files/file.ts';
import type { TaskDoc } from '../task.ts';

export type Reviewed = Pick<TaskDoc, 'files' | 'titleRef' | 'body'>;

/** `now`: the versions that files get in the commit that is decided. */
export async function versionOf(
  read: Pick<Reader, 'get'>,
  { files = [], titleRef, body }: Reviewed,
  now: ReadonlyMap<string, number> = new Map(),
): Promise<string> {
  if (!files.length) return `text:${titleRef}/${body ?? ''}`;
  const versions = await Promise.all(files.map(async (id) => now.get(id) ?? (await read.get(FILES, id))?.version ?? 0));
  return files.map((id, n) => `${id}@${versions[n]}`).join(' ');
}
