// Tells by mail what people do to tasks in Slack, to those who follow the conversation and have no Slack.
import { Conflict } from '../../../errors.ts';
import type { Act, ActRequest, Outcome } from '../../../log/act.ts';
import type { Reader } from '../../../log/action.ts';
import { isPerson } from '../../../log/participant.ts';
import type { Place } from '../../../log/place.ts';
import { followersToTell } from '../../../pods/mail/tell-followers.ts';

/** Acts as `act`, and tells afterwards. An event that is handled again after a crash tells what was not told yet. */
export function tellsFollowers(act: Act, read: Reader): Act {
  return async <R>(request: ActRequest): Promise<Outcome<R>> => {
    const outcome = await act<R>(request);
    const { commit } = outcome;
    if (!commit || request.via !== 'slack' || !isPerson(request.actor)) return outcome;
    if (!(await followersToTell(read, commit, saidAt(request)))) return outcome;
    const { pod, seq } = commit;
    const told = { pod, via: 'slack', actor: 'skein', action: 'tell_followers', key: `followers:${seq}` } as const;
    await act({ ...told, input: { commit: seq } }).catch((error: unknown) => {
      // The last of them has left meanwhile.
      if (!(error instanceof Conflict)) throw error;
    });
    return outcome;
  };
}

/** Returns the thread in which the words stand by which it was done: they go to those who follow it as a message. */
function saidAt({ origin }: ActRequest): Place | undefined {
  if (origin?.kind !== 'slack' || !origin.command) return undefined;
  const { team, channel, thread } = origin;
  return { kind: 'slack', team, channel, ...(thread ? { thread } : {}) };
}
