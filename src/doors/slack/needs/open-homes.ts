// Remembers whose Home tab was shown lately, and decides whose is looked at again. Slack does not say when somebody
// leaves the tab, so it counts as open for a while. In memory: after a restart a tab is as old as Slack has it.

import type { PersonId } from '../../../log/participant.ts';

/** How long a tab counts as open, in milliseconds. */
export const OPEN_MS = 15 * 60_000;

/** A tab is published at most once in this time, in milliseconds. */
export const APART_MS = 5_000;

/** The most tabs that are kept up to date. Of more, those that were opened first are forgotten. */
const MOST_OPEN = 200;

export interface OpenHome {
  /** The Slack user and the person. */
  user: string;
  person: PersonId;
  openedAt: number;
  publishedAt: number;
  /** The hash of what stands there. */
  shown: string;
  /** A hash of all that the tab depended on when it was last looked at. */
  depends?: string;
}

export interface OpenHomes {
  /** The tab was opened, or shown after a click in it. */
  opened(home: Pick<OpenHome, 'user' | 'person' | 'shown'>): void;
  /** The tab was looked at; `shown`: set if it was published anew. */
  looked(user: string, looked: { depends: string; shown?: string }): void;
  /** Returns the tabs that are open and may be published now. */
  current(): OpenHome[];
}

/** `clock`: milliseconds, of real time. */
export function makeOpenHomes(clock: () => number): OpenHomes {
  const homes = new Map<string, OpenHome>();
  return {
    opened({ user, person, shown }) {
      const now = clock();
      homes.delete(user);
      homes.set(user, { user, person, shown, openedAt: now, publishedAt: now });
      for (const first of [...homes.keys()].slice(0, Math.max(0, homes.size - MOST_OPEN))) homes.delete(first);
    },
    looked(user, { depends, shown }) {
      const home = homes.get(user);
      if (home) homes.set(user, { ...home, depends, ...(shown === undefined ? {} : { shown, publishedAt: clock() }) });
    },
    current() {
      const now = clock();
      for (const [user, { openedAt }] of homes) if (now - openedAt >= OPEN_MS) homes.delete(user);
      return [...homes.values()].filter(({ publishedAt }) => now - publishedAt >= APART_MS);
    },
  };
}
