// Opens the practice Slack: its state from the journal, and the function `commit`, which is the only way to change the
// state.

import { InvalidInput } from '../../../errors.ts';
import { type Logger, logFailure } from '../../../logger.ts';
import { eventsOf } from '../events/events.ts';
import { tsOf } from '../ids.ts';
import { type Change, type VisibleChange, visibleChangeOf } from './change.ts';
import { openFileBytes } from './file-bytes.ts';
import { fold } from './fold.ts';
import { type Journal, memoryJournal, openJournal } from './journal.ts';
import { emptyState, type State } from './state.ts';
import type { Workspace } from './workspace.ts';

export interface WorkspaceOptions {
  dir?: string | undefined;
  clock: () => number;
  /** Returns the first changes of a new workspace. */
  plant: (now: number) => Change[];
  logger: Logger;
}

export function openWorkspace({ dir, clock, plant, logger }: WorkspaceOptions): Workspace {
  const state = emptyState();
  const journal = dir === undefined ? memoryJournal : openJournal(dir);
  const commits = replay(state, journal, dir);
  const listeners = new Set<(change: Change, notice: VisibleChange) => void>();

  const workspace: Workspace = {
    state,
    clock,
    logger,
    bytes: openFileBytes(dir),
    origin: '',
    commit(changes) {
      const all: Change[] = [];
      const { lastMicros } = state;
      for (const change of changes) {
        fold(state, change);
        all.push(change);
        for (const event of eventsOf(workspace, change)) {
          const queued: Change = { kind: 'event-queued', event };
          fold(state, queued);
          all.push(queued);
        }
      }
      try {
        journal.append(all);
      } catch (error) {
        // After a failed append, the state is replayed, because a change that is not in the journal did not happen.
        Object.assign(state, emptyState());
        replay(state, journal, dir);
        state.lastMicros = Math.max(state.lastMicros, lastMicros);
        throw error;
      }
      for (const change of all) emit(change);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    nextTs() {
      state.lastMicros = Math.max(state.lastMicros + 1, Math.floor(clock() * 1000));
      return tsOf(state.lastMicros);
    },
    close: () => journal.close(),
  };

  function emit(change: Change): void {
    for (const listener of listeners) {
      try {
        listener(change, visibleChangeOf(change));
      } catch (error) {
        logFailure(logger, 'warn', 'practice slack: a listener failed', error, { change: change.kind });
      }
    }
  }

  if (commits === 0) workspace.commit(plant(clock()));
  return workspace;
}

/**
 * Replays the journal and returns the number of commits. @throws InvalidInput if a commit can't be read, because later
 * ones depend on it
 */
function replay(state: State, journal: Journal, dir = ''): number {
  let commits = 0;
  try {
    for (const changes of journal.read()) {
      for (const change of changes) fold(state, change);
      commits += 1;
    }
    return commits;
  } catch (error) {
    throw new InvalidInput(
      `The practice workspace can't be read: journal.jsonl in ${dir} is damaged in line ${commits + 1}. Move that folder away to begin with a fresh one, or restore it from a backup.`,
      { cause: error },
    );
  }
}
