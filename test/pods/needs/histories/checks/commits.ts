// The commits of all logs, in the order in which they were made.
import type { Commit } from '../../../../../src/log/commit.ts';
import type { MemoryData } from '../../../../store/memory.ts';

export type MemoryCommits = Pick<MemoryData, 'docs'>;

/** The store in memory keeps documents in the order in which they came. */
export function commitsIn({ docs }: MemoryCommits): Commit[] {
  return [...(docs.get('commits')?.values() ?? [])] as Commit[];
}

/** True if the person has put this item off. A reminder of it is then no new round for them: it comes back when they said. */
export function wasPutOff(data: MemoryCommits, hearing: string): boolean {
  return commitsIn(data).some(({ changes }) =>
    (changes as unknown as { id: string; type: string }[]).some(
      ({ id, type }) => id === hearing && type === 'hearing_put_off',
    ),
  );
}
