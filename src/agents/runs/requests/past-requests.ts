// The requests that a session has made of the model, with the one that comes next: by them it is marked for the cache.
import type { PastRequest } from '../../model/cache-marks.ts';
import type { PrefixDoc, TurnDoc } from '../../sessions/session.ts';
import { contextLength } from '../../sessions/transcript.ts';

/** The usual length of a token, for what nobody has counted yet. */
const CHARACTERS = 4;

/** `turns`: the transcript, which ends with the turn that the model is asked to answer. `now`: milliseconds since 1970. */
export function requestsOf(turns: readonly TurnDoc[], { system, tools }: PrefixDoc, now: number): PastRequest[] {
  const frozen = (system.length + tools.length) / CHARACTERS;
  const past = turns.flatMap(({ usage, run, at }, n): PastRequest[] => {
    if (!usage) return [];
    const tokens = usage.input + usage.cacheRead + usage.cacheWrite - frozen;
    return [{ end: n - 1, run, at, tokens: Math.max(0, tokens) }];
  });
  const counted = turns.findLastIndex(({ usage }) => usage);
  const uncounted = turns.slice(counted + 1).reduce((sum, { content }) => sum + content.length, 0) / CHARACTERS;
  const known = counted < 0 ? 0 : Math.max(0, contextLength(turns) - frozen);
  return [...past, { end: turns.length - 1, run: turns.at(-1)?.run ?? '', at: now, tokens: known + uncounted }];
}
