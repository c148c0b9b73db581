// Reads who is in a channel now. All events that arrived before a call to Slack share its answer.
import type { Sender } from '../../../slack/send/send.ts';

/** Returns the ids of the users in the channel, as of `since` (milliseconds since 1970) or later. */
export type Rosters = (channel: string, since: number) => Promise<ReadonlySet<string>>;

interface Roster {
  at: number;
  users: ReadonlySet<string>;
}

const MOST_ROSTERS = 50;

export function makeRosters(sender: Pick<Sender, 'members'>, clock: () => number): Rosters {
  const rosters = new Map<string, Roster>();
  return async (channel, since) => {
    const known = rosters.get(channel);
    if (known && known.at > since) return known.users;
    const at = clock();
    const users = new Set(await sender.members(channel));
    if (rosters.size >= MOST_ROSTERS) rosters.clear();
    rosters.set(channel, { at, users });
    return users;
  };
}
