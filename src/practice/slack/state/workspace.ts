// The practice Slack's state, and the function `commit`, which is the only way to change the state.
import type { Logger } from '../../../logger.ts';
import type { Change, VisibleChange } from './change.ts';
import type { FileBytes } from './file-bytes.ts';
import type { State } from './state.ts';

export interface Workspace {
  readonly state: State;
  /** Returns the time in milliseconds since 1970. */
  readonly clock: () => number;
  readonly logger: Logger;
  readonly bytes: FileBytes;
  /** The server's URL, as http://127.0.0.1:PORT. It is known once the server listens. */
  origin: string;
  commit(changes: readonly Change[]): void;
  onChange(listener: (change: Change, notice: VisibleChange) => void): () => void;
  /** Returns a ts that is higher than every other, even if the clock stood still or was set back. */
  nextTs(): string;
  close(): void;
}
