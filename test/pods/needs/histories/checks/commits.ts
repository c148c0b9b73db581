// The commits of all logs, in the order in which they were made.
import type { Commit } from '../../../../../src/log/commit.ts';
import type { MemoryData } from '../../../../store/memory.ts';

export type MemoryCommits = Pick<MemoryData, 'docs'>;

/** The store in memory keeps documents in the order in which they came. */
export function commitsIn({ docs }: MemoryCommits): Commit[] {
  return [...(docs.get('commits')?.values() ?? [])] as Commit[];
}
