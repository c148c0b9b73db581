// One look at the clock: closes every digest that is due. Any process may look, any number of times: a day has one digest.
import { Told } from '../errors.ts';
import type { Act } from '../log/act.ts';
import type { Reader } from '../log/action.ts';
import type { Log } from '../logger.ts';
import { ORG } from '../pods/members/standing.ts';
import { dueDigests } from './digests.ts';

export interface TickDeps {
  act: Act;
  read: Reader;
  clock(): number;
  log: Log;
}

/** Looks again only when somebody's digest is due or something in the organisation has changed: most looks cost one read. */
export function makeTick({ act, read, clock, log }: TickDeps): (signal: AbortSignal) => Promise<void> {
  let seen = { head: -1, at: 0, next: 0 };

  return async (signal) => {
    const head = await read.head(ORG);
    const now = clock();
    // A clock that was set back had told of a later next one.
    if (head === seen.head && now >= seen.at && now < seen.next) return;
    const { due, next } = await dueDigests(read, now);
    let sent = 0;
    const failed: unknown[] = [];
    for (const { person, day } of due) {
      if (signal.aborted) return;
      sent += await close(person, day).catch((error: unknown) => {
        failed.push(error);
        return 0;
      });
    }
    if (due.length) log.info('digests closed', { people: due.length, sent });
    seen = { head: due.length ? -1 : head, at: now, next };
    // Whose digest can't be closed keeps no other from theirs, and is tried again with the next look.
    if (failed.length) throw failed[0];
  };

  async function close(person: string, day: string): Promise<number> {
    try {
      const { result, repeated } = await act<{ digest: { sent: boolean } }>({
        pod: ORG,
        actor: 'skein',
        via: 'skein',
        action: 'close_digest',
        input: { person, day },
        key: `digest:${person}:${day}`,
      });
      return result.digest.sent && !repeated ? 1 : 0;
    } catch (error) {
      // Set otherwise, or closed by another process, since it was looked up.
      if (error instanceof Told) return 0;
      throw error;
    }
  }
}
