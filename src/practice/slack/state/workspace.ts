// The heart of the practice Slack: a state, and `commit`, the one way to change it.
import type { Logger } from '../../../logger.ts';
import type { Change, VisibleChange } from './change.ts';
import type { FileBytes } from './file-bytes.ts';
import type { State } from './state.ts';

export interface Workspace {
  readonly state: State;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly logger: Logger;
  readonly bytes: FileBytes;
  /** http://127.0.0.1:PORT, known once the server listens. */
  origin: string;
  commit(changes: readonly Change[]): void;
  onChange(listener: (change: Change, notice: VisibleChange) => void): () => void;
  /** A ts later than every other, even if the clock stood still or went back. */
  nextTs(): string;
  close(): void;
}
