// The files that agents have written in a conversation and not handed over yet. They go out together with the agent's next
// message, each in its newest version. Pure.
import type { AgentId, ParticipantId } from '../../log/participant.ts';

/** A version of a file that an agent wrote. */
export interface FileRef {
  /** The file's id. */
  file: string;
  version: number;
  /** The version before the agent began to write. Absent if the file is new. */
  was?: number;
}

export interface Written extends FileRef {
  by: AgentId;
}

/** More are not written before the agent hands these over, so that none is left out. */
export const MOST_WRITTEN = 100;

/** Several writes of a file by one agent count as one, from the version before the first to the newest. */
export function writtenWith(before: readonly Written[] = [], next: Written): Written[] {
  const earlier = before.find(({ file, by }) => file === next.file && by === next.by);
  const { was: _was, ...rest } = next;
  const was = earlier ? earlier.was : next.was;
  const one = { ...rest, ...(was ? { was } : {}) };
  return [...before.filter((other) => other !== earlier), one];
}

export function writtenBy(written: readonly Written[] = [], by: ParticipantId): FileRef[] {
  return written.flatMap(({ by: author, ...file }) => (author === by ? [file] : []));
}
